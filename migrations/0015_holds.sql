-- Rules that keep a release from the machines on which it would do harm. An old binary survives it: to it what is held is
-- known to be faulty.
create table hold (
  id bigint generated always as identity primary key,
  product_id bigint not null references product (id),
  incident_id bigint not null references incident (id),
  state text not null constraint hold_state_known check (state in ('proposed', 'active', 'released')),
  revision integer not null,
  body jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  activated_at timestamptz,
  released_at timestamptz
);
create index hold_by_product on hold (product_id, id);
create index hold_by_incident on hold (incident_id, id);

-- Every state it ever had, with why it came to it. known_until is null for the one in force.
create table hold_revision (
  hold_id bigint not null references hold (id),
  revision integer not null,
  change text not null constraint hold_revision_change_known
    check (change in ('proposed', 'edited', 'activated', 'released')),
  state text not null,
  body jsonb not null,
  reason text not null constraint hold_revision_reason_not_blank check (btrim(reason) <> ''),
  -- Why it was released although its condition was not met; null where it was, or was not asked for.
  past_condition_reason text constraint hold_revision_past_condition_reason_not_blank
    check (btrim(past_condition_reason) <> ''),
  -- How each linked check stood when it was released; null for every other change.
  condition jsonb,
  written_by text not null,
  known_from timestamptz not null,
  known_until timestamptz,
  constraint hold_revision_once primary key (hold_id, revision)
);

-- Where a hold does not apply for a while.
create table hold_override (
  id bigint generated always as identity primary key,
  hold_id bigint not null references hold (id),
  -- A range in VERS; null: every version of the hold.
  versions text,
  -- Null: every ring.
  rings text[],
  reason text not null constraint hold_override_reason_not_blank check (btrim(reason) <> ''),
  set_by text not null,
  set_at timestamptz not null,
  expires_at timestamptz not null,
  constraint hold_override_has_scope check (versions is not null or rings is not null),
  constraint hold_override_expires_later check (expires_at > set_at)
);
create index hold_override_by_hold on hold_override (hold_id, id);

create table hold_override_revocation (
  override_id bigint constraint hold_override_revoked_once primary key references hold_override (id),
  revoked_by text not null,
  revoked_at timestamptz not null,
  reason text not null constraint hold_override_revocation_reason_not_blank check (btrim(reason) <> '')
);

-- Whether everybody may read of a hold: it says so, its incident is published, and the published record names every driver
-- of the hold, in those very versions, to everybody, or confirms it to who hands in its hash. A record may name one driver
-- several times, and some of its versions to nobody.
create function hold_is_public(hold jsonb, published jsonb) returns boolean
  language sql immutable parallel safe
  return published is not null and hold ->> 'visibility' = 'public'
    and not exists (
      select from jsonb_path_query(hold, '$.match.*[*]') as term
      where term -> 'driver' <> 'null' and not exists (
        select from jsonb_array_elements(published -> 'drivers') as involved
        where involved -> 'driver' = term -> 'driver' and involved -> 'versions' = term -> 'versions'
          and involved -> 'versionOf' = term -> 'versionOf' and involved ->> 'visibility' in ('public', 'on_match')
      )
    );
