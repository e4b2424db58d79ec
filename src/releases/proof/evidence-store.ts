/** What the results of a release show of its checks, kept in the database as results come. */
import { type Kysely, sql } from 'kysely';
import { queryNamed } from '../../db/prepared-statement.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import {
  type CheckFact,
  type Evidence,
  type EvidenceChange,
  evidenceOn,
  type Facts,
} from '../../gate/index.ts';
import { inForce, listOf, resultFact, runFact } from '../gate-facts-sql.ts';

/** A release on which some checks show something else than before. */
export interface WeighedRelease {
  product: string;
  version: string;
  /** By check; those that show what they showed are left out. */
  changes: ReadonlyMap<number, EvidenceChange>;
}

/** The results to weigh: those of checks that have one in this run, or all that the release has for null. */
export interface ToWeigh {
  releaseId: number;
  runId: number | null;
  /** When the newest fact about the release became known. */
  at: string;
}

/** Weighs the results of a release anew, whose row is locked, and keeps what they show. Answers what moved. */
export async function reviseEvidence(db: Change, toWeigh: ToWeigh): Promise<WeighedRelease> {
  const { product, version, checks, runs, artifacts } = await loadResults(db, toWeigh);
  const lost: KeptEvidence[] = [];
  const gained: KeptEvidence[] = [];
  const changes = new Map<number, EvidenceChange>();
  for (const { id: checkId, minimum, results, evidence: before } of checks) {
    const after = evidenceOn({ artifacts, runs }, { minimum }, results, toWeigh.at);
    const gone = without(before, after).map((one) => ({ checkId, ...one }));
    const come = without(after, before).map((one) => ({ checkId, ...one }));
    if (gone.length === 0 && come.length === 0) continue;
    lost.push(...gone);
    gained.push(...come);
    changes.set(checkId, { gained: outcomesOf(come), lost: outcomesOf(gone) });
  }
  await deleteEvidence(db, toWeigh.releaseId, lost);
  await insertEvidence(db, toWeigh.releaseId, gained);
  return { product, version, changes };
}

type KeptEvidence = Evidence & { checkId: number };

function outcomesOf(some: readonly Evidence[]): Set<Evidence['outcome']> {
  return new Set(some.map(({ outcome }) => outcome));
}

function without(some: readonly Evidence[], others: readonly Evidence[]): Evidence[] {
  const nameOf = ({ variant, outcome }: Evidence) => `${outcome} ${variant}`;
  const names = new Set(others.map(nameOf));
  return some.filter((one) => !names.has(nameOf(one)));
}

interface Results {
  product: string;
  version: string;
  artifacts: string[];
  runs: Facts['runs'];
  checks: (Pick<CheckFact, 'minimum'> & {
    id: number;
    results: Facts['results'];
    /** As it was kept before. */
    evidence: Evidence[];
  })[];
}

/** Whether a list of variants has the result's; an empty one has all. */
const lists = (variants: string): string =>
  `(${variants} = '[]' or exists (select from jsonb_array_elements(${variants}) as one where one = result.variant))`;

/**
 * Those that the gate counts, or counted when they came: the list follows the machines of today, and what was shown on older
 * ones stays shown. A variant that nobody asked for shows nothing.
 */
const resultsOfCheck = listOf(
  resultFact('checked.key'),
  'result.id',
  `result join run on run.id = result.run_id
    where result.check_id = checked.id and result.release_id = release.id
      and (${lists('asked.variants')} or exists (
        select from regression_check_revision as state
          cross join lateral (select check_variants(checked.id, state.body, result.received_at) as variants) as earlier
        where state.owner_id = checked.id and ${inForce('state', 'result.received_at')} and ${lists('earlier.variants')}))`,
);

const evidenceOfCheck = listOf(
  `json_build_object('variant', variant, 'outcome', outcome)`,
  'variant',
  'check_evidence where check_id = checked.id and release_id = release.id',
);

const checks = listOf(
  `json_build_object('id', checked.id, 'minimum', checked.body -> 'minimum',
    'results', ${resultsOfCheck}, 'evidence', ${evidenceOfCheck})`,
  'checked.id',
  `regression_check as checked
    cross join lateral (select check_variants(checked.id, checked.body, 'infinity') as variants) as asked
    where checked.id in (
    select result.check_id from result
    where result.release_id = release.id and ($2::bigint is null or result.run_id = $2))`,
);

const runs = listOf(
  runFact,
  'run.id',
  `run cross join lateral (
      select max(report.shards) as shards,
        json_agg(instant_text(report.received_at) order by report.received_at) as received_at
      from run_report as report where report.run_id = run.id
    ) as reports
    where run.release_id = release.id`,
);

/** $1 the release, $2 the run or null. */
const resultsSql = `
select product.key as product, release.version, ${checks} as checks, ${runs} as runs,
  texts_of(jsonb_path_query_array(release.body, '$.artifacts[*].sha256')) as artifacts
from release join product on product.id = release.product_id where release.id = $1`;

async function loadResults(db: Kysely<Database>, { releaseId, runId }: ToWeigh): Promise<Results> {
  const values = [releaseId, runId];
  const statement = { name: 'results_to_weigh', text: resultsSql, values };
  const [found] = await queryNamed<Results>(db, statement);
  if (!found) throw new Error('A release without a row.');
  return found;
}

async function deleteEvidence(
  db: Change,
  releaseId: number,
  lost: readonly KeptEvidence[],
): Promise<void> {
  if (lost.length === 0) return;
  await sql`
    delete from check_evidence using ${asRows(lost)}
    where release_id = ${releaseId}::bigint and check_id = listed."checkId"
      and check_evidence.variant = listed.variant
  `.execute(db);
}

async function insertEvidence(
  db: Change,
  releaseId: number,
  gained: readonly KeptEvidence[],
): Promise<void> {
  if (gained.length === 0) return;
  await sql`
    insert into check_evidence (check_id, release_id, variant, outcome)
    select "checkId", ${releaseId}::bigint, variant, outcome from ${asRows(gained)}
  `.execute(db);
}

function asRows(evidence: readonly KeptEvidence[]) {
  return sql`jsonb_to_recordset(${JSON.stringify(evidence)}::jsonb)
    as listed ("checkId" bigint, variant text, outcome text)`;
}
