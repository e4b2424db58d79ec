-- Regression checks, with the products that each may apply to drawn out for the gate. An old binary survives it.
create table regression_check (
  id bigint generated always as identity primary key,
  key text collate "C" not null constraint regression_check_key_unique unique,
  revision integer not null,
  body jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Every state it ever had. known_until is null for the one in force.
create table regression_check_revision (
  owner_id bigint not null references regression_check (id),
  revision integer not null,
  body jsonb not null,
  written_by text not null,
  known_from timestamptz not null,
  known_until timestamptz,
  -- Null: every product. Keys, in the order that keys have, or no index would find them.
  products text[] collate "C" generated always as (texts_of(body -> 'appliesTo' -> 'products')) stored,
  constraint regression_check_revision_once primary key (owner_id, revision)
);
create index regression_check_revision_by_product on regression_check_revision using gin (products);
create index regression_check_revision_of_any_product on regression_check_revision (owner_id)
  where products is null;
