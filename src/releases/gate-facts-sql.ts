/**
 * The one query behind every verdict. Every list has an order, so that equal facts have equal hashes.
 *
 * $1 product, $2 the version's form by scheme as JSON, $3 the instant asked about or null for now, $4 the ring or null,
 * $5 whether to leave aside that the release entered the ring.
 */

/** Whether a state was in force at an instant. */
export const inForce = (state: string, at: string): string =>
  `${state}.known_from <= ${at} and (${state}.known_until is null or ${state}.known_until > ${at})`;

/** `expression` gathered into a JSON list. */
export const listOf = (expression: string, order: string, from: string): string =>
  `(select coalesce(json_agg(${expression} order by ${order}), '[]') from ${from})`;

/** Now is never before the newest fact about the release or the catalogue, whatever the clock does. */
const now = 'greatest(clock_timestamp(), release.last_fact_at, (select at from catalogue))';

/**
 * Equal stamps mean equal facts about now: it moves with every fact about the release, and with the catalogue, which a
 * waiver for a range of versions moves.
 */
const stamp = "concat_ws(' ', (select at from catalogue), release.id, release.last_fact_at)";

const named = `
  from product
  left join release on release.product_id = product.id
    and release.canonical_version = $2::jsonb ->> (product.body ->> 'versionScheme')
  where product.key = $1`;

/** The stamps alone, of the releases with the ids $1, and what time it is. */
export const gateStampsSql = `
  select release.id as release_id, ${stamp} as stamp, ${now} as as_of
  from release where release.id = any($1::bigint[])`;

const asked = `
  select product.id as product_id, product.key as product_key, release.id as release_id, release.version, release.point,
    coalesce($3::timestamptz, ${now}) as as_of, ${stamp} as stamp
  ${named}`;

/** The product and the release as they were then. */
const then = `
  select asked.*, product.body as product, release.body as body,
    coalesce($4, product.body -> 'rings' ->> -1) as ring
  from asked
  left join product_revision as product
    on product.owner_id = asked.product_id and ${inForce('product', 'asked.as_of')}
  left join release_revision as release
    on release.owner_id = asked.release_id and ${inForce('release', 'asked.as_of')}`;

/** A ring already entered is judged by the checks that were in force when it was. */
const moment = `
  select at_that_time.*, shipment.shipped_at as entered_at,
    least(at_that_time.as_of, shipment.shipped_at) as compared_at
  from at_that_time
  left join shipment on shipment.release_id = at_that_time.release_id
    and shipment.ring = at_that_time.ring and shipment.recorded_at <= at_that_time.as_of
    and not $5::boolean`;

const bound = `
  select checked.id, checked.key, checked.created_at, state.body,
    check_variants(checked.id, state.body, moment.compared_at) as variants
  from moment
  join regression_check_revision as state
    on (state.products is null or state.products @> array[moment.product_key])
    and ${inForce('state', 'moment.compared_at')}
  join regression_check as checked on checked.id = state.owner_id`;

/** The reason as the published record has it, where that says it to everybody. */
const publicWhy = `(
  select published_link ->> 'why' from jsonb_array_elements(published.record -> 'checks') as published_link
  where published_link ->> 'check' = bound.key and published_link ->> 'visibility' = 'public')`;

const linked = `
  select link.incident_id, bound.key as check_key, link.why, ${publicWhy} as public_why,
    coalesce(shown.proof, 'unproven') as proof
  from moment cross join bound
  join incident_check as link on link.check_id = bound.id
  join incident_revision as state
    on state.incident_id = link.incident_id and ${inForce('state', 'moment.as_of')}
  left join incident_revision as published
    on published.incident_id = link.incident_id and published.revision = state.published_revision
  left join check_proof as shown
    on shown.incident_id = link.incident_id and shown.check_id = link.check_id and ${inForce('shown', 'moment.as_of')}
  where ${inForce('link', 'moment.as_of')}`;

/** Found by index: what lies in no span lies in no range. The gate makes the exact test. */
const touched = `
  select distinct affected.incident_id, affected.versions
  from moment
  join incident_affected as affected
    on affected.span @> moment.point and ${inForce('affected', 'moment.as_of')}`;

/** The waivers of this release, and by index those of a range that it may lie in. The gate makes the exact test. */
const concerned = `
  select waiver.id as waiver_id
  from moment join waiver on waiver.release_id = moment.release_id
  union
  select ranged.waiver_id
  from moment join waiver_span as ranged on ranged.span @> moment.point`;

const checks = listOf(
  `json_build_object(
    'key', bound.key, 'title', bound.body -> 'title', 'kind', bound.body -> 'kind',
    'enforcement', bound.body -> 'enforcement', 'appliesTo', bound.body -> 'appliesTo',
    'variants', bound.variants, 'minimum', bound.body -> 'minimum',
    'createdAt', instant_text(bound.created_at),
    'effectiveFrom', bound.body -> 'effectiveFrom', 'retiredAt', bound.body -> 'retiredAt')`,
  'bound.key',
  'bound',
);

/** While a change of a published record is under way, the graver of both counts, and the published words are public. */
const incidents = listOf(
  `json_build_object(
    'key', incident.key, 'title', state.title, 'publicTitle', published.title,
    'severity', least(state.severity, published.severity), 'withdrawn', state.status = 'withdrawn',
    'products', state.products,
    'affectedVersions', coalesce(ranges.versions, '[]'), 'checks', coalesce(links.checks, '[]'),
    'knownAt', instant_text(state.known_from))`,
  'incident.key',
  `(select incident_id from linked union select incident_id from touched) as behind
    join incident on incident.id = behind.incident_id
    join incident_revision as state
      on state.incident_id = incident.id and ${inForce('state', 'moment.as_of')}
    left join incident_revision as published
      on published.incident_id = incident.id and published.revision = state.published_revision
    left join (
      select touched.incident_id, json_agg(touched.versions order by touched.versions) as versions
      from touched group by touched.incident_id
    ) as ranges on ranges.incident_id = incident.id
    left join (
      select linked.incident_id, json_agg(json_build_object(
        'check', linked.check_key, 'why', linked.why, 'publicWhy', linked.public_why, 'proof', linked.proof
        ) order by linked.check_key) as checks
      from linked group by linked.incident_id
    ) as links on links.incident_id = incident.id`,
);

/** A run with `reports`. When each of them came matters only where a number was announced. */
export const runFact = `json_build_object(
    'key', run.key, 'firstReceivedAt', instant_text(run.first_received_at), 'shards', reports.shards,
    'receivedAt', case when reports.shards is null then '[]' else reports.received_at end)`;

const runs = listOf(
  runFact,
  'run.id',
  `run
    cross join lateral (
      select max(report.shards) as shards,
        json_agg(instant_text(report.received_at) order by report.received_at) as received_at
      from run_report as report
      where report.run_id = run.id and report.received_at <= moment.as_of
    ) as reports
    where run.release_id = moment.release_id and run.first_received_at <= moment.as_of`,
);

/** A result of the check with the key `checkKey`, with its run. */
export const resultFact = (checkKey: string): string => `json_build_object(
    'id', result.id::text, 'check', ${checkKey}, 'variant', result.variant, 'outcome', result.outcome,
    'reason', result.reason, 'run', run.key, 'artifacts', result.artifacts,
    'evidenceUrl', result.evidence_url, 'machines', result.machines, 'hours', result.hours,
    'failedCases', result.failed_cases, 'receivedAt', instant_text(result.received_at))`;

const results = listOf(
  resultFact('bound.key'),
  'result.id',
  `result
    join run on run.id = result.run_id
    join bound on bound.id = result.check_id
    where result.release_id = moment.release_id and result.received_at <= moment.as_of`,
);

const waivers = listOf(
  `json_build_object(
    'id', waiver.id::text, 'check', bound.key, 'variant', waiver.variant, 'versions', waiver.versions,
    'reason', waiver.reason, 'requestedBy', waiver.requested_by,
    'requestedAt', instant_text(waiver.requested_at), 'expiresAt', instant_text(waiver.expires_at),
    'approval', case when approval.waiver_id is null then null else json_build_object(
      'by', approval.approved_by, 'at', instant_text(approval.approved_at),
      'over', approval.approved_over) end,
    'revokedAt', instant_text(revocation.revoked_at))`,
  'waiver.id',
  `concerned
    join waiver on waiver.id = concerned.waiver_id
    join bound on bound.id = waiver.check_id
    left join waiver_approval as approval
      on approval.waiver_id = waiver.id and approval.approved_at <= moment.as_of
    left join waiver_revocation as revocation
      on revocation.waiver_id = waiver.id and revocation.revoked_at <= moment.as_of
    where waiver.requested_at <= moment.as_of`,
);

/**
 * The holds of the product that are not released and whose incident is not withdrawn. The gate looks at their ranges, and
 * compares their machines with those that the incident harms, where it may affect this version.
 */
const holds = listOf(
  `json_build_object(
    'state', state.state, 'match', state.body -> 'match',
    'harmed', case when hold.incident_id in (select incident_id from touched)
      then harm_with(moment.product_key, fault.record, published.record) else '[]' end,
    'id', hold.id::text, 'incident', incident.key, 'products', fault.products,
    'severity', least(fault.severity, published.severity), 'title', state.body -> 'title',
    'publicTitle', case when hold_is_public(state.body, published.record) then state.body -> 'title' end,
    'versions', state.body -> 'versions', 'activeFrom', instant_text(state.known_from),
    'overrides', coalesce(overrides.list, '[]'))`,
  'hold.id',
  `hold
    join hold_revision as state
      on state.hold_id = hold.id and state.state <> 'released' and ${inForce('state', 'moment.as_of')}
    join incident on incident.id = hold.incident_id
    join incident_revision as fault
      on fault.incident_id = incident.id and ${inForce('fault', 'moment.as_of')} and fault.status <> 'withdrawn'
    left join incident_revision as published
      on published.incident_id = incident.id and published.revision = fault.published_revision
    cross join lateral (
      select json_agg(json_build_object(
        'versions', override.versions, 'rings', override.rings, 'from', instant_text(override.set_at),
        'expiresAt', instant_text(override.expires_at), 'revokedAt', instant_text(revocation.revoked_at)
        ) order by override.id) as list
      from hold_override as override
        left join hold_override_revocation as revocation
          on revocation.override_id = override.id and revocation.revoked_at <= moment.as_of
      where override.hold_id = hold.id and override.set_at <= moment.as_of
    ) as overrides
    where hold.product_id = moment.product_id`,
);

/** One row where the product exists; `body` is null where the release was not registered then. */
export const gateFactsSql = `
with asked as materialized (${asked}),
  at_that_time as materialized (${then}),
  moment as materialized (${moment}),
  bound as materialized (${bound}),
  linked as materialized (${linked}),
  touched as materialized (${touched}),
  concerned as materialized (${concerned})
select
  case when moment.product is null then null else json_build_object(
    'key', moment.product_key, 'versionScheme', moment.product -> 'versionScheme',
    'rings', moment.product -> 'rings', 'waiverDaysMax', moment.product -> 'waiverDaysMax') end as product,
  moment.stamp, moment.release_id, moment.version, moment.body, moment.ring, moment.as_of, moment.entered_at,
  ${checks} as checks,
  ${incidents} as incidents,
  ${runs} as runs,
  ${results} as results,
  ${waivers} as waivers,
  ${holds} as holds
from moment`;
