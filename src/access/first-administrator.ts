/** The token with which the first person comes in. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import { inTransaction } from '../db/transaction.ts';
import { hashOf, newSecret } from './secret.ts';
import { insertAuditRow, insertToken } from './store.ts';
import { showToken } from './token.ts';

/** Any number of our own: whoever makes the first token holds it. */
const firstTokenLock = 4_815_162_343;

const name = 'administrator';
const createdBy = 'first start';

/** `made_up` is shown once; `revoked` lets nobody in. */
export type FirstAdministrator =
  | { kind: 'made_up'; secret: string }
  | { kind: 'on_record' }
  | { kind: 'revoked' };

/**
 * Makes sure that somebody can come in: with `configured`, that this secret is on record; else a new secret where no
 * token exists yet. One that was revoked stays so.
 */
export async function ensureAdministrator(
  db: Kysely<Database>,
  configured: string | null,
): Promise<FirstAdministrator> {
  return inTransaction(db, async (change) => {
    await sql`select pg_advisory_xact_lock(${firstTokenLock})`.execute(change);
    const secret = configured ?? newSecret();
    const existing = await change
      .selectFrom('token')
      .select('revoked_at')
      .$if(configured !== null, (query) => query.where('secret_hash', '=', hashOf(secret)))
      .limit(1)
      .executeTakeFirst();
    if (existing) {
      const isRevoked = configured !== null && existing.revoked_at !== null;
      return { kind: isRevoked ? 'revoked' : 'on_record' };
    }
    const token = { name, role: 'admin', products: null, expiresAt: null, createdBy } as const;
    const state = showToken(await insertToken(change, { ...token, secretHash: hashOf(secret) }));
    await insertAuditRow(change, {
      writtenBy: createdBy,
      tokenId: null,
      role: state.role,
      operation: 'firstStart',
      subject: `/v1/tokens/${state.id}`,
      requestId: createdBy,
      remoteAddress: null,
      change: state,
    });
    return configured === null ? { kind: 'made_up', secret } : { kind: 'on_record' };
  });
}
