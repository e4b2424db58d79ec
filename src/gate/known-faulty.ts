/** Whether a release lies in the range that an incident affects, and whether a hold keeps it from the machines harmed. */
import type { HeldAnswer, KnownFaultyAnswer } from './decision.ts';
import type { HoldFact, IncidentFact } from './facts.ts';
import { byGravity } from './gravity.ts';
import { liesIn } from './version-range.ts';
import { listed } from './word-list.ts';

/**
 * One answer for each incident that is not withdrawn and affects this version, the gravest first. `incidents` are
 * those known at the instant asked about, `holds` those in force. A plan without a version is never known to be faulty.
 */
export function knownFaults(
  version: string | null,
  incidents: readonly IncidentFact[],
  holds: readonly HoldFact[],
): (KnownFaultyAnswer | HeldAnswer)[] {
  if (version === null) return [];
  return incidents
    .filter(({ withdrawn }) => !withdrawn)
    .filter(({ affectedVersions }) => affectedVersions.some((range) => liesIn(version, range)))
    .sort(byGravity)
    .map((incident) => {
      const held = holds.filter((hold) => hold.incident === incident.key);
      return held.length > 0 ? heldFault(version, incident, held) : knownFault(version, incident);
    });
}

/** Its sentences hold nothing but the incident's key and severity, which everyone may read. */
function knownFault(version: string, incident: IncidentFact): KnownFaultyAnswer {
  const { key } = incident;
  return {
    status: 'known_faulty',
    ...faultOf(version, incident),
    title: `Known faulty by ${key}`,
    next: `Ship a version that ${key} does not affect. No waiver helps.`,
  };
}

/** Likewise; of the holds their ids. */
function heldFault(
  version: string,
  incident: IncidentFact,
  holds: readonly HoldFact[],
): HeldAnswer {
  const { key } = incident;
  const named = `${holds.length === 1 ? 'hold' : 'holds'} ${listed(holds.map(({ id }) => id))}`;
  return {
    status: 'held',
    ...faultOf(version, incident),
    title: `Held from the machines that ${key} harms`,
    next: `Keep it from the machines that the ${named} ${holds.length === 1 ? 'speaks' : 'speak'} of.`,
  };
}

function faultOf(version: string, incident: IncidentFact) {
  const { key, title, severity, publicTitle, products, affectedVersions } = incident;
  const why = `It affects ${[...affectedVersions].sort().join(' and ')}.`;
  return {
    incident: key,
    check: null,
    enforcement: 'required',
    variant: null,
    result: null,
    earlierFailures: 0,
    waiver: null,
    insteadOf: null,
    waiversNotApplied: [],
    appliesBecause: `${version} lies in the range that ${key} (${severity}) affects.`,
    guardsAgainst: [
      {
        incident: key,
        title,
        severity,
        why,
        publicTitle,
        publicWhy: publicTitle === null ? null : why,
        proof: null,
        products,
      },
    ],
  } as const;
}
