/** The database's clock, the only one that facts are held against. */
import { type Kysely, sql } from 'kysely';
import type { Database } from './rows.gen.ts';

/** Whether an instant lies in the past. */
export async function isPast(db: Kysely<Database>, instant: string): Promise<boolean> {
  const { rows } = await sql<{ past: boolean }>`
    select ${instant}::timestamptz < clock_timestamp() as past
  `.execute(db);
  return rows[0]?.past ?? false;
}
