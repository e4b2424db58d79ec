/** Holds in the database: reading them, as far as somebody may know of them. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import type { HoldState, StoredHold } from './hold.ts';

/** Who looks: keys of the products that they are bound to, null for all; empty for who has no token. */
export type Reach = readonly string[] | null;

export interface HoldsAsked {
  /** Null where nothing is asked. */
  product: string | null;
  state: HoldState | null;
  incident: string | null;
}

const isPublic = sql`(
  incident.status <> 'withdrawn' and hold.activated_at is not null
  and hold_is_public(hold.body, published.record))`;

const joined = sql`
  hold
    join product on product.id = hold.product_id
    join incident on incident.id = hold.incident_id
    left join incident_revision as published
      on published.incident_id = incident.id and published.revision = incident.published_revision`;

const involved = (record: RawBuilder<unknown>) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'driver', involved -> 'driver', 'versions', involved -> 'versions', 'versionOf', involved -> 'versionOf',
    'visibility', involved -> 'visibility') order by place), '[]')
  from jsonb_array_elements(${record} -> 'drivers') with ordinality as listed (involved, place))`;

const history = sql`(
  select jsonb_agg(jsonb_build_object(
    'revision', revision, 'at', instant_text(known_from), 'change', change, 'by', written_by, 'reason', reason,
    'pastConditionReason', past_condition_reason, 'condition', condition) order by revision)
  from hold_revision where hold_revision.hold_id = hold.id)`;

/** One instant for the whole statement, so that an answer agrees with itself. */
const overrides = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', override.id::text, 'versions', override.versions, 'rings', override.rings, 'reason', override.reason,
    'setBy', override.set_by, 'setAt', instant_text(override.set_at),
    'expiresAt', instant_text(override.expires_at),
    'status', case
      when revocation.override_id is not null then 'revoked'
      when override.expires_at <= statement_timestamp() then 'expired'
      else 'active' end,
    'revocation', case when revocation.override_id is not null then jsonb_build_object(
      'by', revocation.revoked_by, 'at', instant_text(revocation.revoked_at), 'reason', revocation.reason) end
    ) order by override.id desc), '[]')
  from hold_override as override
    left join hold_override_revocation as revocation on revocation.override_id = override.id
  where override.hold_id = hold.id)`;

const harms = (record: RawBuilder<unknown>) =>
  sql`jsonb_build_array(${record} -> 'affected', ${record} -> 'drivers')`;

/**
 * Held against the record when somebody last said what the hold says: to activate it changes nothing of that. Holds and
 * incidents take their instants from the same clock, which no two changes share.
 */
const incidentChanged = sql`(
  select ${harms(sql`earlier.record`)} <> ${harms(sql`incident.record`)}
  from incident_revision as earlier
  where earlier.incident_id = incident.id
    and earlier.known_from < (
      select max(said.known_from) from hold_revision as said
      where said.hold_id = hold.id and said.change in ('proposed', 'edited'))
  order by earlier.revision desc
  limit 1)`;

/** As `StoredHold` has it; its lists are in the contract's words. */
const columns = sql`
  hold.id, product.id as "productId", product.key as product,
  product.body ->> 'versionScheme' as "versionScheme", product.body -> 'rings' as rings,
  incident.id as "incidentId", incident.key as incident,
  least(incident.record ->> 'severity', published.record ->> 'severity') as severity,
  published.record ->> 'severity' as "publicSeverity",
  ${involved(sql`incident.record`)} as drivers, ${involved(sql`published.record`)} as "publicDrivers",
  (
    select coalesce(jsonb_agg(link -> 'check'), '[]')
    from jsonb_array_elements(published.record -> 'checks') as link
    where link ->> 'visibility' = 'public'
  ) as "publicChecks",
  incident.status = 'withdrawn' as withdrawn, ${isPublic} as "isPublic", hold.state, hold.revision, hold.body,
  hold.created_at as "createdAt", hold.updated_at as "updatedAt",
  hold.activated_at as "activatedAt", hold.released_at as "releasedAt",
  ${incidentChanged} as "incidentChanged", ${history} as history, ${overrides} as overrides`;

function within(reach: Reach) {
  return sql`(${reach}::text[] is null or product.key = any(${reach}::text[]) or ${isPublic})`;
}

/** Null where there is none that they may know of. */
export async function findHold(
  db: Kysely<Database>,
  id: number | string,
  reach: Reach,
): Promise<StoredHold | null> {
  const { rows } = await sql<StoredHold>`
    select ${columns} from ${joined} where hold.id = ${id}::bigint and ${within(reach)}
  `.execute(db);
  return rows[0] ?? null;
}

/** By id, from behind `after`. */
export async function listHoldRows(
  db: Kysely<Database>,
  { product, state, incident }: HoldsAsked,
  { after, limit }: { after: number | null; limit: number },
  reach: Reach,
): Promise<StoredHold[]> {
  const { rows } = await sql<StoredHold>`
    select ${columns}
    from ${joined}
    where ${within(reach)}
      and (${product}::text is null or product.key = ${product})
      and (${state}::text is null or hold.state = ${state})
      and (${incident}::text is null or incident.key = ${incident})
      and (${after}::bigint is null or hold.id > ${after})
    order by hold.id
    limit ${limit}
  `.execute(db);
  return rows;
}

/**
 * The hold, which nobody else changes until the transaction ends. Locked by a statement of its own: one that had to wait
 * would see the row as it is now, and its revisions as they were before.
 */
export async function lockHold(
  db: Change,
  id: number | string,
  reach: Reach,
): Promise<StoredHold | null> {
  await db
    .selectFrom('hold')
    .select('id')
    .where('id', '=', sql<number>`${id}::bigint`)
    .forNoKeyUpdate()
    .execute();
  return findHold(db, id, reach);
}

/** Of an incident, those that were not released, each with what it said when it was proposed. */
export async function standingHolds(
  db: Kysely<Database>,
  incidentId: number,
): Promise<{ id: number; product: string; proposed: unknown; body: unknown }[]> {
  return db
    .selectFrom('hold')
    .innerJoin('product', 'product.id', 'hold.product_id')
    .innerJoin('hold_revision as first', (join) =>
      join.onRef('first.hold_id', '=', 'hold.id').on('first.revision', '=', 1),
    )
    .select(['hold.id', 'product.key as product', 'first.body as proposed', 'hold.body'])
    .where('hold.incident_id', '=', incidentId)
    .where('hold.state', '<>', 'released')
    .orderBy('hold.id')
    .execute();
}
