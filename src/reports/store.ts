/** Published incidents in the database. Only the published revision of a record is ever read here. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { PublishedDetail, PublishedIncident } from './projection.ts';
import type { ReportFilter } from './report-filter.ts';

/** Where a list of reports goes on: behind the report that changed then. */
export type ReportPosition = readonly [updatedAt: string, id: number];

export interface ListedIncident extends PublishedIncident {
  id: number;
}

type Head = Omit<PublishedIncident, 'withdrawal'> & {
  withdrawnAt: string | null;
  withdrawalNotice: string | null;
};

/** What a list shows of an incident; `incident` and `published`, its published revision, are in scope. */
const head = sql`
  incident.key, published.record, incident.published_at as "publishedAt",
  incident.public_at as "updatedAt", incident.withdrawn_at as "withdrawnAt",
  incident.withdrawal_notice as "withdrawalNotice",
  ${byKey('product', ['$.affected[*].product', '$.affected[*].conditions.companions[*].product'], {
    value: sql`product.body ->> 'name'`,
  })} as "productNames"`;

const published = sql`
  incident join incident_revision published
    on published.incident_id = incident.id and published.revision = incident.published_revision`;

/** Last changed first. Looks for up to `limit` reports behind `after`. */
export async function listPublished(
  db: Kysely<Database>,
  { product, severity, words }: ReportFilter,
  { after, limit }: { after: ReportPosition | null; limit: number },
): Promise<ListedIncident[]> {
  const conditions = [sql`true`];
  if (after) conditions.push(sql`(incident.public_at, incident.id) < (${after[0]}, ${after[1]})`);
  if (product !== null) {
    const affected = JSON.stringify({ affected: [{ product }] });
    conditions.push(sql`published.record @> ${affected}::jsonb`);
  }
  if (severity !== null) conditions.push(sql`published.record ->> 'severity' = ${severity}`);
  for (const word of words) {
    conditions.push(sql`strpos(lower(concat_ws(' ', incident.key, published.record ->> 'title',
      published.record ->> 'summary')), lower(${word})) > 0`);
  }
  const { rows } = await sql<Head & { id: number }>`
    select incident.id, ${head}
    from ${published}
    where ${sql.join(conditions, sql` and `)}
    order by incident.public_at desc, incident.id desc
    limit ${limit}
  `.execute(db);
  return rows.map((row) => ({ ...incidentOf(row), id: row.id }));
}

/** Active ones first, then the last released. A withdrawn incident holds nothing. */
const publicHolds = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'hold', hold.id::text, 'state', hold.state,
    'product', jsonb_build_object('key', product.key, 'name', product.body -> 'name'),
    'versions', hold.body -> 'versions', 'title', hold.body -> 'title',
    'activatedAt', instant_text(hold.activated_at), 'releasedAt', instant_text(hold.released_at),
    'releaseWhen', hold.body -> 'releaseWhen' -> 'inWords'
    ) order by hold.released_at desc nulls first, hold.id), '[]')
  from hold join product on product.id = hold.product_id
  where hold.incident_id = incident.id and incident.status <> 'withdrawn'
    and hold.activated_at is not null and hold_is_public(hold.body, published.record)
)`;

/** Null where there is no incident of that key, or none that was ever published. */
export async function findPublished(
  db: Kysely<Database>,
  key: string,
): Promise<PublishedDetail | null> {
  const { rows } = await sql<
    Head &
      Pick<PublishedDetail, 'corrections' | 'drivers' | 'checksInForce' | 'standsUntil' | 'holds'>
  >`
    select ${head},
      (
        select coalesce(jsonb_agg(
          jsonb_build_object('number', number, 'at', instant_text(at), 'reason', reason) order by number
        ), '[]')
        from incident_correction
        where incident_id = incident.id and revision <= incident.published_revision
      ) as corrections,
      ${byKey('driver', ['$.drivers[*].driver'], {
        value: sql`jsonb_build_object('name', driver.body ->> 'name', 'vendor', driver.body ->> 'vendor',
          'identity', driver.body -> 'identity')`,
      })} as drivers,
      ${byKey('regression_check', checksNamed, {
        value: sql`jsonb_build_object(
          'title', regression_check.body ->> 'title',
          'purpose', regression_check.body ->> 'purpose',
          'enforcement', regression_check.body ->> 'enforcement',
          'proof', coalesce((
            select proof from check_proof
            where check_proof.incident_id = incident.id and check_proof.check_id = regression_check.id
              and check_proof.known_until is null
          ), 'unproven'))`,
        only: sql`
          coalesce((regression_check.body ->> 'effectiveFrom')::timestamptz <= statement_timestamp(), true)
          and coalesce((regression_check.body ->> 'retiredAt')::timestamptz > statement_timestamp(), true)`,
      })} as "checksInForce",
      (
        select min(at)
        from regression_check
          cross join lateral (values (body ->> 'effectiveFrom'), (body ->> 'retiredAt')) as moment (said)
          cross join lateral (select said::timestamptz as at) as change
        where ${isNamed(checksNamed)} and at > statement_timestamp()
      ) as "standsUntil",
      ${publicHolds} as holds
    from ${published}
    where incident.key = ${key}
  `.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { corrections, drivers, checksInForce, standsUntil, holds } = row;
  return { ...incidentOf(row), corrections, drivers, checksInForce, standsUntil, holds };
}

/** The products that published reports concern, by name. */
export async function listReportedProducts(
  db: Kysely<Database>,
): Promise<{ key: string; name: string }[]> {
  const { rows } = await sql<{ key: string; name: string }>`
    select key, body ->> 'name' as name
    from product
    where key in (
      select jsonb_array_elements(published.record -> 'affected') ->> 'product' from ${published}
    )
    order by lower(body ->> 'name') collate "C", key
  `.execute(db);
  return rows;
}

/** An object with a value for each row of `table` whose key stands at one of `paths` of the published record. */
function byKey(
  table: 'product' | 'driver' | 'regression_check',
  paths: readonly string[],
  { value, only = sql`true` }: { value: RawBuilder<unknown>; only?: RawBuilder<unknown> },
): RawBuilder<unknown> {
  return sql`(
    select coalesce(jsonb_object_agg(key, ${value}), '{}')
    from ${sql.table(table)}
    where ${isNamed(paths)} and ${only}
  )`;
}

const checksNamed = ['$.checks[*].check'];

/** Whether `key` stands at one of `paths` of the published record. */
function isNamed(paths: readonly string[]): RawBuilder<boolean> {
  const keys = paths.map(
    (path) => sql`texts_of(jsonb_path_query_array(published.record, ${sql.lit(path)}))`,
  );
  return sql`key = any(${sql.join(keys, sql` || `)})`;
}

function incidentOf({
  key,
  record,
  publishedAt,
  updatedAt,
  withdrawnAt,
  withdrawalNotice,
  productNames,
}: Head): PublishedIncident {
  const withdrawal =
    withdrawnAt === null ? null : { at: withdrawnAt, notice: withdrawalNotice ?? '' };
  return { key, record, publishedAt, updatedAt, withdrawal, productNames };
}
