/** A vendor with a past, made in bulk: releases with their results and waivers, and the incidents behind the checks. */
import { sql } from 'kysely';
import { hashOf, newSecret } from '../src/access/secret.ts';
import { insertToken } from '../src/access/store.ts';
import type { OpenDatabase } from '../src/db/connection.ts';
import { checkVersion, pointOf } from '../src/versions/index.ts';

/** Each release has 40 results (four runs of ten checks) and 4 waivers. */
export interface Size {
  releases: number;
  /** Fifty stand behind the checks; the others affect versions of long ago. */
  incidents: number;
}

export const resultsOf = ({ releases }: Size): number => releases * 40;

/** Where the gate is asked about the n-th release, from 1 on. */
export const gatePath = (n: number): string => `/v1/products/bench/releases/1.${n}/gate`;

const json = JSON.stringify;

const product = json({
  name: 'Bench',
  versionScheme: 'intdot',
  components: [],
  rings: ['general'],
  platforms: [],
  waiverDaysMax: {},
});
const facts = json({
  kind: 'content',
  components: null,
  platforms: null,
  changedPaths: null,
  artifacts: [],
});
const check = json({
  title: 'A check',
  purpose: 'A purpose.',
  kind: 'automated',
  enforcement: 'required',
  appliesTo: { products: ['bench'] },
  variants: [],
  reportedAs: [],
  allowSkipped: false,
  minCases: 1,
  minimum: null,
  howToRun: {},
  owner: 'nobody',
  effectiveFrom: null,
  retiredAt: null,
});
const record = json({ title: 'An incident', severity: 'sev3' });

/**
 * Fills an empty database: one product, ten checks that bind every release, two of which failed each release and are
 * waived for it.
 */
export async function makeVendor({ pool, db }: OpenDatabase, size: Size): Promise<void> {
  await pool.query(`
    insert into product (key, revision, body, created_at, updated_at)
      values ('bench', 1, '${product}', now(), now());
    insert into product_revision (owner_id, revision, body, written_by, known_from)
      select id, 1, body, 'bench', created_at from product;
    insert into regression_check (key, revision, body, created_at, updated_at)
      select 'check-' || n, 1, '${check}', now(), now() from generate_series(1, 10) as n;
    insert into regression_check_revision (owner_id, revision, body, written_by, known_from)
      select id, 1, body, 'bench', created_at from regression_check;
    insert into incident (key, status, revision, record, created_at, created_by, updated_at, updated_by)
      select 'HF-2024-' || lpad(n::text, 5, '0'), 'draft', 1, '${record}', now(), 'bench', now(), 'bench'
      from generate_series(1, ${size.incidents}) as n;
    insert into incident_revision (incident_id, revision, kind, status, record, written_by, known_from)
      select id, 1, 'edit', 'draft', record, 'bench', created_at from incident;
    insert into incident_check (incident_id, check_id, why, known_from)
      select incident.id, regression_check.id, 'It guards.', now() from incident
      join regression_check on regression_check.id = 1 + incident.id % 10
      where incident.id <= 50;
    insert into release (product_id, version, canonical_version, point, revision, body, registered_at, updated_at, last_fact_at)
      select 1, '1.' || n, '1.' || n, '${pointOf(sortKeyOf('1.1'), 'bench')}', 1, '${facts}', now(), now(), now()
      from generate_series(1, ${size.releases}) as n;
    insert into release_revision (owner_id, revision, body, written_by, known_from)
      select id, 1, body, 'bench', registered_at from release;
    insert into run (release_id, key, first_received_at)
      select release.id, 'run-' || n, now() + n * interval '1 microsecond'
      from release, generate_series(1, 4) as n;
    insert into run_report (run_id, received_at, fingerprint)
      select id, first_received_at, sha256(id::text::bytea) from run;
    insert into result (release_id, run_id, check_id, outcome, artifacts, failed_cases, received_at, submitted_by)
      select run.release_id, run.id, regression_check.id,
        case when regression_check.id <= 2 then 'failed' else 'passed' end, '{}', '{}', run.first_received_at, 'bench'
      from run, regression_check;
    insert into waiver (release_id, check_id, reason, requested_by, requested_at, expires_at)
      select release.id, regression_check.id, 'For the bench.', 'bench', now(), now() + interval '30 days'
      from release, regression_check where regression_check.id <= 4;
    insert into waiver_approval (waiver_id, approved_by, approved_at, approved_over)
      select id, 'somebody', requested_at, 'failed' from waiver;
  `);
  const ranges = Array.from({ length: size.incidents }, (_, n) => ({
    versions: `vers:intdot/>=0.${n}|<0.${n + 1}`,
    from: pointOf(sortKeyOf(`0.${n}`), 'bench'),
    to: pointOf(sortKeyOf(`0.${n + 1}`), 'bench'),
  }));
  await sql`
    insert into incident_affected (incident_id, product, versions, span, known_from)
    select n, 'bench', range ->> 'versions', text_span(range ->> 'from', range ->> 'to', '[]'), now()
    from jsonb_array_elements(${json(ranges)}::jsonb) with ordinality as ranges (range, n)
  `.execute(db);
  await pool.query('analyze');
  await assertCounts({ pool, db }, size);
}

async function assertCounts({ db }: Pick<OpenDatabase, 'db' | 'pool'>, size: Size): Promise<void> {
  const { rows } = await sql<{ results: number; waivers: number; incidents: number }>`
    select (select count(*) from result) as results, (select count(*) from waiver) as waivers,
      (select count(*) from incident_affected) as incidents
  `.execute(db);
  const [counted] = rows;
  const { releases, incidents } = size;
  if (
    counted?.results !== resultsOf(size) ||
    counted.waivers !== releases * 4 ||
    counted.incidents !== incidents
  ) {
    throw new Error(`Filled with ${json(counted)}.`);
  }
}

/** The secret of a token by which everything can be asked. */
export async function tokenIn({ db }: Pick<OpenDatabase, 'db'>): Promise<string> {
  const secret = newSecret();
  await insertToken(db, {
    name: 'bench',
    role: 'pipeline',
    products: null,
    expiresAt: null,
    secretHash: hashOf(secret),
    createdBy: 'bench',
  });
  return secret;
}

/** The measurement means nothing unless this is the decision that was meant. */
export function assertDecision(bytes: string): void {
  const { verdict, answers } = JSON.parse(bytes);
  const waived = answers?.filter(({ status }: { status: string }) => status === 'waived').length;
  if (verdict !== 'passed_with_waivers' || answers.length !== 10 || waived !== 2) {
    throw new Error(`Not the decision that was meant: ${bytes.slice(0, 500)}`);
  }
}

function sortKeyOf(version: string): string {
  const reading = checkVersion('intdot', version);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.sortKey;
}
