-- Which drivers an incident names, drawn out for the gate, for coverage and for the catalogue; checks that take their
-- variants from drivers; and what is new in drivers, checks and incidents, filled in where it was not said. An old binary
-- does not survive it: what it writes lacks the new fields, and draws no drivers out. Stop it first.

-- What a check that takes its variants from drivers is asked for: one for each interval of the range, in the words that
-- a result says it in, `{"driver": "audio-bus", "fileVersion": ">=10.29|<10.31"}`; the driver alone for every version. A
-- range with exceptions stays whole, since an exception may lie anywhere. What is longer than a variant's value may be
-- ends in a hash of it.
create function driver_variants(driver text, version_of text, versions text) returns setof jsonb
  language sql immutable
  begin atomic
    select jsonb_build_object('driver', driver_variants.driver)
    where versions is null or versions like '%/*'
    union
    select jsonb_build_object('driver', driver_variants.driver, version_of || 'Version',
      case when length(part) <= 128 then part else left(part, 95) || '~' || md5(part) end)
    from (
      select string_agg(word, '|' order by place) as part
      from (
        select word, place, count(*) filter (where opens) over (order by place) as number
        from (
          select word, place, versions not like '%!=%'
            and not (word like '<%' and coalesce(lag(word) over (order by place) like '>%', false)) as opens
          from string_to_table(substring(versions from position('/' in versions) + 1), '|')
            with ordinality as written (word, place)
        ) as marked
      ) as numbered
      group by number
    ) as parts
    where versions not like '%/*';
  end;

-- While a correction of a published record is written, what customers read binds beside it, as with checks.
create table incident_driver (
  incident_id bigint not null references incident (id),
  driver_id bigint not null references driver (id),
  variant jsonb not null,
  known_from timestamptz not null,
  known_until timestamptz
);
create index incident_driver_by_driver on incident_driver (driver_id);
create index incident_driver_by_incident on incident_driver (incident_id);

insert into incident_driver (incident_id, driver_id, variant, known_from)
select distinct incident.id, driver.id, variant, incident.updated_at
from incident
  left join incident_revision as published
    on published.incident_id = incident.id and published.revision = incident.published_revision
  cross join lateral jsonb_array_elements(
    (incident.record -> 'drivers') || coalesce(published.record -> 'drivers', '[]')) as involved
  join driver on driver.key = involved ->> 'driver'
  cross join lateral driver_variants(driver.key, involved ->> 'versionOf', involved ->> 'versions') as variant;

-- What a check is asked for that takes its variants from drivers: its own variants, and what the incidents that it guarded
-- against at that instant named. A driver that it names itself is asked for even where no incident names it.
create function variants_from_drivers(check_id bigint, body jsonb, at timestamptz) returns jsonb
  language sql stable
  begin atomic
    with wanted as (
      select texts_of(body -> 'variantsFrom' -> 'drivers') as keys
    ),
    named as (
      select involved.variant
      from wanted
        join incident_check as link on link.check_id = variants_from_drivers.check_id
          and link.known_from <= at and (link.known_until is null or link.known_until > at)
        join incident_revision as state on state.incident_id = link.incident_id and state.status <> 'withdrawn'
          and state.known_from <= at and (state.known_until is null or state.known_until > at)
        join incident_driver as involved on involved.incident_id = link.incident_id
          and involved.known_from <= at and (involved.known_until is null or involved.known_until > at)
      where wanted.keys is null or involved.variant ->> 'driver' = any(wanted.keys)
    )
    select coalesce(jsonb_agg(variant order by variant::text collate "C"), '[]')
    from (
      select jsonb_array_elements(body -> 'variants') as variant
      union
      select variant from named
      union
      select jsonb_build_object('driver', key)
      from wanted cross join unnest(wanted.keys) as key
      where not exists (select from named where named.variant ->> 'driver' = key)
    ) as asked;
  end;

-- What a check is asked for at an instant.
create function check_variants(check_id bigint, body jsonb, at timestamptz) returns jsonb
  language sql stable
  return case when jsonb_typeof(body -> 'variantsFrom') = 'object'
    then variants_from_drivers(check_id, body, at) else body -> 'variants' end;

-- Whether a check is asked for a driver's version, which is written as driver_variants has it.
create function covers_driver(body jsonb, variant jsonb) returns boolean
  language sql immutable
  begin atomic
    select body -> 'variantsFrom' ->> 'drivers' = 'all'
      or body -> 'variantsFrom' -> 'drivers' ? (variant ->> 'driver')
      or exists (
        select from jsonb_array_elements(body -> 'variants') as own
        where own ->> 'driver' = variant ->> 'driver'
          and (own @> variant or not own ?| array['fileVersion', 'productVersion', 'packageVersion'])
      );
  end;

-- Drivers that an incident to which somebody agreed names, and that no check of it guards. A driver that is in no lab is
-- guarded by a canary alone, on a minimum of machines that have it.
create view unguarded_driver as
select incident_id, driver_id, substring(min(ranked_reason) from 3) as reason, jsonb_agg(variant order by variant::text collate "C") as variants,
  array(
    select distinct key from unnest(texts_of(jsonb_path_query_array(jsonb_agg(checks), '$[*][*]'))) as key order by key
  ) as checks
from (
  select involved.incident_id, involved.driver_id, involved.variant,
    coalesce(jsonb_agg(checked.key) filter (where checked.id is not null), '[]') as checks,
    -- In this order, so that the least of them says what to do first.
    case
      when count(checked.id) = 0 then '1_no_check'
      when not bool_or(checked.body ->> 'enforcement' = 'required') then '2_advisory'
      else '3_no_canary'
    end as ranked_reason
  from incident_driver as involved
    join driver on driver.id = involved.driver_id
    join incident on incident.id = involved.incident_id
    left join (
      incident_check as link join regression_check as checked on checked.id = link.check_id
        and coalesce((checked.body ->> 'retiredAt')::timestamptz > clock_timestamp(), true)
    ) on link.incident_id = involved.incident_id and link.known_until is null
      and covers_driver(checked.body, involved.variant)
  where involved.known_until is null and incident.status <> 'withdrawn'
    and (incident.status in ('approved', 'published') or incident.published_revision is not null)
  group by involved.incident_id, involved.driver_id, involved.variant, driver.body ->> 'access'
  having not coalesce(bool_or(
    checked.body ->> 'enforcement' = 'required'
    and (
      driver.body ->> 'access' = 'lab'
      or checked.body ->> 'kind' = 'canary' and (checked.body -> 'minimum' ->> 'machines')::bigint > 0
    )
  ), false)
) as unguarded
group by incident_id, driver_id;

-- Whole documents, so that putting the same again changes nothing.
update regression_check set body = body || '{"variantsFrom": null}';
update regression_check_revision set body = body || '{"variantsFrom": null}';
update check_proposal set body = body || '{"variantsFrom": null}';
update driver set body = jsonb_set(body || '{"aliases": []}', '{identity}',
  '{"paths": [], "architectures": []}' || (body -> 'identity'));
update driver_revision set body = jsonb_set(body || '{"aliases": []}', '{identity}',
  '{"paths": [], "architectures": []}' || (body -> 'identity'));

update incident set record = jsonb_set(record, '{drivers}', (
  select jsonb_agg('{"foundUnaffected": []}' || involved order by place)
  from jsonb_array_elements(record -> 'drivers') with ordinality as listed (involved, place)
)) where record -> 'drivers' <> '[]';
update incident_revision set record = jsonb_set(record, '{drivers}', (
  select jsonb_agg('{"foundUnaffected": []}' || involved order by place)
  from jsonb_array_elements(record -> 'drivers') with ordinality as listed (involved, place)
)) where record -> 'drivers' <> '[]';
