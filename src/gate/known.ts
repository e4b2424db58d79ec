/** What was known at the instant asked about, laid out for the questions that the gate asks of it. */
import type { Facts, IncidentFact, Instant, Proof, ResultFact, RunFact, Variant } from './facts.ts';
import { notAfter } from './instant.ts';
import { orderedVariant, variantKey } from './variant.ts';

/** An incident's word that a check guards against it. */
export interface Link {
  incident: IncidentFact;
  why: string;
  publicWhy: string | null;
  proof: Proof;
}

/** One variant that somebody reported for a check. */
export interface Reported {
  variant: Variant | null;
  results: ResultFact[];
}

export interface Known {
  asOf: Instant;
  /** Withdrawn ones too. */
  incidents: readonly IncidentFact[];
  /** By check. */
  links: ReadonlyMap<string, readonly Link[]>;
  /** By check, then by the variant's key. */
  reported: ReadonlyMap<string, ReadonlyMap<string, Reported>>;
  /** By key. */
  runs: ReadonlyMap<string, RunFact>;
  /** What the release lists now. */
  artifacts: ReadonlySet<string>;
}

/** Leaves out every incident and result later than `asOf`. A run's reports and waivers are judged where they count. */
export function knownAt(facts: Facts, asOf: Instant): Known {
  const incidents = facts.incidents.filter((incident) => notAfter(incident.knownAt, asOf));
  return {
    asOf,
    incidents,
    links: linksByCheck(incidents),
    reported: reportedByCheck(facts.results, asOf),
    runs: new Map(facts.runs.map((run) => [run.key, run])),
    artifacts: new Set(facts.release.artifacts),
  };
}

function linksByCheck(incidents: readonly IncidentFact[]): Map<string, Link[]> {
  const links = new Map<string, Link[]>();
  for (const incident of incidents) {
    for (const { check, ...link } of incident.checks) {
      const ofCheck = links.get(check);
      if (ofCheck === undefined) links.set(check, [{ incident, ...link }]);
      else ofCheck.push({ incident, ...link });
    }
  }
  return links;
}

function reportedByCheck(
  results: readonly ResultFact[],
  asOf: Instant,
): Map<string, Map<string, Reported>> {
  const reported = new Map<string, Map<string, Reported>>();
  for (const result of results) {
    if (!notAfter(result.receivedAt, asOf)) continue;
    let ofCheck = reported.get(result.check);
    if (ofCheck === undefined) {
      ofCheck = new Map();
      reported.set(result.check, ofCheck);
    }
    const key = variantKey(result.variant);
    const ofVariant = ofCheck.get(key);
    if (ofVariant !== undefined) ofVariant.results.push(result);
    else ofCheck.set(key, { variant: orderedVariant(result.variant), results: [result] });
  }
  return reported;
}
