-- Outcomes of checks, append-only, with the runs that they are judged in. An old binary survives it.
create table run (
  id bigint generated always as identity primary key,
  release_id bigint not null references release (id),
  key text not null,
  first_received_at timestamptz not null,
  constraint run_key_unique unique (release_id, key)
);

-- A report of a run when it first came, and how many it announced that the run would have.
create table run_report (
  run_id bigint not null references run (id),
  received_at timestamptz not null,
  shards integer constraint run_report_shards_positive check (shards > 0),
  -- The caller's number for it, null where it was given none.
  shard integer constraint run_report_shard_positive check (shard > 0),
  -- SHA-256 of what was handed in: tells reports without a number apart.
  fingerprint bytea not null,
  constraint run_report_once primary key (run_id, received_at),
  constraint run_report_shard_once unique (run_id, shard)
);
create unique index run_report_content_once on run_report (run_id, fingerprint) where shard is null;

create table result (
  id bigint generated always as identity primary key,
  release_id bigint not null references release (id),
  run_id bigint not null references run (id),
  check_id bigint not null references regression_check (id),
  variant jsonb,
  outcome text not null constraint result_outcome_known
    check (outcome in ('passed', 'failed', 'errored', 'running', 'skipped')),
  reason text,
  -- SHA-256 of the artifact it names, or of those that the release listed when it came.
  artifacts text[] not null,
  evidence_url text,
  finished_at timestamptz,
  machines integer,
  hours double precision,
  failed_cases text[] not null,
  received_at timestamptz not null,
  submitted_by text not null
);
create index result_by_release on result (release_id, id desc);
create index result_by_check on result (check_id, release_id);
