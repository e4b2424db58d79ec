/** The token with which the first person comes in. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import { inTransaction } from '../db/transaction.ts';
import { hashOf, newSecret } from './secret.ts';
import { insertToken } from './store.ts';

/** Any number of our own: whoever makes the first token holds it. */
const firstTokenLock = 4_815_162_343;

const name = 'administrator';
const createdBy = 'first start';

/**
 * Makes sure that somebody can come in: with `configured`, that this secret is on record; else a new secret where no
 * token exists yet. Answers a new secret, which is shown once, or null where nothing new was made up.
 */
export async function ensureAdministrator(
  db: Kysely<Database>,
  configured: string | null,
): Promise<string | null> {
  return inTransaction(db, async (change) => {
    await sql`select pg_advisory_xact_lock(${firstTokenLock})`.execute(change);
    const secret = configured ?? newSecret();
    const existing = await change
      .selectFrom('token')
      .select('id')
      .$if(configured !== null, (query) => query.where('secret_hash', '=', hashOf(secret)))
      .limit(1)
      .executeTakeFirst();
    if (existing) return null;
    const token = { name, role: 'admin', products: null, expiresAt: null, createdBy } as const;
    await insertToken(change, { ...token, secretHash: hashOf(secret) });
    return configured === null ? secret : null;
  });
}
