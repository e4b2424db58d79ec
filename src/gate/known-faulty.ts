/** Whether a release lies in the range that an incident affects. */
import type { KnownFaultyAnswer } from './decision.ts';
import type { IncidentFact } from './facts.ts';
import { byGravity } from './gravity.ts';
import { liesIn } from './version-range.ts';

/**
 * One answer for each incident that is not withdrawn and affects this version, the gravest first. `incidents` are
 * those known at the instant asked about. A plan without a version is never known to be faulty.
 */
export function knownFaults(
  version: string | null,
  incidents: readonly IncidentFact[],
): KnownFaultyAnswer[] {
  if (version === null) return [];
  return incidents
    .filter(({ withdrawn }) => !withdrawn)
    .filter(({ affectedVersions }) => affectedVersions.some((range) => liesIn(version, range)))
    .sort(byGravity)
    .map((incident) => knownFault(version, incident));
}

/** Its sentences hold nothing but the incident's key and severity, which everyone may read. */
function knownFault(version: string, incident: IncidentFact): KnownFaultyAnswer {
  const { key, title, severity, publicTitle, products, affectedVersions } = incident;
  const why = `It affects ${[...affectedVersions].sort().join(' and ')}.`;
  return {
    status: 'known_faulty',
    incident: key,
    check: null,
    title: `Known faulty by ${key}`,
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
    next: `Ship a version that ${key} does not affect. No waiver helps.`,
  };
}
