/** When the catalogue last changed, for what is remembered of it. */
import { type Kysely, sql } from 'kysely';
import type { Database } from './rows.gen.ts';
import { sharedRead } from './shared-read.ts';

export interface CatalogueTime {
  /** Equal instants mean an equal catalogue; null: nothing was ever recorded. */
  changedAt: string | null;
  now: string;
}

/** Asks the database, once for all who ask at the same time, and never answers from before the question. */
export function catalogueClock(db: Kysely<Database>): () => Promise<CatalogueTime> {
  const read = sharedRead(async (questions: readonly null[]) => {
    const { rows } = await sql<CatalogueTime>`
      select (select at from catalogue) as "changedAt", clock_timestamp() as now
    `.execute(db);
    return questions.map(() => rows[0] as CatalogueTime);
  });
  return () => read(null);
}
