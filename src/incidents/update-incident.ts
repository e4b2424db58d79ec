/** Changes an incident's record by a merge patch. */
import { isDeepStrictEqual } from 'node:util';
import type { Input } from '../contract/handlers.ts';
import { faultsAgainst } from '../contract/named-schema.ts';
import { type ProblemFault, problem, unprocessable } from '../contract/problems.ts';
import { productsOf } from '../contract/product-scope.ts';
import { type Change, writerOf } from '../db/write.ts';
import { mergePatch } from '../documents/merge-patch.ts';
import { changedAnswer, incidentToChange, refusePrecondition } from './change-incident.ts';
import { consistencyFaults } from './consistency.ts';
import { type PublicPartsOf, statusAfterEdit } from './publication.ts';
import { readinessFaults } from './readiness.ts';
import { completeRecord, type IncidentInput, type IncidentRecord } from './record.ts';
import { referenceFaults, referencesOf } from './references.ts';
import { reviseIncident } from './revise.ts';
import { incidentAnswer } from './show.ts';
import { findReferents } from './store.ts';

export async function updateIncident(
  db: Change,
  request: Input<'updateIncident'>,
  publicParts: PublicPartsOf,
) {
  const { path, caller, headers, body } = request;
  const found = await incidentToChange(db, caller, path.incident);
  if (found.kind === 'refused') return found.answer;
  const { incident } = found;

  const patched = mergePatch(incident.record, body);
  const misfits = faultsAgainst('IncidentInput', patched);
  const stale = refusePrecondition(incident, headers);
  if (misfits.length > 0) return stale ?? unprocessable(misfits);
  const record = completeRecord(patched as IncidentInput);
  // Also behind a stale If-Match: a call repeated after a lost answer is told that it was done (RFC 9110 §13.1.1).
  if (isDeepStrictEqual(record, incident.record)) return incidentAnswer(incident);

  if (stale) return stale;
  const { status } = incident;
  if (status === 'withdrawn') {
    return problem(
      'conflict',
      `${incident.key} is withdrawn and changes no more. Log another incident where there is more to say.`,
    );
  }
  const next = statusAfterEdit({ status, record: incident.record }, record, publicParts);
  const faults = [
    ...consistencyFaults(record),
    ...(await faultsOfReferences(db, request, incident.record, record)),
    // Nobody looks at it again before customers read it.
    ...(next === 'published' ? readinessFaults(record) : []),
  ];
  if (faults.length > 0) return unprocessable(faults);

  await reviseIncident(db, incident, {
    kind: 'edit',
    status: next,
    record,
    note: null,
    writtenBy: writerOf(request),
    effect: { kind: next === 'published' ? 'alike' : 'none' },
  });
  return changedAnswer(db, incident, body);
}

/** Whoever reads the record already knows of what it names. */
async function faultsOfReferences(
  db: Change,
  { caller }: Input<'updateIncident'>,
  before: IncidentRecord,
  after: IncidentRecord,
): Promise<ProblemFault[]> {
  const known = { products: productsOf(caller), read: referencesOf(before) };
  return referenceFaults(after, await findReferents(db, referencesOf(after), known));
}
