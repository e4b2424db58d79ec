/** What every change of an incident asks first, and how it answers in the end. */
import type { Caller } from '../contract/caller.ts';
import { checkIfMatch, etag } from '../contract/if-match.ts';
import { problem } from '../contract/problems.ts';
import { type Change, written } from '../db/write.ts';
import { mayRead, refuseChange } from './scope.ts';
import { incidentAddress, incidentAnswer } from './show.ts';
import { findIncident, lockIncident, type StoredIncident } from './store.ts';

export function incidentNotFound(key: string) {
  return problem(
    'not-found',
    `There is no incident ${key}, or this token may not know of it. List the incidents to find its key.`,
  );
}

/** The incident, locked, where the caller may change it. */
export async function incidentToChange(db: Change, caller: Caller, key: string) {
  const incident = await lockIncident(db, key);
  if (!incident || !mayRead(caller, incident.record)) {
    return { kind: 'refused' as const, answer: incidentNotFound(key) };
  }
  const reason = refuseChange(caller, incident);
  return reason === null
    ? { kind: 'found' as const, incident }
    : { kind: 'refused' as const, answer: problem('forbidden', reason) };
}

/** The 428 or 412 of a change that does not rest on the incident as it stands; null where it does. */
export function refusePrecondition(
  { key, revision }: StoredIncident,
  headers: { 'If-Match'?: string },
) {
  switch (checkIfMatch(headers['If-Match'], etag(revision))) {
    case 'ok':
      return null;
    case 'missing':
      return problem(
        'precondition-required',
        `Fetch ${key} first, and send its ETag as If-Match with the change.`,
      );
    case 'stale':
      return problem(
        'precondition-failed',
        `${key} changed since you read it. Fetch it again and repeat the change.`,
      );
  }
}

/** The incident as the change left it. */
export async function changedAnswer(db: Change, { key }: StoredIncident, change: unknown) {
  const incident = await findIncident(db, key);
  if (!incident) throw new Error(`${key} is gone.`);
  return written(incidentAnswer(incident), { subject: incidentAddress(incident), change });
}
