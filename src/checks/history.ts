/** Every revision of a check, with who made it and why. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import { changeIntoBeing, changesBetween } from '../documents/changes.ts';
import type { CheckBody } from './check.ts';

type CheckRevision = components['schemas']['CheckRevision'];

export interface RevisionRow extends Omit<CheckRevision, 'changes'> {
  body: CheckBody;
}

/** Keeps why a revision was made, and who approved it. */
export async function insertRevisionNote(
  db: Change,
  { id, revision }: { id: number; revision: number },
  { reason, approvedBy }: { reason: string; approvedBy: string | null },
): Promise<void> {
  await db
    .insertInto('check_revision_note')
    .values({ check_id: id, revision, reason, approved_by: approvedBy })
    .execute();
}

/** Newest first; `after` is a revision. */
export async function listRevisions(
  db: Kysely<Database>,
  checkId: number,
  { after, limit }: { after: number | null; limit: number },
): Promise<RevisionRow[]> {
  const rows = await db
    .selectFrom('regression_check_revision as state')
    .leftJoin('check_revision_note as note', (join) =>
      join
        .onRef('note.check_id', '=', 'state.owner_id')
        .onRef('note.revision', '=', 'state.revision'),
    )
    .select([
      'state.revision',
      'state.known_from as at',
      'state.written_by as by',
      'note.approved_by as approvedBy',
      'note.reason',
      'state.body',
    ])
    .where('state.owner_id', '=', checkId)
    // A made-up cursor may hold a number that no column holds.
    .$if(after !== null, (query) =>
      query.where('state.revision', '<', sql<number>`${after}::bigint`),
    )
    .orderBy('state.revision', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ body, ...row }) => ({ ...row, body: body as CheckBody }));
}

/** `before` is the revision before this one; null for the first. */
export function showRevision(
  { body, ...row }: RevisionRow,
  before: RevisionRow | null,
): CheckRevision {
  return { ...row, changes: before ? changesBetween(before.body, body) : changeIntoBeing(body) };
}
