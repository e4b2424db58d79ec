/** Whether a release lies in the range that an incident affects, and whether holds keep it from the machines harmed. */
import type { HeldAnswer, KnownFaultyAnswer } from './decision.ts';
import type { HoldFact, IncidentFact, ProposedHoldFact } from './facts.ts';
import { byGravity } from './gravity.ts';
import { harmLeft, sayLeft } from './harm-left.ts';
import { type HoldsOfFault, namedHolds, stepOutOf } from './step-out-of-fault.ts';
import { liesIn } from './version-range.ts';

/** What stands between a release and the machines that it harms. */
export interface Holds {
  /** Those that the rollout must honour. */
  inForce: readonly HoldFact[];
  /** Those that would hold this version once they are activated; null where the facts do not tell of any. */
  proposed: readonly ProposedHoldFact[] | null;
}

/**
 * One answer for each incident that is not withdrawn and affects this version, the gravest first. `incidents` are
 * those known at the instant asked about. A plan without a version is never known to be faulty.
 */
export function knownFaults(
  version: string | null,
  incidents: readonly IncidentFact[],
  { inForce, proposed }: Holds,
): (KnownFaultyAnswer | HeldAnswer)[] {
  if (version === null) return [];
  return incidents
    .filter(({ withdrawn }) => !withdrawn)
    .filter(({ affectedVersions }) => affectedVersions.some((range) => liesIn(version, range)))
    .sort(byGravity)
    .map((incident) => {
      const of = <Hold extends { incident: string }>(holds: readonly Hold[]) =>
        holds.filter((hold) => hold.incident === incident.key);
      const active = of(inForce);
      const left = harmLeft(version, active);
      if (active.length > 0 && left.length === 0) return heldFault(version, incident, active);
      const offered = proposed && of(proposed);
      return knownFault(version, incident, { active, left, proposed: offered });
    });
}

/** Its sentences hold nothing but the incident's key and severity and the ids of holds, which everyone may read. */
function knownFault(
  version: string,
  incident: IncidentFact,
  holds: HoldsOfFault,
): KnownFaultyAnswer {
  const { key } = incident;
  return {
    status: 'known_faulty',
    ...faultOf(version, incident, holds),
    title: `Known faulty by ${key}`,
    next: stepOutOf(version, key, holds),
  };
}

/** Likewise. */
function heldFault(
  version: string,
  incident: IncidentFact,
  holds: readonly HoldFact[],
): HeldAnswer {
  const { key } = incident;
  return {
    status: 'held',
    ...faultOf(version, incident, { active: holds, left: [] }),
    title: `Held from the machines that ${key} harms`,
    next: `Keep it from the machines that the ${namedHolds(holds)} ${holds.length === 1 ? 'speaks' : 'speak'} of.`,
  };
}

/** The reason names the machines that are left, to who may read the incident. */
function faultOf(
  version: string,
  incident: IncidentFact,
  { active, left }: Pick<HoldsOfFault, 'active' | 'left'>,
) {
  const { key, title, severity, publicTitle, products, affectedVersions } = incident;
  const affects = `It affects ${[...affectedVersions].sort().join(' and ')}.`;
  const short = `${namedHolds(active)} ${active.length === 1 ? 'does' : 'do'} not keep it from all machines`;
  const why = left.length === 0 ? affects : `${affects} The ${short} ${sayLeft(left)}.`;
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
        publicWhy: publicTitle === null ? null : affects,
        proof: null,
        products,
      },
    ],
  } as const;
}
