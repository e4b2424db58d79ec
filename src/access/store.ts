/** Tokens and the audit trail in the database. */
import { type Kysely, sql } from 'kysely';
import type { Role } from '../contract/caller.ts';
import type { Database } from '../db/rows.gen.ts';
import type { TokenRow } from './token.ts';

const tokenColumns = [
  'id',
  'name',
  'role',
  'products',
  'created_at',
  'created_by',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const;

export interface NewToken {
  name: string;
  role: Role;
  products: readonly string[] | null;
  expiresAt: string | null;
  secretHash: Buffer;
  createdBy: string;
}

export async function insertToken(db: Kysely<Database>, token: NewToken): Promise<TokenRow> {
  return db
    .insertInto('token')
    .values({
      name: token.name,
      role: token.role,
      products: token.products ? [...token.products] : null,
      expires_at: token.expiresAt,
      secret_hash: token.secretHash,
      created_by: token.createdBy,
    })
    .returning(tokenColumns)
    .executeTakeFirstOrThrow();
}

/** What the database's clock says of a token. */
interface TokenLife {
  /** Until it expires, zero or less where it has; null where it never does. */
  remaining_ms: number | null;
  used_lately: boolean;
}

/** A token by its secret's hash, with what the database's clock says of it. */
export async function findTokenByHash(
  db: Kysely<Database>,
  secretHash: Buffer,
): Promise<(TokenRow & TokenLife) | null> {
  const row = await db
    .selectFrom('token')
    .select(tokenColumns)
    .select([
      sql<number | null>`(extract(epoch from expires_at - clock_timestamp()) * 1000)::float8`.as(
        'remaining_ms',
      ),
      sql<boolean>`coalesce(last_used_at > clock_timestamp() - interval '1 minute', false)`.as(
        'used_lately',
      ),
    ])
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst();
  return row ?? null;
}

export async function noteUse(db: Kysely<Database>, id: number): Promise<void> {
  await db
    .updateTable('token')
    .set({ last_used_at: sql`date_trunc('minute', clock_timestamp())` })
    .where('id', '=', id)
    .execute();
}

/** Newest first, from behind the token with the id `after`. */
export async function listTokens(
  db: Kysely<Database>,
  { after, limit }: { after: number | null; limit: number },
): Promise<TokenRow[]> {
  return db
    .selectFrom('token')
    .select(tokenColumns)
    .$if(after !== null, (query) => query.where('id', '<', after))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** `absent` where there is no such token; `revoked` also tells whether this call did it. */
export async function revokeToken(
  db: Kysely<Database>,
  id: string,
): Promise<{ kind: 'absent' } | { kind: 'revoked'; now: boolean }> {
  const row = await db
    .selectFrom('token')
    .select(['id', 'revoked_at'])
    .where('id', '=', sql<number>`${id}::bigint`)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return { kind: 'absent' };
  if (row.revoked_at) return { kind: 'revoked', now: false };
  await db
    .updateTable('token')
    .set({ revoked_at: sql`clock_timestamp()` })
    .where('id', '=', row.id)
    .execute();
  return { kind: 'revoked', now: true };
}

/** Which of these products do not exist. */
export async function unknownProducts(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('product')
    .select('key')
    .where('key', '=', sql<string>`any(${keys})`)
    .execute();
  const known = new Set(rows.map(({ key }) => key));
  return keys.filter((key) => !known.has(key));
}

export interface NewAuditRow {
  writtenBy: string;
  /** Null where no token was there yet. */
  tokenId: number | null;
  role: string;
  operation: string;
  /** As an address: `/v1/incidents/HF-2024-0001`. */
  subject: string;
  requestId: string;
  remoteAddress: string | null;
  /** As JSON. Never a secret. */
  change: unknown;
}

export async function insertAuditRow(db: Kysely<Database>, row: NewAuditRow): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({
      written_by: row.writtenBy,
      token_id: row.tokenId,
      role: row.role,
      operation: row.operation,
      subject: row.subject,
      request_id: row.requestId,
      remote_address: row.remoteAddress,
      change: JSON.stringify(row.change ?? null),
    })
    .execute();
}

export interface AuditRow {
  id: number;
  at: string;
  written_by: string;
  token_id: number | null;
  role: string;
  operation: string;
  subject: string;
  request_id: string;
  remote_address: string | null;
  change: unknown;
}

/** Newest first, from behind the entry with the id `after`; of one subject and what lies below it, or of all. */
export async function listAuditRows(
  db: Kysely<Database>,
  { after, limit, subject }: { after: number | null; limit: number; subject: string | null },
): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_entry')
    .select([
      'id',
      'at',
      'written_by',
      'token_id',
      'role',
      'operation',
      'subject',
      'request_id',
      'remote_address',
      'change',
    ])
    .$if(after !== null, (query) => query.where('id', '<', after))
    .$if(subject !== null, (query) =>
      query.where((where) =>
        where.or([
          where('subject', '=', subject),
          where(sql<boolean>`starts_with(subject, ${`${subject}/`})`, '=', true),
        ]),
      ),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
