/** How the requirements of a release are met, as their checks say. */
import { type Kysely, sql } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import type { Database } from '../db/rows.gen.ts';

/** What a pipeline needs to know to meet a requirement. */
export type HowToMeet = Pick<components['schemas']['Check'], 'kind' | 'howToRun' | 'reportedAs'>;

/** By check. */
export async function howToMeet(
  db: Kysely<Database>,
  checks: readonly string[],
): Promise<Map<string, HowToMeet>> {
  const rows = await db
    .selectFrom('regression_check')
    .select(['key', 'body'])
    .where('key', '=', sql<string>`any(${checks})`)
    .execute();
  return new Map(rows.map(({ key, body }) => [key, body as HowToMeet]));
}
