/** The machines that an incident harms and that no hold keeps a release from. */
import type { HarmFact, HoldFact, MachinesFact } from './facts.ts';
import { keeps } from './hold-coverage.ts';
import { liesIn } from './version-range.ts';
import { listed } from './word-list.ts';

/** Machines that are harmed alike. */
export interface Harmed {
  machines: MachinesFact;
  /** `published` where the record itself no longer says so. */
  state: HarmFact['state'];
}

/**
 * What the holds, all of one incident, leave of those whom it harms with this version: each driver under each conditions
 * has to be kept whole by one of them. Empty also for facts from before that was asked.
 */
export function harmLeft(
  version: string,
  holds: readonly Pick<HoldFact, 'match' | 'harmed'>[],
): Harmed[] {
  const [first] = holds;
  if (first === undefined || holds.some(({ match }) => match === undefined)) return [];
  return harmedBy(version, first.harmed ?? []).filter(
    ({ machines }) => !holds.some(({ match }) => match && keeps(match, machines)),
  );
}

/** Once for each driver under each conditions, as it is recorded first. An incident that says nothing harms everywhere. */
function harmedBy(version: string, harms: readonly HarmFact[]): Harmed[] {
  const harmed = new Map<string, Harmed>();
  for (const { state, affected, drivers } of harms) {
    for (const { versions, conditions } of affected) {
      if (versions !== null && !liesIn(version, versions)) continue;
      for (const driver of drivers.length === 0 ? [noDriver] : drivers) {
        const machines = { ...driver, conditions };
        const key = JSON.stringify(machines);
        if (!harmed.has(key)) harmed.set(key, { machines, state });
      }
    }
  }
  const everywhere = { machines: { ...noDriver, conditions: null }, state: 'recorded' as const };
  return harmed.size > 0 ? [...harmed.values()] : [everywhere];
}

const noDriver = { driver: null, versions: null, versionOf: 'file' } as const;

/** `with audio-bus (file version vers:intdot/<3) and as it is published, with foo-net`. */
export function sayLeft(left: readonly Harmed[]): string {
  const said = left.map(({ machines, state }) =>
    state === 'published' ? `as it is published, ${sayMachines(machines)}` : sayMachines(machines),
  );
  const max = 5;
  return listed(said.length > max ? [...said.slice(0, max), `${said.length - max} more`] : said);
}

function sayMachines({ driver, versions, versionOf, conditions }: MachinesFact): string {
  const range = versions === null ? '' : ` (${versionOf} version ${versions})`;
  const beside = driver === null ? [] : [`with ${driver}${range}`];
  const names = conditions === null ? [] : Object.keys(conditions);
  const under = names.length === 0 ? [] : [`under its conditions (${names.join(', ')})`];
  return [...beside, ...under].join(' ') || 'of every sort';
}
