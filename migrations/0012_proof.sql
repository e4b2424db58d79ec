-- Which checks are proven to catch an incident, kept as results come. An old binary survives it, but keeps no evidence:
-- what it takes in is weighed when the next result for the same release comes, or its artifacts change.

-- How a check stands on a release, variant by variant, where that shows anything: it failed, or it passed.
create table check_evidence (
  check_id bigint not null references regression_check (id),
  release_id bigint not null references release (id),
  -- As the gate writes a variant's key; empty for none.
  variant text not null,
  outcome text not null constraint check_evidence_outcome_known check (outcome in ('failed', 'passed'))
);
-- A variant's key may be longer than an index takes.
create unique index check_evidence_once on check_evidence (check_id, release_id, md5(variant));

-- Every state that the proof of a check against an incident ever had; without a row it is unproven. known_until is null
-- for the one in force.
create table check_proof (
  incident_id bigint not null references incident (id),
  check_id bigint not null references regression_check (id),
  proof text not null constraint check_proof_known check (proof in ('proven', 'red_only', 'green_only')),
  known_from timestamptz not null,
  known_until timestamptz,
  constraint check_proof_once primary key (incident_id, check_id, known_from)
);

-- Releases with results from before there was evidence: each is weighed once, when the service starts.
create table release_to_weigh (
  release_id bigint constraint release_to_weigh_once primary key references release (id)
);
insert into release_to_weigh (release_id) select distinct release_id from result;

-- Finds the releases that an incident affects.
create index release_by_point on release (point, id);

-- Finds checks that never failed, and those that were waived.
create index result_failed on result (check_id) where outcome = 'failed';
create index waiver_by_check on waiver (check_id, release_id);
