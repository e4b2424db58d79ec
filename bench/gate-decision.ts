/** The gate's decision against a bare route and against one that first makes one trivial query. */
import { Hono } from 'hono';
import { sql } from 'kysely';
import { hashOf, newSecret } from '../src/access/secret.ts';
import { insertToken } from '../src/access/store.ts';
import type { OpenDatabase } from '../src/db/connection.ts';
import { buildApp } from '../src/server/app.ts';
import { checkVersion, pointOf } from '../src/versions/index.ts';
import { type Figure, medianOf } from './figure.ts';
import { answersPerSecond, listen } from './load.ts';

const goal = 0.6;
const rounds = 5;
const gate = '/v1/products/bench/releases/1.1/gate';

/** 10 requirements, 2 of them waived, among 200,000 results and 20,000 waivers. */
export async function gateDecision(
  database: OpenDatabase,
  kind: Figure['database'],
  seconds: number,
): Promise<Figure[]> {
  await fill(database);
  const headers = { authorization: `Bearer ${await tokenIn(database)}` };
  const app = buildApp(
    database,
    { publicUrl: 'http://127.0.0.1', recordPrefix: 'HF', publisherName: 'Bench', signingKey: null },
    { error: (fields: object) => console.error(fields) },
  );
  const answer = await app.request(gate, { headers });
  const bytes = await answer.text();
  assertDecision(bytes);
  const service = await listen(app);
  const floors = await listen(floorsFor(database, bytes));
  const urls = {
    bare: `${floors.url}/bare`,
    query: `${floors.url}/query`,
    gate: service.url + gate,
  };
  for (const url of Object.values(urls)) await answersPerSecond(url, headers, 1);
  const measured = { bare: [] as number[], query: [] as number[], gate: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const name of ['bare', 'query', 'gate'] as const) {
      measured[name].push(await answersPerSecond(urls[name], headers, seconds));
    }
  }
  await service.close();
  await floors.close();
  const ratioTo = (floor: readonly number[]) =>
    medianOf(measured.gate.map((value, round) => value / (floor[round] ?? Number.NaN)));
  const figure = { database: kind, value: medianOf(measured.gate), unit: 'answers/s' };
  const ratio = ratioTo(measured.query);
  return [
    {
      ...figure,
      figure: 'gate decision to one-query floor',
      floor: medianOf(measured.query),
      ratio,
      goal: `≥ ${goal}`,
      met: ratio >= goal,
    },
    {
      ...figure,
      figure: 'gate decision to bare route',
      floor: medianOf(measured.bare),
      ratio: ratioTo(measured.bare),
      goal: null,
      met: null,
    },
  ];
}

function floorsFor({ pool }: OpenDatabase, bytes: string): Hono {
  const app = new Hono();
  const headers = { 'content-type': 'application/json' };
  app.get('/bare', (context) => context.body(bytes, 200, headers));
  app.get('/query', async (context) => {
    await pool.query('select 1');
    return context.body(bytes, 200, headers);
  });
  return app;
}

export async function tokenIn({ db }: OpenDatabase): Promise<string> {
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
function assertDecision(bytes: string): void {
  const { verdict, answers } = JSON.parse(bytes);
  const waived = answers?.filter(({ status }: { status: string }) => status === 'waived').length;
  if (verdict !== 'passed_with_waivers' || answers.length !== 10 || waived !== 2) {
    throw new Error(`Not the decision that was meant: ${bytes.slice(0, 500)}`);
  }
}

/**
 * 5,000 releases with 40 results (four runs of ten checks) and 4 waivers each. The release asked about is one of them: ten
 * checks, two of which failed and are waived. Fifty incidents stand behind the checks.
 */
export async function fill({ pool, db }: OpenDatabase): Promise<void> {
  const product = {
    name: 'Bench',
    versionScheme: 'intdot',
    components: [],
    platforms: [],
    waiverDaysMax: {},
  };
  const facts = {
    kind: 'content',
    components: null,
    platforms: null,
    changedPaths: null,
    artifacts: [],
  };
  const check = {
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
  };
  const record = { title: 'An incident', severity: 'sev3' };
  const body = JSON.stringify;
  await pool.query(`
    insert into product (key, revision, body, created_at, updated_at)
      values ('bench', 1, '${body({ ...product, rings: ['general'] })}', now(), now());
    insert into product_revision (owner_id, revision, body, written_by, known_from)
      select id, 1, body, 'bench', created_at from product;
    insert into regression_check (key, revision, body, created_at, updated_at)
      select 'check-' || n, 1, '${body(check)}', now(), now() from generate_series(1, 10) as n;
    insert into regression_check_revision (owner_id, revision, body, written_by, known_from)
      select id, 1, body, 'bench', created_at from regression_check;
    insert into incident (key, status, revision, record, created_at, created_by, updated_at, updated_by)
      select 'HF-2024-' || lpad(n::text, 4, '0'), 'draft', 1, '${body(record)}', now(), 'bench', now(), 'bench'
      from generate_series(1, 50) as n;
    insert into incident_revision (incident_id, revision, kind, status, record, written_by, known_from)
      select id, 1, 'edit', 'draft', record, 'bench', created_at from incident;
    insert into incident_check (incident_id, check_id, why, known_from)
      select incident.id, regression_check.id, 'It guards.', now() from incident
      join regression_check on regression_check.id = 1 + incident.id % 10;
    insert into incident_affected (incident_id, product, versions, span, known_from)
      select id, 'bench', 'vers:intdot/<1', text_span('bench ', '${pointOf(sortKeyOf('1'), 'bench')}', '[]'), now() from incident;
    insert into release (product_id, version, canonical_version, point, revision, body, registered_at, updated_at, last_fact_at)
      select 1, '1.' || n, '1.' || n, '${pointOf(sortKeyOf('1.1'), 'bench')}', 1, '${body(facts)}', now(), now(), now()
      from generate_series(1, 5000) as n;
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
    analyze;
  `);
  const { rows } = await sql<{ results: number; waivers: number }>`
    select (select count(*) from result) as results, (select count(*) from waiver) as waivers
  `.execute(db);
  const [counted] = rows;
  if (counted?.results !== 200_000 || counted.waivers !== 20_000) {
    throw new Error(`Filled with ${JSON.stringify(counted)}.`);
  }
}

function sortKeyOf(version: string): string {
  const reading = checkVersion('intdot', version);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.sortKey;
}
