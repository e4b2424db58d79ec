/** Waivers in the database, with their approvals and revocations. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import type { Severity, UnmetStatus, Variant } from '../../gate/index.ts';
import type { Span } from '../../versions/index.ts';
import type { StoredWaiver, WaiverStatus } from './waiver.ts';

export interface NewWaiver {
  releaseId: number;
  checkId: number;
  variant: Variant | null;
  /** In VERS; null for the release alone. */
  versions: string | null;
  reason: string;
  ticketUrl: string | null;
  requestedBy: string;
  requestedAt: string;
  expiresAt: string;
}

/** Answers its id. */
export async function insertWaiver(db: Change, waiver: NewWaiver): Promise<number> {
  const { id } = await db
    .insertInto('waiver')
    .values({
      release_id: waiver.releaseId,
      check_id: waiver.checkId,
      variant: waiver.variant && JSON.stringify(waiver.variant),
      versions: waiver.versions,
      reason: waiver.reason,
      ticket_url: waiver.ticketUrl,
      requested_by: waiver.requestedBy,
      requested_at: waiver.requestedAt,
      expires_at: waiver.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Lets the gate of every release in the range find the waiver. */
export async function insertSpans(
  db: Change,
  waiverId: number,
  spans: readonly Span[],
): Promise<void> {
  await sql`
    insert into waiver_span (waiver_id, span)
    select ${waiverId}::bigint, text_span("from", "to", '[]')
    from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as listed ("from" text, "to" text)
  `.execute(db);
}

/** Waivers of a range that the release may lie in; `contains` is the exact test. */
export async function waiversNear(
  db: Kysely<Database>,
  releaseId: number,
): Promise<{ id: number; versions: string }[]> {
  const { rows } = await sql<{ id: number; versions: string }>`
    select waiver.id, waiver.versions
    from release
      join waiver_span as ranged on ranged.span @> release.point
      join waiver on waiver.id = ranged.waiver_id
    where release.id = ${releaseId}
    order by waiver.id
  `.execute(db);
  return rows;
}

export async function insertApproval(
  db: Change,
  waiverId: number,
  { by, at, over }: { by: string; at: string; over: UnmetStatus },
): Promise<void> {
  await db
    .insertInto('waiver_approval')
    .values({ waiver_id: waiverId, approved_by: by, approved_at: at, approved_over: over })
    .execute();
}

export async function insertRevocation(
  db: Change,
  waiverId: number,
  { by, at, reason }: { by: string; at: string; reason: string },
): Promise<void> {
  await db
    .insertInto('waiver_revocation')
    .values({ waiver_id: waiverId, revoked_by: by, revoked_at: at, reason })
    .execute();
}

/** `products` are those that the caller may know of, null for all. */
export async function findWaiver(
  db: Kysely<Database>,
  id: number | string,
  products: readonly string[] | null,
): Promise<StoredWaiver | null> {
  const row = await storedWaivers(db, products)
    .where('waiver.id', '=', sql<number>`${id}::bigint`)
    .executeTakeFirst();
  return row ?? null;
}

export interface WaiversAsked {
  products: readonly string[] | null;
  /** Null for all, here and below. */
  product: string | null;
  /** The release, and the waivers of ranges that it lies in. */
  release: { id: number; ranged: readonly number[] } | null;
  check: string | null;
  status: WaiverStatus | null;
  limit: number;
}

/** Newest request first, from behind the waiver with the id `after`. */
export async function listWaiverRows(
  db: Kysely<Database>,
  asked: WaiversAsked,
  after: number | null,
): Promise<StoredWaiver[]> {
  return waiversAsked(db, asked)
    .$if(after !== null, (query) => query.where('waiver.id', '<', after))
    .orderBy('waiver.id', 'desc')
    .execute();
}

/** Those that have not ended yet and end before an instant, the first to end first. */
export async function listExpiringRows(
  db: Kysely<Database>,
  asked: WaiversAsked,
  before: string,
  after: readonly [expiresAt: string, id: number] | null,
): Promise<StoredWaiver[]> {
  return waiversAsked(db, asked)
    .where(statusNow, '=', sql<WaiverStatus>`any('{requested,active}')`)
    .where('waiver.expires_at', '<', before)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(waiver.expires_at, waiver.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::bigint)`,
      ),
    )
    .orderBy('waiver.expires_at')
    .orderBy('waiver.id')
    .execute();
}

function waiversAsked(
  db: Kysely<Database>,
  { products, product, release, check, status, limit }: WaiversAsked,
) {
  return storedWaivers(db, products)
    .$if(product !== null, (query) => query.where('product.key', '=', product))
    .$if(release !== null, (query) =>
      query.where(
        sql<boolean>`(waiver.release_id = ${release?.id} or waiver.id = any(${release?.ranged}::bigint[]))`,
      ),
    )
    .$if(check !== null, (query) => query.where('regression_check.key', '=', check))
    .$if(status !== null, (query) => query.where(statusNow, '=', status))
    .limit(limit);
}

/** One instant for the whole statement, so that a page agrees with itself. Its end is exclusive. */
const statusNow = sql<WaiverStatus>`case
  when waiver_revocation.waiver_id is not null then 'revoked'
  when waiver.expires_at <= statement_timestamp() then 'expired'
  when waiver_approval.waiver_id is not null then 'active'
  else 'requested' end`;

function storedWaivers(db: Kysely<Database>, products: readonly string[] | null) {
  return db
    .selectFrom('waiver')
    .innerJoin('release', 'release.id', 'waiver.release_id')
    .innerJoin('product', 'product.id', 'release.product_id')
    .innerJoin('regression_check', 'regression_check.id', 'waiver.check_id')
    .leftJoin('waiver_approval', 'waiver_approval.waiver_id', 'waiver.id')
    .leftJoin('waiver_revocation', 'waiver_revocation.waiver_id', 'waiver.id')
    .leftJoinLateral(
      ({ selectFrom }) =>
        selectFrom('incident_check')
          .innerJoin('incident', 'incident.id', 'incident_check.incident_id')
          .select('incident.key')
          .select(sql<Severity>`incident.record ->> 'severity'`.as('severity'))
          .whereRef('incident_check.check_id', '=', 'waiver.check_id')
          .where('incident_check.known_until', 'is', null)
          .where('incident.status', '<>', 'withdrawn')
          // sev1 comes before sev2.
          .orderBy(sql`incident.record ->> 'severity'`)
          .orderBy('incident.key')
          .limit(1)
          .as('risk'),
      (join) => join.onTrue(),
    )
    .$if(products !== null, (query) =>
      query.where('product.key', '=', sql<string>`any(${products})`),
    )
    .select([
      'waiver.id',
      'waiver.release_id',
      'product.key as product',
      'release.version',
      sql<string[]>`product.body -> 'rings'`.as('rings'),
      'regression_check.key as check',
      'waiver.variant',
      'waiver.versions',
      'waiver.reason',
      'waiver.ticket_url',
      'waiver.requested_by',
      'waiver.requested_at',
      'waiver.expires_at',
      statusNow.as('status'),
      'risk.key as risks',
      'risk.severity',
      'waiver_approval.approved_by',
      'waiver_approval.approved_at',
      'waiver_approval.approved_over',
      'waiver_revocation.revoked_by',
      'waiver_revocation.revoked_at',
      'waiver_revocation.reason as revocation_reason',
    ]);
}
