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

/** What time it is. */
export async function nowIn(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ at: string }>`select clock_timestamp() as at`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not say what time it is.');
  return row.at;
}

/**
 * The instant for a change of products, checks or incidents, later than every such change before it. Called once a write,
 * after the thing's own row is locked: it holds the catalogue until the transaction ends.
 */
export async function nextCatalogueAt(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ at: string }>`select next_catalogue_at() as at`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The catalogue gave no instant.');
  return row.at;
}
