-- Third-party drivers. An old binary survives it.
create table driver (
  id bigint generated always as identity primary key,
  key text collate "C" not null constraint driver_key_unique unique,
  revision integer not null,
  body jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index driver_by_change on driver (updated_at desc);

-- Every state it ever had. known_until is null for the one in force.
create table driver_revision (
  owner_id bigint not null references driver (id),
  revision integer not null,
  body jsonb not null,
  written_by text not null,
  known_from timestamptz not null,
  known_until timestamptz,
  constraint driver_revision_once primary key (owner_id, revision)
);
