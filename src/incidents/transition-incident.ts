/** Takes an incident one step along its life. */
import type { Input } from '../contract/handlers.ts';
import { type ProblemFault, problem, unprocessable } from '../contract/problems.ts';
import { isPast } from '../db/clock.ts';
import { type Change, writerOf } from '../db/write.ts';
import { refuseApproval } from './approval.ts';
import { changedAnswer, incidentToChange, refusePrecondition } from './change-incident.ts';
import { refuseRole, refuseStep } from './life.ts';
import { type PublicPartsOf, publicationOf } from './publication.ts';
import { readinessFaults } from './readiness.ts';
import type { IncidentRecord, IncidentStatus } from './record.ts';
import { type PublicEffect, reviseIncident } from './revise.ts';
import { publishedRecord, type StoredIncident } from './store.ts';

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
  const faults = [
    ...(isAgreedTo(to) ? readinessFaults(incident.record) : []),
    ...(to === 'in_review' ? await stalePromises(db, incident.record) : []),
  ];
  if (faults.length > 0) return unprocessable(faults);

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

/** Asked once, where the report is handed in: whoever agrees to it later is not held up by the clock. */
async function stalePromises(db: Change, record: IncidentRecord): Promise<ProblemFault[]> {
  const { stage, nextUpdateAt } = record;
  if (stage !== 'preliminary' || nextUpdateAt === null) return [];
  if (!(await isPast(db, nextUpdateAt))) return [];
  const detail = `${nextUpdateAt} has passed. Announce an update that is still to come.`;
  return [{ pointer: '/nextUpdateAt', detail }];
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
  const published = await publishedRecord(db, incident);
  const publication = publicationOf(published, { after: incident.record, note, publicParts });
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
