/** The life of a record: which steps there are, and who may take them. Pure. */
import type { Role } from '../contract/caller.ts';
import type { IncidentStatus } from './record.ts';

const steps: Readonly<Record<IncidentStatus, readonly IncidentStatus[]>> = {
  draft: ['in_review'],
  in_review: ['approved', 'draft'],
  approved: ['published', 'draft'],
  published: ['withdrawn'],
  withdrawn: [],
};

const takenBy: Readonly<Record<IncidentStatus, readonly Role[]>> = {
  draft: ['engineer', 'approver', 'admin'],
  in_review: ['engineer', 'admin'],
  approved: ['approver', 'admin'],
  published: ['engineer', 'admin'],
  withdrawn: ['engineer', 'admin'],
};

const spoken: Readonly<Record<IncidentStatus, string>> = {
  draft: 'a draft',
  in_review: 'in review',
  approved: 'approved',
  published: 'published',
  withdrawn: 'withdrawn',
};

/** A record between two steps. */
export interface Standing {
  key: string;
  status: IncidentStatus;
  /** Null where it was never published. */
  publishedRevision: number | null;
}

/** Why the role may not take this step, as a sentence that says who may; null where it may. */
export function refuseRole(to: IncidentStatus, role: Role): string | null {
  const roles = takenBy[to];
  if (roles.includes(role)) return null;
  return `Taking an incident to '${to}' needs a token of one of the roles ${roles.join(', ')}; this one is of the role ${role}.`;
}

/** Why there is no such step, as a sentence that says which there are; null where there is. */
export function refuseStep(incident: Standing, to: IncidentStatus): string | null {
  const possible = stepsFrom(incident);
  if (possible.includes(to)) return null;
  const stands = `${incident.key} is ${spoken[incident.status]}`;
  if (incident.status === 'withdrawn') {
    return `${stands}, which is the end. Log another incident where there is more to say.`;
  }
  const ways = `From here it can go to: ${possible.join(', ')}.`;
  if (to === incident.status) return `${stands} already. ${ways}`;
  if (to === 'withdrawn') {
    return `${stands} and was never published, so there is nothing to withdraw. Where it was logged by mistake, take out what it affects and its checks.`;
  }
  return `${stands}. ${ways}`;
}

/** A correction may be under way when the report has to go. */
function stepsFrom({ status, publishedRevision }: Standing): readonly IncidentStatus[] {
  const further = steps[status];
  if (publishedRevision === null || status === 'withdrawn' || further.includes('withdrawn')) {
    return further;
  }
  return [...further, 'withdrawn'];
}
