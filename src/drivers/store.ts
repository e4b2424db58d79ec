/** Drivers in the database: finding them, and the incidents and checks around each. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { StoredDocument } from '../documents/store.ts';
import type { DriverBody, Surroundings } from './driver.ts';

/** Keys of the products that the caller may know of; null for all. */
type Reachable = readonly string[] | null;

export interface DriverSearch {
  q?: string;
  access?: DriverBody['access'];
  unguarded?: boolean;
}

/** By key, from behind `after`. */
export async function findDrivers(
  db: Kysely<Database>,
  { q, access, unguarded }: DriverSearch,
  { after, limit }: { after: string | null; limit: number },
  reachable: Reachable,
): Promise<StoredDocument<DriverBody>[]> {
  const conditions = [
    sql`${after}::text is null or driver.key > ${after}`,
    sql`${access ?? null}::text is null or driver.body ->> 'access' = ${access ?? null}`,
    unguarded === undefined ? sql`true` : sql`${isUnguarded(reachable)} = ${unguarded}`,
    q === undefined ? sql`true` : isCalled(q.toLowerCase()),
  ].map((condition) => sql`(${condition})`);
  const { rows } = await sql<StoredDocument<DriverBody>>`
    select driver.id, driver.key, driver.revision, driver.body, driver.created_at as "createdAt",
      driver.updated_at as "updatedAt"
    from driver
    where ${sql.join(conditions, sql` and `)}
    order by driver.key
    limit ${limit}
  `.execute(db);
  return rows;
}

function isUnguarded(reachable: Reachable): RawBuilder<boolean> {
  return sql`exists (
    select from unguarded_driver as unguarded join incident on incident.id = unguarded.incident_id
      join ${readableState(reachable)}
    where unguarded.driver_id = driver.id
  )`;
}

/** Whether one of its names holds the text, or is a pattern that the text fits. */
function isCalled(text: string): RawBuilder<boolean> {
  const escaped = sql`replace(replace(replace(lower(name), '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;
  return sql`exists (
    select from unnest(
      array[driver.key, driver.body ->> 'name', driver.body ->> 'vendor']
      || texts_of(driver.body -> 'aliases')
      || texts_of(jsonb_path_query_array(driver.body -> 'identity', ${namedPath}))
    ) as name
    where strpos(lower(name), ${text}) > 0 or ${text} like replace(${escaped}, '*', '%')
  )`;
}

/** The lists that hold names that people know. */
const namedPath = sql.lit(
  '$.keyvalue() ? (@.key == "fileNames" || @.key == "originalFileNames" || @.key == "serviceNames" || @.key == "originalInfs" || @.key == "moduleNames" || @.key == "bundleIds").value[*]',
);

/** The incident as it stands, where the caller may read it. */
function readableState(reachable: Reachable) {
  return sql`incident_revision as state
    on state.incident_id = incident.id and state.known_until is null and incident.status <> 'withdrawn'
    and (${reachable}::text[] is null or state.products = '{}' or state.products && ${reachable}::text[])`;
}

/** Checks are shown where they may apply to one of the caller's products, incidents where they affect one. */
export async function withSurroundings(
  db: Kysely<Database>,
  drivers: readonly StoredDocument<DriverBody>[],
  reachable: Reachable,
): Promise<(StoredDocument<DriverBody> & Surroundings)[]> {
  const ids = drivers.map(({ id }) => id);
  const incidents = await incidentsAround(db, ids, reachable);
  const checks = await checksAround(db, ids, reachable);
  return drivers.map((driver) => ({
    ...driver,
    incidents: incidents.filter(({ driverId }) => driverId === driver.id).map(({ shown }) => shown),
    checks: checks.filter(({ driverId }) => driverId === driver.id).map(({ shown }) => shown),
  }));
}

interface Around<Shown> {
  driverId: number;
  shown: Shown;
}

async function incidentsAround(
  db: Kysely<Database>,
  ids: readonly number[],
  reachable: Reachable,
): Promise<Around<Surroundings['incidents'][number]>[]> {
  const partsOf = (record: RawBuilder<unknown>) => sql`nullif(jsonb_path_query_array(
    ${record} -> 'drivers', '$[*] ? (@.driver == $key)', jsonb_build_object('key', driver.key)), '[]')`;
  const { rows } = await sql<Around<Surroundings['incidents'][number]>>`
    select "driverId", shown
    from (
      select driver.id as "driverId", state.severity, incident.key,
        row_number() over (partition by driver.id order by state.severity, incident.key) as place,
        jsonb_build_object(
          'incident', incident.key, 'title', state.title, 'severity', state.severity, 'status', incident.status,
          'parts', coalesce(${partsOf(sql`incident.record`)}, ${partsOf(sql`published.record`)}, '[]'),
          'guarded', case when incident.status in ('approved', 'published') or published.record is not null
            then not exists (
              select from unguarded_driver as unguarded
              where unguarded.incident_id = incident.id and unguarded.driver_id = driver.id
            ) end
        ) as shown
      from (
          select distinct driver_id, incident_id from incident_driver
          where driver_id = any(${ids}) and known_until is null
        ) as named
        join driver on driver.id = named.driver_id
        join incident on incident.id = named.incident_id
        join ${readableState(reachable)}
        left join incident_revision as published
          on published.incident_id = incident.id and published.revision = incident.published_revision
    ) as around
    where place <= ${shownMax}
    order by "driverId", severity, key
  `.execute(db);
  return rows;
}

const shownMax = 100;

async function checksAround(
  db: Kysely<Database>,
  ids: readonly number[],
  reachable: Reachable,
): Promise<Around<Surroundings['checks'][number]>[]> {
  const { rows } = await sql<Around<Surroundings['checks'][number]>>`
    with guarding as (
      select named.driver_id, link.check_id, incident.key as incident
      from incident_driver as named
        join incident on incident.id = named.incident_id
        join ${readableState(reachable)}
        join incident_check as link on link.incident_id = incident.id and link.known_until is null
        join regression_check as checked on checked.id = link.check_id
      where named.driver_id = any(${ids}) and named.known_until is null and covers_driver(checked.body, named.variant)
    ),
    asking as (
      select driver_id, check_id from guarding
      union
      select driver.id, named.check_id
      from (
          select id as check_id, unnest(texts_of(body -> 'variantsFrom' -> 'drivers')) as key
          from regression_check
          union all
          select id, jsonb_array_elements(body -> 'variants') ->> 'driver' from regression_check
        ) as named
        join driver on driver.key = named.key
      where driver.id = any(${ids})
    )
    select "driverId", shown
    from (
      select asking.driver_id as "driverId", checked.key,
        row_number() over (partition by asking.driver_id order by checked.key) as place,
        jsonb_build_object(
          'check', checked.key, 'title', checked.body -> 'title', 'kind', checked.body -> 'kind',
          'enforcement', checked.body -> 'enforcement', 'minimum', checked.body -> 'minimum',
          'incidents', array(
            select distinct guarding.incident from guarding
            where guarding.driver_id = asking.driver_id and guarding.check_id = asking.check_id
            order by guarding.incident
          )
        ) as shown
      from asking
        join regression_check as checked on checked.id = asking.check_id
          and coalesce((checked.body ->> 'retiredAt')::timestamptz > clock_timestamp(), true)
        join regression_check_revision as revision
          on revision.owner_id = checked.id and revision.revision = checked.revision
      where ${reachable}::text[] is null or revision.products is null or revision.products && ${reachable}::text[]
    ) as around
    where place <= ${shownMax}
    order by "driverId", key
  `.execute(db);
  return rows;
}
