/** What is graver than what: statuses and severities. */
import type { IncidentFact, RequirementStatus, Severity } from './facts.ts';

/** Mildest first. The gravest speaks for a run, for several artifacts, and for what a waiver is approved over. */
const statuses: Readonly<Record<RequirementStatus, number>> = {
  passed: 0,
  missing: 1,
  other_build: 2,
  insufficient: 3,
  skipped: 4,
  running: 5,
  failed: 6,
  errored: 7,
};

const severities: Readonly<Record<Severity, number>> = { sev1: 0, sev2: 1, sev3: 2, sev4: 3 };

/** How a status that is not a pass weighs: a mild one only waits for more, a grave one speaks against the release. */
export type Weight = 'none' | 'mild' | 'grave';

/** Above zero when `a` is the graver one. */
export function compareStatuses(a: RequirementStatus, b: RequirementStatus): number {
  return statuses[a] - statuses[b];
}

export function weightOf(status: RequirementStatus): Weight {
  if (status === 'passed') return 'none';
  return status === 'failed' || status === 'errored' ? 'grave' : 'mild';
}

/** Orders incidents, the gravest first; a total order, since keys differ. */
export function byGravity(a: IncidentFact, b: IncidentFact): number {
  return (
    severities[a.severity] - severities[b.severity] || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

/** The gravest incident behind a check, given by its key; null where none is. Withdrawn ones count for nothing. */
export function gravestIncident(
  check: string,
  incidents: readonly IncidentFact[],
): IncidentFact | null {
  let gravest: IncidentFact | null = null;
  for (const incident of incidents) {
    if (incident.withdrawn || !incident.checks.some((link) => link.check === check)) continue;
    if (gravest === null || byGravity(incident, gravest) < 0) gravest = incident;
  }
  return gravest;
}
