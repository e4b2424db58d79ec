-- The records of faulty releases: the record as it stands, every state it ever had, and what the gate needs of it
-- drawn out. An old binary survives it.
create table incident (
  id bigint generated always as identity primary key,
  key text collate "C" not null constraint incident_key_unique unique,
  status text not null constraint incident_status_known
    check (status in ('draft', 'in_review', 'approved', 'published', 'withdrawn')),
  revision integer not null,
  record jsonb not null,
  published_revision integer,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  published_at timestamptz,
  -- When the public face last changed.
  public_at timestamptz,
  withdrawn_at timestamptz,
  withdrawal_notice text,
  constraint incident_published_has_revision
    check (status not in ('published', 'withdrawn') or published_revision is not null),
  constraint incident_withdrawn_has_notice check ((withdrawn_at is null) = (withdrawal_notice is null))
);
create index incident_by_change on incident (updated_at desc, id desc);
create index incident_public_by_change on incident (public_at desc, id desc) where published_revision is not null;

create table incident_revision (
  incident_id bigint not null references incident (id),
  revision integer not null,
  -- An edit changes the record, a transition only its status.
  kind text not null constraint incident_revision_kind_known check (kind in ('edit', 'transition')),
  status text not null,
  record jsonb not null,
  -- What the gate and lists read of the record without opening it.
  title text not null generated always as (record ->> 'title') stored,
  severity text not null generated always as (record ->> 'severity') stored,
  products text[] not null
    generated always as (texts_of(jsonb_path_query_array(record, '$.affected[*].product'))) stored,
  -- The revision that customers read after this one.
  published_revision integer,
  note text,
  written_by text not null,
  known_from timestamptz not null,
  known_until timestamptz,
  constraint incident_revision_once primary key (incident_id, revision)
);
create index incident_revision_in_force on incident_revision (incident_id) where known_until is null;
create index incident_revision_by_product on incident_revision using gin (products) where known_until is null;

create table incident_correction (
  incident_id bigint not null references incident (id),
  number integer not null,
  revision integer not null,
  at timestamptz not null,
  reason text not null constraint incident_correction_reason_not_blank check (btrim(reason) <> ''),
  constraint incident_correction_once primary key (incident_id, number)
);

-- The last number given for a prefix and a year.
create table incident_number (
  prefix text not null,
  year integer not null,
  last_number integer not null,
  primary key (prefix, year)
);

-- Which versions it affects, by product: a row for each interval of a range. While a correction of a published record is
-- written, what customers read binds beside it. Rewritten only when what binds changes.
create table incident_affected (
  incident_id bigint not null references incident (id),
  product text not null,
  versions text not null,
  -- Holds the point of every version in the interval, behind its product.
  span text_span not null,
  known_from timestamptz not null,
  known_until timestamptz
);
create index incident_affected_by_product on incident_affected (product);
create index incident_affected_by_span on incident_affected using gist (span);
create index incident_affected_by_incident on incident_affected (incident_id);

-- Which checks it names, likewise: a row for each check.
create table incident_check (
  incident_id bigint not null references incident (id),
  check_id bigint not null references regression_check (id),
  why text not null,
  known_from timestamptz not null,
  known_until timestamptz
);
create index incident_check_by_check on incident_check (check_id);
create index incident_check_by_incident on incident_check (incident_id);
