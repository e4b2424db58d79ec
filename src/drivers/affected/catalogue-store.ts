/** What is recorded of incidents and drivers, as far as one caller may know it, in the database. */
import { type Kysely, sql } from 'kysely';
import { queryNamed } from '../../db/prepared-statement.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { CatalogueDriver, CatalogueIncident, UnaffectedEvidence } from '../matching/index.ts';

/** Who looks at it: `anyone` reads what is published; a token what its products let it read. Null: all of them. */
export type View = { kind: 'anyone' } | { kind: 'token'; products: readonly string[] | null };

/** An incident with its drivers of every visibility. */
export interface IncidentRow extends Omit<CatalogueIncident, 'drivers'> {
  drivers: {
    driver: string;
    versions: string | null;
    versionOf: CatalogueIncident['drivers'][number]['versionOf'];
    visibility: 'public' | 'internal' | 'on_match';
    /** Each with the id of its source within the record. */
    foundUnaffected: UnaffectedEvidence[];
  }[];
  /** Of the record; what nobody outside may name among them. */
  sources: { id: string; title: string; publisher: string }[];
  /** Of the record that its report is made from; null where there is none. */
  publishedRevision: number | null;
  /** Whether the caller reads the record itself, and not only its report. */
  inside: boolean;
}

export interface DriverRow extends CatalogueDriver {
  changedAt: string;
}

export interface RecordedRows {
  incidents: IncidentRow[];
  drivers: DriverRow[];
}

/** Changes of both hold the catalogue until they are committed, so nothing is committed behind a stamp that was read. */
const stamp = `select concat_ws(' ',
  (select max(updated_at) from incident), (select max(updated_at) from driver)) as stamp`;

/** Moves with every change of an incident or a driver. */
export async function loadStamp(db: Kysely<Database>): Promise<string> {
  const [row] = await queryNamed<{ stamp: string }>(db, {
    name: 'catalogue_stamp',
    text: stamp,
    values: [],
  });
  return row?.stamp ?? '';
}

/** `RecordedRows` as JSON, by one statement, so that all of it is of one moment. */
export async function loadRecorded(db: Kysely<Database>, view: View): Promise<string> {
  const { rows } = await sql<{ recorded: string }>`
    with known as (
      select incident.key, incident.published_revision, inside,
        case when inside then incident.record else published.record end as record
      from incident
        left join incident_revision published
          on published.incident_id = incident.id and published.revision = incident.published_revision
        cross join lateral (select ${insideOf(view)} as inside) as reach
      where incident.status <> 'withdrawn' and (inside or incident.published_revision is not null)
    )
    select json_build_object(
      'incidents', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'key', key, 'publishedRevision', published_revision, 'inside', inside,
          'title', record -> 'title', 'whatToDo', record -> 'whatToDo',
          'affected', record -> 'affected', 'drivers', record -> 'drivers', 'sources', record -> 'sources'
        ) order by key), '[]')
        from known
      ),
      'drivers', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'key', key, 'name', body -> 'name', 'vendor', body -> 'vendor',
          'platform', body -> 'platform', 'identity', body -> 'identity', 'changedAt', instant_text(updated_at)
        ) order by key), '[]')
        from driver
      )
    )::text as recorded
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('A select without a table gave no row.');
  return row.recorded;
}

export interface NamedProduct {
  key: string;
  name: string;
  versionScheme: string;
  platforms: string[];
}

/** By name. */
export async function productNames(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<NamedProduct[]> {
  const { rows } = await sql<NamedProduct>`
    select key, body ->> 'name' as name, body ->> 'versionScheme' as "versionScheme",
      coalesce(body -> 'platforms', '[]') as platforms
    from product
    where key = any(${keys})
    order by lower(body ->> 'name') collate "C", key
  `.execute(db);
  return rows;
}

/** As `mayRead` of incidents has it. */
function insideOf(view: View) {
  if (view.kind === 'anyone') return sql`false`;
  if (view.products === null) return sql`true`;
  return sql`(
    incident.record -> 'affected' = '[]'
    or texts_of(jsonb_path_query_array(incident.record, '$.affected[*].product')) && ${view.products}::text[]
  )`;
}
