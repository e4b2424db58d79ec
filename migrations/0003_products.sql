-- What is released. An old binary survives it.
create table product (
  id bigint generated always as identity primary key,
  key text collate "C" not null constraint product_key_unique unique,
  revision integer not null,
  body jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Every state it ever had. known_until is null for the one in force.
create table product_revision (
  owner_id bigint not null references product (id),
  revision integer not null,
  body jsonb not null,
  written_by text not null,
  known_from timestamptz not null,
  known_until timestamptz,
  constraint product_revision_once primary key (owner_id, revision)
);
