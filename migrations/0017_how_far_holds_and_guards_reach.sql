-- What a hold has to keep a release from, for the gate to compare; and a driver is guarded only where the check is asked of
-- later releases of every product that it harms. An old binary survives it: of what is new in gaps it says nothing of what
-- to do.

-- Whom an incident harms with a product: as it is recorded, and as it is published where that says something else, since
-- nobody agreed to a correction yet. A function, so that the gate's query sets nothing up for it where there are no holds.
create function harm_with(product_key text, recorded jsonb, published jsonb) returns jsonb
  language sql immutable
  begin atomic
    select jsonb_agg(jsonb_build_object(
      'state', state,
      'affected', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'versions', entry -> 'versions', 'conditions', entry -> 'conditions') order by place), '[]')
        from jsonb_array_elements(record -> 'affected') with ordinality as listed (entry, place)
        where entry ->> 'product' = product_key
      ),
      'drivers', (
        select coalesce(jsonb_agg(jsonb_build_object('driver', involved -> 'driver',
          'versions', involved -> 'versions', 'versionOf', involved -> 'versionOf') order by place), '[]')
        from jsonb_array_elements(record -> 'drivers') with ordinality as listed (involved, place)
      )
    ) order by state desc)
    from (values ('recorded', recorded), ('published', published)) as said (state, record)
    where state = 'recorded' or record -> 'affected' <> recorded -> 'affected'
      or record -> 'drivers' <> recorded -> 'drivers';
  end;

-- Whether a check is asked of the later releases of a product, as far as its facets say: a range has to be open at its end,
-- and the kinds must be those of the releases that the incident affects, or of all where none of those is registered.
create function guards_releases(body jsonb, product_key text, incident_id bigint, platform text) returns boolean
  language sql stable
  begin atomic
    with kinds as (
      select release.body ->> 'kind' as kind, exists (
        select from incident_affected as affected
        where affected.incident_id = guards_releases.incident_id and affected.known_until is null
          and affected.span @> release.point
      ) as affected
      from release join product on product.id = release.product_id
      where jsonb_typeof(guards_releases.body -> 'appliesTo' -> 'kinds') = 'array' and product.key = product_key
    )
    select coalesce((body ->> 'effectiveFrom')::timestamptz <= clock_timestamp(), true)
      and coalesce(product_key = any(texts_of(body -> 'appliesTo' -> 'products')), true)
      and coalesce(body -> 'appliesTo' ->> 'versions' ~ '(^[^/]*/\*|[/|]>=?[^|]*)(\|!=[^|]*)*$', true)
      and coalesce((
        -- A product calls its platforms as it likes: only where it has one of the driver's name can they be compared.
        select not exists (
            select from jsonb_array_elements_text(product.body -> 'platforms') as name where lower(name) = platform
          ) or exists (
            select from unnest(texts_of(guards_releases.body -> 'appliesTo' -> 'platforms')) as name
            where lower(name) = platform
          )
        from product
        where product.key = product_key and jsonb_typeof(guards_releases.body -> 'appliesTo' -> 'platforms') = 'array'
      ), true)
      and (jsonb_typeof(body -> 'appliesTo' -> 'kinds') is distinct from 'array' or coalesce(
        (select bool_and(kind is null or body -> 'appliesTo' -> 'kinds' ? kind) from kinds where affected),
        (select bool_and(kind is null or body -> 'appliesTo' -> 'kinds' ? kind) from kinds),
        false
      ));
  end;

create or replace view unguarded_driver as
select incident_id, driver_id, substring(min(ranked_reason) from 3) as reason, jsonb_agg(variant order by variant::text collate "C") as variants,
  array(
    select distinct key from unnest(texts_of(jsonb_path_query_array(jsonb_agg(checks), '$[*][*][*]'))) as key order by key
  ) as checks
from (
  select incident_id, driver_id, variant, min(ranked_reason) as ranked_reason, jsonb_agg(checks) as checks
  from (
    select involved.incident_id, involved.driver_id, involved.variant,
      coalesce(jsonb_agg(checked.key) filter (where checked.id is not null), '[]') as checks,
      -- In this order, so that the least of them says what to do first.
      case
        when count(checked.id) = 0 then '1_no_check'
        when not bool_or(checked.body ->> 'enforcement' = 'required') then '2_advisory'
        when not bool_or(checked.body ->> 'enforcement' = 'required' and applies) then '3_elsewhere'
        else '4_no_canary'
      end as ranked_reason
    from incident_driver as involved
      join driver on driver.id = involved.driver_id
      join incident on incident.id = involved.incident_id
      -- Null where nobody knows yet whom it concerns.
      cross join lateral (
        select distinct nullif(key, '') as product
        from unnest(coalesce(
          nullif(texts_of(jsonb_path_query_array(incident.record, '$.affected[*].product')), '{}'), '{""}')) as key
      ) as harmed
      left join (
        incident_check as link join regression_check as checked on checked.id = link.check_id
          and coalesce((checked.body ->> 'retiredAt')::timestamptz > clock_timestamp(), true)
      ) on link.incident_id = involved.incident_id and link.known_until is null
        and covers_driver(checked.body, involved.variant)
      left join lateral (
        select guards_releases(checked.body, harmed.product, involved.incident_id, driver.body ->> 'platform') as applies
        where checked.id is not null
      ) as scope on true
    where involved.known_until is null and incident.status <> 'withdrawn'
      and (incident.status in ('approved', 'published') or incident.published_revision is not null)
    group by involved.incident_id, involved.driver_id, involved.variant, driver.body ->> 'access', harmed.product
    having not coalesce(bool_or(
      checked.body ->> 'enforcement' = 'required' and applies
      and (
        driver.body ->> 'access' = 'lab'
        or checked.body ->> 'kind' = 'canary' and (checked.body -> 'minimum' ->> 'machines')::bigint > 0
      )
    ), false)
  ) as unguarded_product
  group by incident_id, driver_id, variant
) as unguarded
group by incident_id, driver_id;
