/** Lists of incidents, of their revisions and of their actions, in the database. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import type { Database } from '../db/rows.gen.ts';
import type { IncidentRecord, IncidentStatus } from './record.ts';
import { recordOf } from './store.ts';

type Schemas = components['schemas'];

/** Null and empty where nothing is asked. */
export interface IncidentFilter {
  status: IncidentStatus | null;
  severity: Schemas['Severity'] | null;
  /** Key of a product that it affects. */
  product: string | null;
  /** Key of a check that binds for it: one that it names, or that customers read there while it is corrected. */
  check: string | null;
  /** All of them occur in its key, title or summary, whatever the case. */
  words: readonly string[];
}

/** A part of a list: at most `limit`, from behind `after`. */
export interface Range<Position> {
  after: Position | null;
  limit: number;
}

export interface IncidentRow extends Omit<Schemas['IncidentSummary'], 'products'> {
  id: number;
  /** As often as the record names them. */
  products: string[];
}

/** Last changed first. `reachable` are the products that the reader may know of; null for all. */
export async function listIncidents(
  db: Kysely<Database>,
  filter: IncidentFilter,
  { after, limit }: Range<{ updatedAt: string; id: number }>,
  reachable: readonly string[] | null,
): Promise<IncidentRow[]> {
  const { status, severity, product, check, words } = filter;
  const { rows } = await sql<IncidentRow>`
    select incident.id, incident.key, incident.status, incident.revision,
      incident.created_at as "createdAt", incident.updated_at as "updatedAt",
      incident.published_at as "publishedAt",
      state.title, state.record ->> 'occurrence' as occurrence, state.record ->> 'stage' as stage,
      state.severity, state.record ->> 'reach' as reach, state.products
    from ${incidentAsItStands}
    where ${allOf([
      status !== null && sql`incident.status = ${status}`,
      severity !== null && sql`state.severity = ${severity}`,
      product !== null && affectsOneOf([product]),
      check !== null && names(check),
      words.length > 0 && speaksOf(words),
      reachable !== null && concerns(reachable),
      after !== null &&
        sql`(incident.updated_at, incident.id) < (${after.updatedAt}::timestamptz, ${after.id})`,
    ])}
    order by incident.updated_at desc, incident.id desc
    limit ${limit}
  `.execute(db);
  return rows;
}

/** With its last revision, of which some can be read and found without opening the record. */
const incidentAsItStands = sql`
  incident join incident_revision as state
    on state.incident_id = incident.id and state.known_until is null`;

/** What is false plays no part. */
function allOf(conditions: readonly (RawBuilder<unknown> | false)[]): RawBuilder<unknown> {
  const asked = conditions.filter((condition) => condition !== false);
  return sql.join([sql`true`, ...asked], sql` and `);
}

function affectsOneOf(products: readonly string[]) {
  return sql`state.products && ${products}::text[]`;
}

/** As `mayRead` has it. */
function concerns(reachable: readonly string[]) {
  return sql`(state.products = '{}' or ${affectsOneOf(reachable)})`;
}

function names(check: string) {
  return sql`exists (
    select from incident_check as link
      join regression_check on regression_check.id = link.check_id
    where link.incident_id = incident.id and link.known_until is null
      and regression_check.key = ${check}
  )`;
}

function speaksOf(words: readonly string[]) {
  return sql`not exists (
    select from unnest(${words}::text[]) as word
    where strpos(
      lower(concat_ws(E'\n', incident.key, state.title, state.record ->> 'summary')), lower(word)
    ) = 0
  )`;
}

export interface RevisionRow {
  revision: number;
  at: string;
  by: string;
  status: IncidentStatus;
  note: string | null;
  record: IncidentRecord;
}

/** Newest first; `after` is a revision. */
export async function listRevisions(
  db: Kysely<Database>,
  { id }: { id: number },
  { after, limit }: Range<number>,
): Promise<RevisionRow[]> {
  const rows = await db
    .selectFrom('incident_revision')
    .select(['revision', 'known_from', 'written_by', 'status', 'note', 'record'])
    .where('incident_id', '=', id)
    // A made-up cursor may hold a number that no column holds.
    .$if(after !== null, (query) => query.where('revision', '<', sql<number>`${after}::bigint`))
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ revision, known_from: at, written_by: by, status, note, record }) => ({
    revision,
    at,
    by,
    status: status as IncidentStatus,
    note,
    record: recordOf(record),
  }));
}

export interface ActionFilter {
  status: Schemas['ActionStatus'] | null;
  kind: Schemas['ActionKind'] | null;
  owner: string | null;
}

export interface ActionRow {
  incidentId: number;
  /** Counts from 1 within the record. */
  place: number;
  incident: string;
  incidentTitle: string;
  severity: Schemas['Severity'];
  action: Schemas['Action'];
}

/** By incident, the newest first, then as the record has them. */
export async function listActions(
  db: Kysely<Database>,
  { status, kind, owner }: ActionFilter,
  { after, limit }: Range<{ incidentId: number; place: number }>,
  reachable: readonly string[] | null,
): Promise<ActionRow[]> {
  const { rows } = await sql<ActionRow>`
    select incident.id as "incidentId", place, incident.key as incident,
      state.title as "incidentTitle", state.severity, action
    from ${incidentAsItStands}
      cross join jsonb_array_elements(state.record -> 'actions')
        with ordinality as listed (action, place)
    where ${allOf([
      status !== null && sql`action ->> 'status' = ${status}`,
      kind !== null && sql`action ->> 'kind' = ${kind}`,
      owner !== null && sql`action ->> 'owner' = ${owner}`,
      reachable !== null && concerns(reachable),
      after !== null && isBehind(after),
    ])}
    order by incident.id desc, place
    limit ${limit}
  `.execute(db);
  return rows;
}

function isBehind({ incidentId, place }: { incidentId: number; place: number }) {
  return sql`(incident.id < ${incidentId} or (incident.id = ${incidentId} and place > ${place}))`;
}
