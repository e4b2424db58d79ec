/** What the gate needs of a record, drawn out into rows: the ranges that it affects, and the checks that it names. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Change } from '../db/write.ts';
import { parseRange, type Range, spansOf } from '../versions/index.ts';
import type { IncidentRecord } from './record.ts';

/** Known from `at` on. */
export async function insertBindings(
  db: Change,
  incidentId: number,
  at: string,
  record: IncidentRecord,
): Promise<void> {
  await insertAffected(db, incidentId, at, record);
  await insertChecks(db, incidentId, at, record);
}

/** Where one of the two parts differs, its rows end at `at` and new ones begin. */
export async function reviseBindings(
  db: Change,
  incidentId: number,
  at: string,
  { before, after }: { before: IncidentRecord; after: IncidentRecord },
): Promise<void> {
  if (!isDeepStrictEqual(rangesOf(before), rangesOf(after))) {
    await endRows(db, 'incident_affected', incidentId, at);
    await insertAffected(db, incidentId, at, after);
  }
  if (!isDeepStrictEqual(linksOf(before), linksOf(after))) {
    await endRows(db, 'incident_check', incidentId, at);
    await insertChecks(db, incidentId, at, after);
  }
}

function rangesOf({ affected }: IncidentRecord) {
  return affected.flatMap(({ product, versions }) =>
    versions === null ? [] : [{ product, versions }],
  );
}

function linksOf({ checks }: IncidentRecord) {
  return checks.map(({ check, why }) => ({ check, why }));
}

/** One range may be affected under several conditions: it is one row for each interval. */
async function insertAffected(
  db: Change,
  incidentId: number,
  at: string,
  record: IncidentRecord,
): Promise<void> {
  const spans = rangesOf(record).flatMap(({ product, versions }) =>
    spansOf(readRange(versions), product).map((span) => ({ product, versions, ...span })),
  );
  await sql`
    insert into incident_affected (incident_id, product, versions, span, known_from)
    select distinct ${incidentId}::bigint, product, versions, text_span("from", "to", '[]'), ${at}::timestamptz
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

async function insertChecks(
  db: Change,
  incidentId: number,
  at: string,
  record: IncidentRecord,
): Promise<void> {
  await sql`
    insert into incident_check (incident_id, check_id, why, known_from)
    select ${incidentId}::bigint, regression_check.id, listed.why, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(linksOf(record))}::jsonb)
        as listed ("check" text, why text)
      join regression_check on regression_check.key = listed."check"
  `.execute(db);
}

async function endRows(
  db: Change,
  table: 'incident_affected' | 'incident_check',
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
