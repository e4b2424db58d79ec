/** Takes an incident one step along its life. */
import type { Input } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { type Change, writerOf } from '../db/write.ts';
import { refuseApproval } from './approval.ts';
import { changedAnswer, incidentToChange, refusePrecondition } from './change-incident.ts';
import { refuseRole, refuseStep } from './life.ts';
import { type PublicPartsOf, publicationOf } from './publication.ts';
import { readinessFaults } from './readiness.ts';
import type { IncidentStatus } from './record.ts';
import { type PublicEffect, reviseIncident } from './revise.ts';
import { recordAt, type StoredIncident } from './store.ts';

export async function transitionIncident(
  db: Change,
  request: Input<'transitionIncident'>,
  publicParts: PublicPartsOf,
) {
  const { path, caller, headers, body } = request;
  const { to, note = null } = body;
  const writtenBy = writerOf(request);
  const found = await incidentToChange(db, caller, path.incident);
  if (found.kind === 'refused') return found.answer;
  const { incident } = found;

  const wrongRole = caller.kind === 'token' ? refuseRole(to, caller.role) : null;
  if (wrongRole !== null) return problem('forbidden', wrongRole);
  const stale = refusePrecondition(incident, headers);
  if (stale) return stale;
  const noSuchStep = refuseStep(incident, to);
  if (noSuchStep !== null) return problem('conflict', noSuchStep);
  const ownWords = to === 'approved' ? refuseApproval(incident, writtenBy) : null;
  if (ownWords !== null) return problem('conflict', ownWords);
  const missing = isAgreedTo(to) ? readinessFaults(incident.record) : [];
  if (missing.length > 0) return unprocessable(missing);

  const effect = await effectOf(db, incident, { to, note }, publicParts);
  if (effect.kind === 'unexplained') {
    return unprocessable([{ pointer: '/note', detail: effect.detail }]);
  }
  await reviseIncident(db, incident, {
    kind: 'transition',
    status: to,
    record: incident.record,
    note,
    writtenBy,
    effect,
  });
  return changedAnswer(db, incident, body);
}

function isAgreedTo(to: IncidentStatus): boolean {
  return to === 'in_review' || to === 'approved' || to === 'published';
}

async function effectOf(
  db: Change,
  incident: StoredIncident,
  { to, note }: { to: IncidentStatus; note: string | null },
  publicParts: PublicPartsOf,
): Promise<PublicEffect | { kind: 'unexplained'; detail: string }> {
  switch (to) {
    case 'published':
      return effectOfPublishing(db, incident, note, publicParts);
    case 'withdrawn':
      if (note !== null) return { kind: 'withdrawn', notice: note };
      return {
        kind: 'unexplained',
        detail: 'Say why it is withdrawn: the note becomes the public notice at its address.',
      };
    default:
      return { kind: 'none' };
  }
}

async function effectOfPublishing(
  db: Change,
  incident: StoredIncident,
  note: string | null,
  publicParts: PublicPartsOf,
): Promise<PublicEffect | { kind: 'unexplained'; detail: string }> {
  const { publishedRevision, record: after } = incident;
  const published =
    publishedRevision === null ? null : await recordAt(db, incident, publishedRevision);
  const publication = publicationOf(published, { after, note, publicParts });
  switch (publication.kind) {
    case 'first':
      return { kind: 'changed', correction: null };
    case 'alike':
      return { kind: 'alike' };
    case 'correction':
      return { kind: 'changed', correction: publication.reason };
    case 'unexplained':
      return {
        kind: 'unexplained',
        detail: 'Say what was corrected and why: the note becomes the public reason.',
      };
  }
}
