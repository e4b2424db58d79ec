/** What binds the gate, in rows: the ranges that an incident affects, and the checks and drivers that it names. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Change } from '../db/write.ts';
import { parseRange, type Range, spansOf } from '../versions/index.ts';
import type { Bindings } from './bindings.ts';

/** Known from `at` on. */
export async function insertBindings(
  db: Change,
  incidentId: number,
  at: string,
  { ranges, links, drivers }: Bindings,
): Promise<void> {
  await insertRanges(db, incidentId, at, ranges);
  await insertLinks(db, incidentId, at, links);
  await insertDrivers(db, incidentId, at, drivers);
}

/** Where one of the parts differs, its rows end at `at` and new ones begin. */
export async function reviseBindings(
  db: Change,
  incidentId: number,
  at: string,
  { before, after }: { before: Bindings; after: Bindings },
): Promise<void> {
  if (!isDeepStrictEqual(before.ranges, after.ranges)) {
    await endRows(db, 'incident_affected', incidentId, at);
    await insertRanges(db, incidentId, at, after.ranges);
  }
  if (!isDeepStrictEqual(before.links, after.links)) {
    await endRows(db, 'incident_check', incidentId, at);
    await insertLinks(db, incidentId, at, after.links);
  }
  if (!isDeepStrictEqual(before.drivers, after.drivers)) {
    await endRows(db, 'incident_driver', incidentId, at);
    await insertDrivers(db, incidentId, at, after.drivers);
  }
}

/** A row for each interval of a range. */
async function insertRanges(
  db: Change,
  incidentId: number,
  at: string,
  ranges: Bindings['ranges'],
): Promise<void> {
  const spans = ranges.flatMap(({ product, versions }) =>
    spansOf(readRange(versions), product).map((span) => ({ product, versions, ...span })),
  );
  await sql`
    insert into incident_affected (incident_id, product, versions, span, known_from)
    select ${incidentId}::bigint, product, versions, text_span("from", "to", '[]'), ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
      as listed (product text, versions text, "from" text, "to" text)
  `.execute(db);
}

/** Ranges are checked before the record is stored. */
function readRange(versions: string): Range {
  const parsed = parseRange(versions);
  if (!parsed.ok) throw new Error(`An unreadable range in a checked record: ${versions}`);
  return parsed.range;
}

async function insertLinks(
  db: Change,
  incidentId: number,
  at: string,
  links: Bindings['links'],
): Promise<void> {
  await sql`
    insert into incident_check (incident_id, check_id, why, known_from)
    select ${incidentId}::bigint, regression_check.id, listed.why, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
        as listed ("check" text, why text)
      join regression_check on regression_check.key = listed."check"
  `.execute(db);
}

/** A row for each variant that a check would be asked for, once where ranges overlap. */
async function insertDrivers(
  db: Change,
  incidentId: number,
  at: string,
  drivers: Bindings['drivers'],
): Promise<void> {
  await sql`
    insert into incident_driver (incident_id, driver_id, variant, known_from)
    select distinct ${incidentId}::bigint, driver.id, variant, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(drivers)}::jsonb)
        as listed (driver text, versions text, "versionOf" text)
      join driver on driver.key = listed.driver
      cross join lateral driver_variants(driver.key, listed."versionOf", listed.versions) as variant
  `.execute(db);
}

async function endRows(
  db: Change,
  table: 'incident_affected' | 'incident_check' | 'incident_driver',
  incidentId: number,
  at: string,
): Promise<void> {
  await db
    .updateTable(table)
    .set({ known_until: at })
    .where('incident_id', '=', incidentId)
    .where('known_until', 'is', null)
    .execute();
}
