-- Waivers that stand for a range of versions, and changes of checks that say why and wait for a second person.
-- An old binary survives it: to it a waiver for a range is one for the release that it was asked for.

-- A range in VERS; null: for its release alone.
alter table waiver add column versions text;
create index waiver_by_expiry on waiver (expires_at, id);

-- Which versions a waiver stands for, a row for each interval of its range.
create table waiver_span (
  waiver_id bigint not null references waiver (id),
  -- Holds the point of every version in the interval, behind its product.
  span text_span not null
);
create index waiver_span_by_span on waiver_span using gist (span);

-- Changes that would make a check weaker, and wait for a second person.
create table check_proposal (
  check_id bigint not null references regression_check (id),
  -- Counts from 1 for each check.
  number integer not null,
  -- The revision that it was made over. Over any other it is outdated.
  revision integer not null,
  body jsonb not null,
  reason text not null constraint check_proposal_reason_not_blank check (btrim(reason) <> ''),
  proposed_by text not null,
  proposed_at timestamptz not null,
  constraint check_proposal_once primary key (check_id, number)
);
create index check_proposal_by_time on check_proposal (proposed_at desc, check_id desc, number desc);

create table check_proposal_decision (
  check_id bigint not null,
  number integer not null,
  outcome text not null constraint check_proposal_outcome_known check (outcome in ('approved', 'rejected')),
  decided_by text not null,
  decided_at timestamptz not null,
  reason text constraint check_proposal_decision_reason_not_blank check (btrim(reason) <> ''),
  constraint check_proposal_decided_once primary key (check_id, number),
  constraint check_proposal_decided foreign key (check_id, number) references check_proposal (check_id, number)
);

-- Why a revision of a check was made, and who approved it; none where neither was said or needed.
create table check_revision_note (
  check_id bigint not null,
  revision integer not null,
  reason text constraint check_revision_note_reason_not_blank check (btrim(reason) <> ''),
  approved_by text,
  constraint check_revision_noted_once primary key (check_id, revision),
  constraint check_revision_noted foreign key (check_id, revision)
    references regression_check_revision (owner_id, revision)
);
