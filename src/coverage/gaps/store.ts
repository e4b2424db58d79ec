/** Finds gaps in the database: a query for each kind, and one way to page through them all. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { FoundGap, Gap } from './gap.ts';

/** Keys of the products that the caller may know of; null for all. */
type Reachable = readonly string[] | null;

/** Where a list of gaps goes on: behind the one of this weight. */
export type GapPosition = readonly [weight: string, id: number, place: number];

export interface ListedGap extends FoundGap {
  /** Its severity, or what sorts behind every severity. */
  weight: string;
  id: number;
  /** Of a cause or a driver within its record, else 0. */
  place: number;
}

/** The gravest first, then the oldest. */
export async function listGaps(
  db: Kysely<Database>,
  gap: Gap,
  { after, limit }: { after: GapPosition | null; limit: number },
  reachable: Reachable,
): Promise<ListedGap[]> {
  const [weight, id, place] = after ?? [null, null, null];
  const { rows } = await sql<ListedGap>`
    select weight, id, place, nullif(weight, ${unweighted}) as severity, incident, "check", cause, title, since,
      insufficient, releases, ${gap === 'drivers_without_guard' ? sql`driver` : sql`null::jsonb`} as driver
    from (${gapsOf(gap, reachable)}) as gap
    where ${weight}::text is null or (weight, id, place) > (${weight}::text, ${id}::bigint, ${place}::bigint)
    order by weight, id, place
    limit ${limit}
  `.execute(db);
  return rows;
}

export async function countGaps(
  db: Kysely<Database>,
  gap: Gap,
  reachable: Reachable,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${gapsOf(gap, reachable)}) as gap
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Sorts behind `sev4`. */
const unweighted = sql.lit('unweighted');

function gapsOf(gap: Gap, reachable: Reachable): RawBuilder<unknown> {
  switch (gap) {
    case 'incidents_without_check':
      return incidentsWithoutCheck(reachable);
    case 'checks_never_run':
      return checks(reachable, sql`not ${hasResult(['passed', 'failed', 'errored'])}`);
    case 'checks_never_red':
      return checks(
        reachable,
        sql`${hasResult(['passed', 'errored'])} and not ${hasResult(['failed'])}`,
      );
    case 'checks_always_waived':
      return checksAlwaysWaived(reachable);
    case 'root_causes_without_enforced_action':
      return rootCausesWithoutEnforcedAction(reachable);
    case 'drivers_without_guard':
      return driversWithoutGuard(reachable);
  }
}

const isInForce = sql`coalesce((checked.body ->> 'retiredAt')::timestamptz > clock_timestamp(), true)`;

const standingIncidents = (reachable: Reachable) => sql`
  incident join incident_revision as state
    on state.incident_id = incident.id and state.known_until is null and incident.status <> 'withdrawn'
    and (${reachable}::text[] is null or state.products = '{}' or state.products && ${reachable}::text[])`;

const namedChecks = sql`
  incident_check as link join regression_check as checked on checked.id = link.check_id
  where link.incident_id = incident.id and link.known_until is null`;

function incidentsWithoutCheck(reachable: Reachable) {
  return sql`
    select state.severity as weight, incident.id, 0 as place, incident.key as incident, null::text as "check",
      null::text as cause, state.title, incident.created_at as since,
      array(select checked.key from ${namedChecks} order by checked.key) as insufficient, null::int as releases
    from ${standingIncidents(reachable)}
    where not exists (select from ${namedChecks} and ${isInForce})`;
}

/** Checks in force of which this holds; `checked` is in scope. */
function checks(
  reachable: Reachable,
  condition: RawBuilder<unknown>,
  { since = sql`checked.created_at`, releases = sql`null::int`, beside = sql`` } = {},
) {
  return sql`
    select coalesce((
        select min(state.severity) from incident_check as link join ${standingIncidents(null)}
          on incident.id = link.incident_id
        where link.check_id = checked.id and link.known_until is null
      ), ${unweighted}) as weight, checked.id, 0 as place, null::text as incident, checked.key as "check",
      null::text as cause, checked.body ->> 'title' as title, ${since} as since, '{}'::text[] as insufficient,
      ${releases} as releases
    from regression_check as checked
      join regression_check_revision as revision
        on revision.owner_id = checked.id and revision.revision = checked.revision
      ${beside}
    where ${isInForce} and ${condition} and (
      ${reachable}::text[] is null or revision.products is null or revision.products && ${reachable}::text[])`;
}

function hasResult(outcomes: readonly string[]) {
  return sql`exists (
    select from result where result.check_id = checked.id and result.outcome = any(${sql.lit(`{${outcomes}}`)}))`;
}

/** Releases that the check was granted a waiver for which nobody took back. */
const granted = sql`
  waiver join waiver_approval on waiver_approval.waiver_id = waiver.id
  where waiver.check_id = checked.id
    and not exists (select from waiver_revocation where waiver_revocation.waiver_id = waiver.id)`;

/** The newest release that it passed on without one; ids rise as releases are registered. */
const lastPassed = sql`(
  select max(shown.release_id) from check_evidence as shown
  where shown.check_id = checked.id and shown.outcome = 'passed'
    and not exists (select from ${granted} and waiver.release_id = shown.release_id))`;

function checksAlwaysWaived(reachable: Reachable) {
  const beside = sql`cross join lateral (
    select count(distinct waiver.release_id)::int as releases, min(waiver.requested_at) as since
    from ${granted} and waiver.release_id > coalesce(${lastPassed}, 0)
  ) as waived`;
  return checks(reachable, sql`waived.releases >= 2`, {
    since: sql`waived.since`,
    releases: sql`waived.releases`,
    beside,
  });
}

function rootCausesWithoutEnforcedAction(reachable: Reachable) {
  const decided = sql`
    jsonb_array_elements(state.record -> 'actions') as action
    where action -> 'causes' @> (cause -> 'id') and action ->> 'status' not in ('proposed', 'cancelled')`;
  return sql`
    select state.severity as weight, incident.id, place, incident.key as incident, null::text as "check",
      cause ->> 'id' as cause, cause ->> 'statement' as title, incident.created_at as since,
      array(select action ->> 'id' from ${decided}) as insufficient, null::int as releases
    from ${standingIncidents(reachable)}
      cross join jsonb_array_elements(state.record -> 'causes') with ordinality as listed (cause, place)
    where cause ->> 'class' = 'root' and cause ->> 'noActionBecause' is null
      and not exists (
        select from ${decided} and exists (
          select from regression_check as checked
          where checked.key = any(texts_of(action -> 'checks')) and ${isInForce}
            and checked.body ->> 'enforcement' = 'required'
        )
      )`;
}

function driversWithoutGuard(reachable: Reachable) {
  return sql`
    select state.severity as weight, incident.id, driver.id as place, incident.key as incident, null::text as "check",
      null::text as cause, driver.body ->> 'name' as title, incident.created_at as since,
      unguarded.checks as insufficient, null::int as releases,
      jsonb_build_object('key', driver.key, 'access', driver.body -> 'access', 'reason', unguarded.reason,
        'variants', unguarded.variants) as driver
    from ${standingIncidents(reachable)}
      join unguarded_driver as unguarded on unguarded.incident_id = incident.id
      join driver on driver.id = unguarded.driver_id`;
}
