/** Weighs results that came before evidence was kept: the migration lists their releases, the service works them off. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import { inTransaction } from '../../db/transaction.ts';
import { weighResults } from './revise-proof.ts';

/** One release in each transaction, until none is left or `ending` is aborted; several instances share the work. */
export async function weighRemaining(db: Kysely<Database>, ending: AbortSignal): Promise<void> {
  while (!ending.aborted && (await weighNext(db)));
}

/** False where no release was left. */
function weighNext(db: Kysely<Database>): Promise<boolean> {
  return inTransaction(db, async (change) => {
    const next = await change
      .deleteFrom('release_to_weigh')
      .where('release_id', '=', ({ selectFrom }) =>
        selectFrom('release_to_weigh')
          .select('release_id')
          .orderBy('release_id')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning('release_id')
      .executeTakeFirst();
    if (!next) return false;
    // Held before it is read, as whoever hands in results for it holds it.
    const { rows } = await sql<{ id: number; at: string }>`
      select id, last_fact_at as at from release where id = ${next.release_id} for update
    `.execute(change);
    const [release] = rows;
    if (!release) throw new Error('A release to weigh that is not there.');
    await weighResults(change, { releaseId: release.id, runId: null, at: release.at });
    return true;
  });
}
