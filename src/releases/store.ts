/** Releases and shipments in the database. */
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { Scheme } from '../versions/index.ts';
import type { ReleaseBody, Shipment, StoredRelease } from './release.ts';

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
  const row = await db
    .selectFrom('product')
    .select(['id', 'key', 'body'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  return { ...(row.body as Omit<ProductOfRelease, 'id' | 'key'>), id: row.id, key: row.key };
}

const columns = [
  'release.id',
  'product.key as product',
  'release.version',
  'release.revision',
  'release.body',
  'release.registered_at',
  'release.updated_at',
] as const;

interface Row {
  id: number;
  product: string;
  version: string;
  revision: number;
  body: unknown;
  registered_at: string;
  updated_at: string;
}

function releaseOf(row: Row): StoredRelease {
  const { registered_at: registeredAt, updated_at: updatedAt, body, ...rest } = row;
  return { ...rest, body: body as ReleaseBody, registeredAt, updatedAt };
}

export async function findReleaseRow(
  db: Kysely<Database>,
  productId: number,
  canonicalVersion: string,
): Promise<StoredRelease | null> {
  const row = await db
    .selectFrom('release')
    .innerJoin('product', 'product.id', 'release.product_id')
    .select(columns)
    .where('release.product_id', '=', productId)
    .where('release.canonical_version', '=', canonicalVersion)
    .executeTakeFirst();
  return row ? releaseOf(row) : null;
}

/** Newest registration first. */
export async function listReleaseRows(
  db: Kysely<Database>,
  productId: number,
  { after, limit }: { after: readonly [string, number] | null; limit: number },
): Promise<StoredRelease[]> {
  const rows = await db
    .selectFrom('release')
    .innerJoin('product', 'product.id', 'release.product_id')
    .select(columns)
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
  return rows.map(releaseOf);
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
    .insertInto('release')
    .values(({ selectFrom }) => {
      const now = selectFrom(sql<{ at: string }>`(select clock_timestamp() as at)`.as('clock'));
      const at = now.select('clock.at');
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

const shipmentColumns = [
  'shipment.id',
  'shipment.release_id',
  'product.key as product',
  'release.version',
  'shipment.ring',
  'shipment.shipped_at',
  'shipment.recorded_at',
  'shipment.recorded_by',
  'shipment.afterwards',
  'shipment.past_gate_reason',
] as const;

/** The shipments of these releases by release, in the order of entering. */
export async function shipmentsOf(
  db: Kysely<Database>,
  releaseIds: readonly number[],
): Promise<Map<number, Shipment[]>> {
  const rows = await db
    .selectFrom('shipment')
    .innerJoin('release', 'release.id', 'shipment.release_id')
    .innerJoin('product', 'product.id', 'release.product_id')
    .select(shipmentColumns)
    .where('shipment.release_id', '=', sql<number>`any(${releaseIds})`)
    .orderBy('shipment.shipped_at')
    .orderBy('shipment.id')
    .execute();
  const shipments = new Map<number, Shipment[]>(releaseIds.map((id) => [id, []]));
  for (const row of rows) {
    shipments.get(row.release_id)?.push({
      id: String(row.id),
      product: row.product,
      version: row.version,
      ring: row.ring,
      shippedAt: row.shipped_at,
      recordedAt: row.recorded_at,
      recordedBy: row.recorded_by,
      afterwards: row.afterwards,
      pastGate: row.past_gate_reason
        ? { reason: row.past_gate_reason, approvedBy: row.recorded_by }
        : null,
    });
  }
  return shipments;
}

export interface NewShipment {
  releaseId: number;
  ring: string;
  /** Null: at `recordedAt`. */
  shippedAt: string | null;
  recordedAt: string;
  recordedBy: string;
  pastGateReason: string | null;
}

export async function insertShipment(db: Change, shipment: NewShipment): Promise<void> {
  await db
    .insertInto('shipment')
    .values({
      release_id: shipment.releaseId,
      ring: shipment.ring,
      shipped_at: shipment.shippedAt ?? shipment.recordedAt,
      recorded_at: shipment.recordedAt,
      recorded_by: shipment.recordedBy,
      afterwards: shipment.shippedAt !== null,
      past_gate_reason: shipment.pastGateReason,
    })
    .execute();
}

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
