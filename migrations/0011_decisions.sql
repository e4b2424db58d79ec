-- Verdicts that were kept with everything they rest on, and the keys that sign them. An old binary survives it.
create table decision (
  id bigint generated always as identity primary key,
  release_id bigint not null references release (id),
  ring text not null,
  as_of timestamptz not null,
  verdict text not null,
  may_ship boolean not null,
  summary text not null,
  -- As the gate gave it, before anything was left out for a reader.
  body jsonb not null,
  -- Everything that it was given: canonical JSON (RFC 8785), compressed by gzip. Bytes, so that their hash stays.
  facts bytea not null,
  facts_hash text not null,
  gate_version integer not null,
  recorded_by text not null
);
create index decision_by_release on decision (release_id, id desc);

-- The statement that comes with a passing decision. The key may be gone: who lost one takes its row away.
create table decision_signature (
  decision_id bigint constraint decision_signed_once primary key references decision (id),
  payload bytea not null,
  keyid text not null,
  signature bytea not null
);

-- Every Ed25519 key that ever signed, by its RFC 7638 thumbprint. They stay published.
create table signing_key (
  id bigint generated always as identity primary key,
  keyid text not null constraint signing_key_once unique,
  public_key bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

-- The private half of a key that the service made itself, in PKCS#8. In a table of its own, so that a dump can leave it out.
create table signing_secret (
  keyid text constraint signing_secret_once primary key references signing_key (keyid) on delete cascade,
  pkcs8 bytea not null
);
