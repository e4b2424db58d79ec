-- Permissions to ship without one requirement. Approval and revocation are rows of their own, so that nothing said is
-- ever lost. An old binary survives it.
create table waiver (
  id bigint generated always as identity primary key,
  release_id bigint not null references release (id),
  check_id bigint not null references regression_check (id),
  -- Null: every variant.
  variant jsonb,
  reason text not null constraint waiver_reason_not_blank check (btrim(reason) <> ''),
  ticket_url text,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  constraint waiver_expires_later check (expires_at > requested_at)
);
create index waiver_by_release on waiver (release_id, id desc);

create table waiver_approval (
  waiver_id bigint constraint waiver_approved_once primary key references waiver (id),
  approved_by text not null,
  approved_at timestamptz not null,
  -- The gravest status that it was approved over.
  approved_over text not null
);

create table waiver_revocation (
  waiver_id bigint constraint waiver_revoked_once primary key references waiver (id),
  revoked_by text not null,
  revoked_at timestamptz not null,
  reason text not null constraint waiver_revocation_reason_not_blank check (btrim(reason) <> '')
);
