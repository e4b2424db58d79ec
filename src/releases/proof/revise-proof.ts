/** Keeps proofs true: whenever results come or an incident changes what it affects, in the same transaction. */
import { nextCatalogueAt } from '../../db/clock.ts';
import type { Change } from '../../db/write.ts';
import { mayMoveProof, proofOf } from '../../gate/index.ts';
import { reviseEvidence, type ToWeigh } from './evidence-store.ts';
import {
  endProofsOfUnlinked,
  findEvidence,
  findGuards,
  type Guard,
  holdChecks,
  keepProofs,
  type NewProof,
} from './proof-store.ts';

/**
 * After results came for a release, or its list of artifacts changed. The catalogue's clock moves only where a proof does:
 * what stands beside other releases is remembered under it.
 */
export async function weighResults(db: Change, toWeigh: ToWeigh): Promise<void> {
  const { changes, ...release } = await reviseEvidence(db, toWeigh);
  if (changes.size === 0) return;
  const ids = [...changes.keys()];
  // Who weighs the same check elsewhere, or ties it to an incident, sees this or is seen.
  await holdChecks(db, { ids });
  const guards = (await findGuards(db, { checkIds: ids })).filter((guard) => {
    const change = changes.get(guard.checkId);
    return change !== undefined && mayMoveProof(guard, release, change);
  });
  const changed = await changedProofs(db, guards);
  if (changed.length > 0) await keepProofs(db, changed, await nextCatalogueAt(db));
}

/** After an incident came to affect other versions or to name other checks, at `at`. The checks are held. */
export async function weighIncident(db: Change, incidentId: number, at: string): Promise<void> {
  await endProofsOfUnlinked(db, incidentId, at);
  const changed = await changedProofs(db, await findGuards(db, { incidentId }));
  if (changed.length > 0) await keepProofs(db, changed, at);
}

async function changedProofs(db: Change, guards: readonly Guard[]): Promise<NewProof[]> {
  const changed: NewProof[] = [];
  for (const guard of guards) {
    const { incidentId, checkId, ranges } = guard;
    const proof = proofOf(await findEvidence(db, guard), ranges);
    if (proof !== guard.proof) changed.push({ incidentId, checkId, proof });
  }
  return changed;
}
