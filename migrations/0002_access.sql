-- Who may do what, what was done, and which calls were answered already. An old binary survives it.
create table token (
  id bigint generated always as identity primary key,
  -- What counts as white space differs between databases, so here it is a space alone: whatever the contract takes fits.
  name text not null constraint token_name_not_blank check (btrim(name) <> ''),
  role text not null constraint token_role_known
    check (role in ('reader', 'engineer', 'pipeline', 'approver', 'admin')),
  -- Null: every product.
  products text[],
  -- SHA-256 of the secret. The secret itself is nowhere.
  secret_hash bytea not null constraint token_secret_unique unique,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  written_by text not null,
  -- Null: no token was there yet.
  token_id bigint references token (id),
  role text not null,
  operation text not null,
  subject text not null,
  request_id text not null,
  remote_address text,
  change jsonb not null
);
create index audit_entry_by_subject on audit_entry (subject text_pattern_ops, id);

create table idempotency_key (
  -- A token, not a name: what its namesake may reach, it need not.
  token_id bigint not null references token (id),
  operation text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  headers jsonb not null,
  body jsonb,
  created_at timestamptz not null default clock_timestamp(),
  constraint idempotency_key_once primary key (token_id, operation, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
