/** Things with a key and a body that are put whole, with every revision they ever had: products, checks, drivers. */
import canonicalize from 'canonicalize';
import { type Kysely, sql } from 'kysely';
import { nextCatalogueAt } from '../db/clock.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';

/** Tables of one shape, each with its `_revision`. */
export type DocumentTable = 'product' | 'regression_check' | 'driver';

export interface StoredDocument<Body> {
  id: number;
  key: string;
  /** Counts from 1. */
  revision: number;
  body: Body;
  createdAt: string;
  updatedAt: string;
}

/** What became of a put. Only `created` and `replaced` changed something. */
export type PutOutcome<Body, Refusal> =
  | { kind: 'created' | 'replaced' | 'unchanged'; document: StoredDocument<Body> }
  | { kind: 'refused'; refusal: Refusal }
  /** It exists, and the caller did not say which revision the change rests on. */
  | { kind: 'exists' }
  /** It is not the revision that the change rests on. */
  | { kind: 'stale' };

export interface Put<Body, Refusal, Diversion = never> {
  key: string;
  /** Whole: every field there, so that equal documents are written equally. */
  body: Body;
  writtenBy: string;
  precondition: Precondition;
  /** Why the body may not follow what is there, if anything is; null where it may. What is there stays until the end. */
  judge(before: Body | null): Promise<Refusal | null>;
  /** What happens instead of a replacement that is otherwise in order, if anything does; null where nothing does. */
  divert?(current: StoredDocument<Body>): Promise<Diversion | null>;
}

/** Whether a change may go on, given the current revision; null where there is none. */
export type Precondition = (revision: number | null) => 'ok' | 'missing' | 'stale';

const columns = ['id', 'key', 'revision', 'body', 'created_at', 'updated_at'] as const;

export async function findDocument<Body>(
  db: Kysely<Database>,
  table: DocumentTable,
  key: string,
): Promise<StoredDocument<Body> | null> {
  const row = await db.selectFrom(table).select(columns).where('key', '=', key).executeTakeFirst();
  return row ? documentOf<Body>(row) : null;
}

/** By key, from behind `after`. `keys` narrows to some of them; null for all. */
export async function listDocuments<Body>(
  db: Kysely<Database>,
  table: DocumentTable,
  { after, limit, keys }: { after: string | null; limit: number; keys: readonly string[] | null },
): Promise<StoredDocument<Body>[]> {
  const rows = await db
    .selectFrom(table)
    .select(columns)
    .$if(after !== null, (query) => query.where('key', '>', after))
    .$if(keys !== null, (query) => query.where('key', '=', sql<string>`any(${keys})`))
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map((row) => documentOf<Body>(row));
}

/** Creates the document, or replaces it as a new revision. A body that changes nothing stays the revision it is. */
export async function putDocument<Body, Refusal, Diversion = never>(
  db: Change,
  table: DocumentTable,
  put: Put<Body, Refusal, Diversion>,
): Promise<PutOutcome<Body, Refusal | Diversion>> {
  const current = await lockDocument<Body>(db, table, put.key);
  const refusal = await put.judge(current?.body ?? null);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (current) return replaceOrKeep(db, table, current, put);
  if (put.precondition(null) === 'stale') return { kind: 'stale' };
  const document = await create(db, table, put);
  if (document) return { kind: 'created', document };
  // Somebody else created it meanwhile, and now it is there to be judged.
  return putDocument(db, table, put);
}

/** The document, which nobody else changes until the transaction ends. */
export async function lockDocument<Body>(
  db: Change,
  table: DocumentTable,
  key: string,
): Promise<StoredDocument<Body> | null> {
  const row = await db
    .selectFrom(table)
    .select(columns)
    .where('key', '=', key)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? documentOf<Body>(row) : null;
}

async function replaceOrKeep<Body, Diversion>(
  db: Change,
  table: DocumentTable,
  current: StoredDocument<Body>,
  { body, writtenBy, precondition, divert }: Put<Body, unknown, Diversion>,
): Promise<PutOutcome<Body, Diversion>> {
  // Also behind a stale precondition: a call repeated after a lost answer is told that it was done (RFC 9110 §13.1.1).
  if (canonicalize(current.body) === canonicalize(body)) {
    return { kind: 'unchanged', document: current };
  }
  switch (precondition(current.revision)) {
    case 'missing':
      return { kind: 'exists' };
    case 'stale':
      return { kind: 'stale' };
    case 'ok': {
      const diversion = (await divert?.(current)) ?? null;
      if (diversion !== null) return { kind: 'refused', refusal: diversion };
      return { kind: 'replaced', document: await replace(db, table, current, body, writtenBy) };
    }
  }
}

/** Null where somebody else was faster. */
async function create<Body>(
  db: Change,
  table: DocumentTable,
  { key, body, writtenBy }: Pick<Put<Body, unknown>, 'key' | 'body' | 'writtenBy'>,
): Promise<StoredDocument<Body> | null> {
  const now = await nextCatalogueAt(db);
  const row = await db
    .insertInto(table)
    .values({ key, revision: 1, body: JSON.stringify(body), created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning(columns)
    .executeTakeFirst();
  if (!row) return null;
  await keepRevision(db, table, row, writtenBy);
  return documentOf<Body>(row);
}

async function replace<Body>(
  db: Change,
  table: DocumentTable,
  current: StoredDocument<Body>,
  body: Body,
  writtenBy: string,
): Promise<StoredDocument<Body>> {
  const row = await db
    .updateTable(table)
    .set({
      revision: current.revision + 1,
      body: JSON.stringify(body),
      updated_at: await nextCatalogueAt(db),
    })
    .where('id', '=', current.id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  await db
    .updateTable(`${table}_revision`)
    .set({ known_until: row.updated_at })
    .where('owner_id', '=', row.id)
    .where('known_until', 'is', null)
    .execute();
  await keepRevision(db, table, row, writtenBy);
  return documentOf<Body>(row);
}

async function keepRevision(
  db: Change,
  table: DocumentTable,
  row: Row,
  writtenBy: string,
): Promise<void> {
  await db
    .insertInto(`${table}_revision`)
    .values({
      owner_id: row.id,
      revision: row.revision,
      body: JSON.stringify(row.body),
      written_by: writtenBy,
      known_from: row.updated_at,
    })
    .execute();
}

interface Row {
  id: number;
  key: string;
  revision: number;
  body: unknown;
  created_at: string;
  updated_at: string;
}

function documentOf<Body>(row: Row): StoredDocument<Body> {
  const { id, key, revision, created_at: createdAt, updated_at: updatedAt } = row;
  return { id, key, revision, body: row.body as Body, createdAt, updatedAt };
}
