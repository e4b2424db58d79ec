/** Whether an incident concerns a machine by its version and conditions, whatever drivers it has. */
import type { Machine } from './machine.ts';
import type { Concern, RecordedIncident } from './recorded.ts';
import { allOf, oneOf, releaseStanding, type Standing, yes } from './standing.ts';

export function concernOf({ concerns }: RecordedIncident, machine: Machine): Standing {
  const said = concerns.get(machine.product) ?? [];
  return oneOf(said.map((concern) => standingOf(concern, machine)));
}

function standingOf({ range, conditions }: Concern, machine: Machine): Standing {
  const { product, version } = machine;
  const placed =
    range === null
      ? yes(`every version of ${product} is affected`)
      : releaseStanding(range, version, {
          field: 'version',
          detail: `Write the version as ${product} is released.`,
          command: null,
        });
  // Another version is answered by that alone: nobody needs to look up the rest.
  if (placed.holds === 'no') return placed;
  return allOf([placed, ...conditions.map((condition) => condition(machine))]);
}
