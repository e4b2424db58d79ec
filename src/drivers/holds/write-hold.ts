/** Holds in the database: every change of one, as a revision or a row of its own. */
import type { Change } from '../../db/write.ts';
import type { HoldBody, HoldChange, HoldCheckStanding, HoldState } from './hold.ts';

/** Who makes a change, when and why. */
export interface Signed {
  by: string;
  at: string;
  reason: string;
}

export interface NewHold {
  productId: number;
  incidentId: number;
  body: HoldBody;
}

/** Answers its id. */
export async function insertHold(
  db: Change,
  { productId, incidentId, body }: NewHold,
  signed: Signed,
): Promise<number> {
  const { id } = await db
    .insertInto('hold')
    .values({
      product_id: productId,
      incident_id: incidentId,
      state: 'proposed',
      revision: 1,
      body: JSON.stringify(body),
      created_at: signed.at,
      updated_at: signed.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepRevision(db, { id, revision: 1, state: 'proposed', body, change: 'proposed' }, signed);
  return id;
}

/** What becomes of a hold. */
export type HoldStep =
  | { change: 'edited'; body: HoldBody }
  | { change: 'activated' }
  | {
      change: 'released';
      pastConditionReason: string | null;
      /** Null where the condition was not asked. */
      condition: readonly HoldCheckStanding[] | null;
    };

/** The hold is locked. */
export async function reviseHold(
  db: Change,
  hold: { id: number; revision: number; state: HoldState; body: HoldBody },
  step: HoldStep,
  signed: Signed,
): Promise<void> {
  const body = step.change === 'edited' ? step.body : hold.body;
  const state = stateAfter(step, hold.state);
  const revision = hold.revision + 1;
  await db
    .updateTable('hold')
    .set({
      state,
      revision,
      body: JSON.stringify(body),
      updated_at: signed.at,
      ...(step.change === 'activated' && { activated_at: signed.at }),
      ...(step.change === 'released' && { released_at: signed.at }),
    })
    .where('id', '=', hold.id)
    .execute();
  await db
    .updateTable('hold_revision')
    .set({ known_until: signed.at })
    .where('hold_id', '=', hold.id)
    .where('known_until', 'is', null)
    .execute();
  await keepRevision(db, { id: hold.id, revision, state, body, ...step }, signed);
}

function stateAfter({ change }: HoldStep, before: HoldState): HoldState {
  if (change === 'edited') return before;
  return change === 'activated' ? 'active' : 'released';
}

interface Revision {
  id: number;
  revision: number;
  state: HoldState;
  body: HoldBody;
  change: HoldChange['change'];
  pastConditionReason?: string | null;
  condition?: readonly HoldCheckStanding[] | null;
}

async function keepRevision(
  db: Change,
  { id, revision, state, body, change, pastConditionReason, condition }: Revision,
  { by, at, reason }: Signed,
): Promise<void> {
  await db
    .insertInto('hold_revision')
    .values({
      hold_id: id,
      revision,
      change,
      state,
      body: JSON.stringify(body),
      reason,
      past_condition_reason: pastConditionReason ?? null,
      condition: condition ? JSON.stringify(condition) : null,
      written_by: by,
      known_from: at,
    })
    .execute();
}

/** Answers its id. `versions` and `rings` are null for all. */
export async function insertOverride(
  db: Change,
  holdId: number,
  scope: { versions: string | null; rings: readonly string[] | null; expiresAt: string },
  { by, at, reason }: Signed,
): Promise<number> {
  const { id } = await db
    .insertInto('hold_override')
    .values({
      hold_id: holdId,
      versions: scope.versions,
      rings: scope.rings && [...scope.rings],
      reason,
      set_by: by,
      set_at: at,
      expires_at: scope.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await touch(db, holdId, at);
  return id;
}

export async function insertOverrideRevocation(
  db: Change,
  { holdId, overrideId }: { holdId: number; overrideId: string },
  { by, at, reason }: Signed,
): Promise<void> {
  await db
    .insertInto('hold_override_revocation')
    .values({ override_id: Number(overrideId), revoked_by: by, revoked_at: at, reason })
    .execute();
  await touch(db, holdId, at);
}

async function touch(db: Change, holdId: number, at: string): Promise<void> {
  await db.updateTable('hold').set({ updated_at: at }).where('id', '=', holdId).execute();
}
