/** Results in the database, with the runs that they are judged in. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import { nextFactAt } from '../store.ts';
import type { NewResult, ShardCount, StoredResult } from './result.ts';

/** One report of a run: what one call hands in. */
export interface NewReport {
  releaseId: number;
  /** The run's name; a name of its own makes it a run of its own. */
  run: string;
  /** How many reports the run will have; null where nothing is said. */
  shards: number | null;
  /** In their order. May be empty: the report has come all the same. */
  results: readonly NewResult[];
  submittedBy: string;
}

/**
 * Stores the report as one fact about its release: everything in it becomes known at the same instant. Answers the
 * ids of the results in the order handed in, and how much of the run has come.
 */
export async function keepReport(
  db: Change,
  report: NewReport,
): Promise<{ shards: ShardCount; ids: number[] }> {
  // First of all, since it holds the release: whoever comes second is second for everyone.
  const receivedAt = await nextFactAt(db, report.releaseId);
  const runId = await keepRun(db, report, receivedAt);
  const shards = await keepRunReport(db, runId, receivedAt, report.shards);
  return { shards, ids: await insertResults(db, report, runId, receivedAt) };
}

async function keepRun(
  db: Change,
  { releaseId, run: key }: NewReport,
  receivedAt: string,
): Promise<number> {
  const run = { release_id: releaseId, key, first_received_at: receivedAt };
  const { id } = await db
    .insertInto('run')
    .values(run)
    // Changes nothing, and answers the row that is there.
    .onConflict((conflict) => conflict.columns(['release_id', 'key']).doUpdateSet({ key }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Of several announcements the largest counts: waiting for a report too many is seen, one too few is not. */
async function keepRunReport(
  db: Change,
  runId: number,
  receivedAt: string,
  shards: number | null,
): Promise<ShardCount> {
  await db
    .insertInto('run_report')
    .values({ run_id: runId, received_at: receivedAt, shards })
    .execute();
  return db
    .selectFrom('run_report')
    .select(({ fn }) => [fn.countAll<number>().as('received'), fn.max('shards').as('announced')])
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
}

/** One statement for all of them; ids rise in the order handed in. */
async function insertResults(
  db: Change,
  { releaseId, results, submittedBy }: NewReport,
  runId: number,
  receivedAt: string,
): Promise<number[]> {
  if (results.length === 0) return [];
  const handed = JSON.stringify(results.map((result, place) => ({ ...result, place })));
  const { rows } = await sql<{ id: number }>`
    insert into result (
      release_id, run_id, check_id, variant, outcome, reason, artifacts, evidence_url, finished_at, machines, hours,
      failed_cases, received_at, submitted_by
    )
    select
      release.id, ${runId}, handed."checkId", handed.variant, handed.outcome, handed.reason,
      case when handed.artifact is not null then array[handed.artifact]
        else array(select jsonb_path_query(release.body, '$.artifacts[*].sha256') #>> '{}') end,
      handed."evidenceUrl", handed."finishedAt", handed.machines, handed.hours, handed."failedCases",
      ${receivedAt}, ${submittedBy}
    from release, jsonb_to_recordset(${handed}::jsonb) as handed (
      place integer, "checkId" bigint, variant jsonb, outcome text, reason text, artifact text, "evidenceUrl" text,
      "finishedAt" timestamptz, machines integer, hours double precision, "failedCases" text[]
    )
    where release.id = ${releaseId}
    order by handed.place
    returning id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** By id, which is the order in which they were handed in. */
export async function resultsById(
  db: Kysely<Database>,
  ids: readonly number[],
): Promise<StoredResult[]> {
  return storedResults(db)
    .where('result.id', '=', sql<number>`any(${ids})`)
    .orderBy('result.id')
    .execute();
}

/** Newest first, from behind the result with the id `after`; of one check, or of all for null. */
export async function listResultsOf(
  db: Kysely<Database>,
  releaseId: number,
  { check, after, limit }: { check: string | null; after: number | null; limit: number },
): Promise<StoredResult[]> {
  return storedResults(db)
    .where('result.release_id', '=', releaseId)
    .$if(check !== null, (query) => query.where('regression_check.key', '=', check))
    .$if(after !== null, (query) => query.where('result.id', '<', after))
    .orderBy('result.id', 'desc')
    .limit(limit)
    .execute();
}

function storedResults(db: Kysely<Database>) {
  return db
    .selectFrom('result')
    .innerJoin('run', 'run.id', 'result.run_id')
    .innerJoin('regression_check', 'regression_check.id', 'result.check_id')
    .select([
      'result.id',
      'regression_check.key as check',
      'result.variant',
      'result.outcome',
      'result.reason',
      'run.key as run',
      'result.artifacts',
      'result.evidence_url',
      'result.finished_at',
      'result.machines',
      'result.hours',
      'result.failed_cases',
      'result.received_at',
      'result.submitted_by',
    ]);
}
