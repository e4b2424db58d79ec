-- Releases with every set of facts that was put, and the rings that they entered. An old binary survives it.
create table release (
  id bigint generated always as identity primary key,
  product_id bigint not null references product (id),
  -- As it was first written, and in the form that is equal for equal versions.
  version text not null,
  canonical_version text not null,
  -- Where it stands among the spans of recorded ranges.
  point text collate "C" not null,
  revision integer not null,
  body jsonb not null,
  registered_at timestamptz not null,
  updated_at timestamptz not null,
  -- The instant of the newest fact about this release. Facts of one release never share an instant.
  last_fact_at timestamptz not null,
  constraint release_version_unique unique (product_id, canonical_version)
);
create index release_by_registration on release (product_id, registered_at desc, id desc);

create table release_revision (
  owner_id bigint not null references release (id),
  revision integer not null,
  body jsonb not null,
  written_by text not null,
  known_from timestamptz not null,
  known_until timestamptz,
  constraint release_revision_once primary key (owner_id, revision)
);

-- The instant for the next fact about a release: the database's clock, later than every fact before it and not before the
-- catalogue that it is judged by. It holds the release's row until the transaction ends, so facts become known in one
-- order, the same for every reader.
create function next_fact_at(release_id bigint) returns timestamptz
  language sql volatile
  begin atomic
    update release
      set last_fact_at = greatest(
        clock_timestamp(), last_fact_at + interval '1 microsecond', (select at from catalogue))
      where id = release_id
      returning last_fact_at;
  end;

create table shipment (
  id bigint generated always as identity primary key,
  release_id bigint not null references release (id),
  ring text not null,
  shipped_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  -- Entered afterwards: the gate was not asked.
  afterwards boolean not null,
  -- What the gate said, and of which facts; null where it was not asked.
  verdict text,
  facts_hash text,
  past_gate_reason text constraint shipment_past_gate_reason_not_blank check (btrim(past_gate_reason) <> ''),
  constraint shipment_asked_or_afterwards
    check ((verdict is null) = afterwards and (facts_hash is null) = afterwards),
  constraint shipment_once_a_ring unique (release_id, ring)
);
