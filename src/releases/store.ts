/** Releases in the database. */
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { Scheme } from '../versions/index.ts';
import { weighResults } from './proof/revise-proof.ts';
import type { BriefRelease, ReleaseBody, StoredRelease } from './release.ts';

/** A product as far as releases need it. */
export interface ProductOfRelease {
  id: number;
  key: string;
  versionScheme: Scheme;
  components: string[];
  rings: string[];
  platforms: string[];
}

export async function findProduct(
  db: Kysely<Database>,
  key: string,
): Promise<ProductOfRelease | null> {
  return productOf(await productRow(db, key).executeTakeFirst());
}

/** The same, and nobody takes a name away from it until the transaction ends. */
export async function holdProduct(db: Change, key: string): Promise<ProductOfRelease | null> {
  return productOf(await productRow(db, key).forShare().executeTakeFirst());
}

function productRow(db: Kysely<Database>, key: string) {
  return db.selectFrom('product').select(['id', 'key', 'body']).where('key', '=', key);
}

function productOf(
  row: { id: number; key: string; body: unknown } | undefined,
): ProductOfRelease | null {
  if (!row) return null;
  return { ...(row.body as Omit<ProductOfRelease, 'id' | 'key'>), id: row.id, key: row.key };
}

const stateColumns = [
  'release.id',
  'product.key as product',
  'release.version',
  'release.revision',
  'release.registered_at as registeredAt',
  'release.updated_at as updatedAt',
] as const;

export async function findReleaseRow(
  db: Kysely<Database>,
  productId: number,
  canonicalVersion: string,
): Promise<StoredRelease | null> {
  const row = await db
    .selectFrom('release')
    .innerJoin('product', 'product.id', 'release.product_id')
    .select(stateColumns)
    .select('release.body')
    .where('release.product_id', '=', productId)
    .where('release.canonical_version', '=', canonicalVersion)
    .executeTakeFirst();
  return row ? { ...row, body: row.body as ReleaseBody } : null;
}

/** Newest registration first. */
export async function listReleaseRows(
  db: Kysely<Database>,
  productId: number,
  { after, limit }: { after: readonly [string, number] | null; limit: number },
): Promise<BriefRelease[]> {
  return db
    .selectFrom('release')
    .innerJoin('product', 'product.id', 'release.product_id')
    .select(stateColumns)
    .select([
      sql<BriefRelease['body']>`release.body - 'changedPaths'`.as('body'),
      // Null says that the release does not say.
      sql<number | null>`jsonb_array_length(nullif(release.body -> 'changedPaths', 'null'))`.as(
        'changedPathCount',
      ),
    ])
    .where('release.product_id', '=', productId)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(release.registered_at, release.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::bigint)`,
      ),
    )
    .orderBy('release.registered_at', 'desc')
    .orderBy('release.id', 'desc')
    .limit(limit)
    .execute();
}

export type ReleasePut = { kind: 'registered' | 'replaced' | 'unchanged'; id: number };

/** Registers the release, or makes these its facts. Facts that change nothing make no revision. */
export async function putReleaseRow(
  db: Change,
  product: ProductOfRelease,
  { version, canonical, point }: { version: string; canonical: string; point: string },
  body: ReleaseBody,
  writtenBy: string,
): Promise<ReleasePut> {
  const registered = await db
    .with('clock', () => sql<{ at: string }>`(select clock_timestamp() as at)`)
    .insertInto('release')
    .values(({ selectFrom }) => {
      const at = selectFrom('clock').select('at');
      return {
        product_id: product.id,
        version,
        canonical_version: canonical,
        point,
        revision: 1,
        body: JSON.stringify(body),
        registered_at: at,
        updated_at: at,
        last_fact_at: at,
      };
    })
    .onConflict((conflict) => conflict.constraint('release_version_unique').doNothing())
    .returning(['id', 'revision', 'registered_at as at'])
    .executeTakeFirst();
  if (registered) {
    await keepRevision(db, registered, body, writtenBy);
    return { kind: 'registered', id: registered.id };
  }
  const current = await db
    .selectFrom('release')
    .select(['id', 'revision', 'body'])
    .where('product_id', '=', product.id)
    .where('canonical_version', '=', canonical)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (isDeepStrictEqual(current.body, body)) return { kind: 'unchanged', id: current.id };
  const at = await nextFactAt(db, current.id);
  const revision = { id: current.id, revision: current.revision + 1, at };
  await db
    .updateTable('release')
    .set({ revision: revision.revision, body: JSON.stringify(body), updated_at: at })
    .where('id', '=', current.id)
    .execute();
  await db
    .updateTable('release_revision')
    .set({ known_until: at })
    .where('owner_id', '=', current.id)
    .where('known_until', 'is', null)
    .execute();
  await keepRevision(db, revision, body, writtenBy);
  // Results on an artifact that is listed no more show nothing of this release.
  const { artifacts } = current.body as ReleaseBody;
  if (!isDeepStrictEqual(artifacts, body.artifacts)) {
    await weighResults(db, { releaseId: current.id, runId: null, at });
  }
  return { kind: 'replaced', id: current.id };
}

async function keepRevision(
  db: Change,
  { id, revision, at }: { id: number; revision: number; at: string },
  body: ReleaseBody,
  writtenBy: string,
): Promise<void> {
  await db
    .insertInto('release_revision')
    .values({
      owner_id: id,
      revision,
      body: JSON.stringify(body),
      written_by: writtenBy,
      known_from: at,
    })
    .execute();
}

/** What the release says of itself now. */
export async function releaseBody(db: Kysely<Database>, releaseId: number): Promise<ReleaseBody> {
  const { body } = await db
    .selectFrom('release')
    .select('body')
    .where('id', '=', releaseId)
    .executeTakeFirstOrThrow();
  return body as ReleaseBody;
}

/** Keeps products, checks and incidents as they are until the transaction ends. */
export async function holdCatalogue(db: Change): Promise<void> {
  await db.selectFrom('catalogue').select('at').forShare().execute();
}

/**
 * The instant for the next fact about a release, later than every fact before it. It holds the release until the
 * transaction ends.
 */
export async function nextFactAt(db: Change, releaseId: number): Promise<string> {
  const { rows } = await sql<{ at: string }>`select next_fact_at(${releaseId}) as at`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('A release without a row.');
  return row.at;
}
