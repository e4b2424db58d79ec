/** Results in the database, each in the run that it is judged in. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import { weighResults } from '../proof/revise-proof.ts';
import { nextFactAt } from '../store.ts';
import type { NewResult, ShardCount, StoredResult } from './result.ts';
import { type KeptRunReport, keepRun, keepRunReport, type ReportOfRun } from './run.ts';

/** What one call hands in. */
export interface NewReport extends ReportOfRun {
  releaseId: number;
  /** In their order. May be empty: the report has come all the same. */
  results: readonly NewResult[];
  submittedBy: string;
}

export type KeptReport =
  | {
      kind: 'kept';
      /** How much of the run has come. */
      shards: ShardCount;
      /** Of the results on record, in the order handed in. */
      ids: number[];
      /** False for a report that came already and says nothing new: nothing was stored. */
      changed: boolean;
    }
  | Extract<KeptRunReport, { kind: 'announces_more' }>;

/**
 * Stores the report as one fact about its release: everything in it becomes known at the same instant. Of a report that
 * came already only those results are stored that its run does not have word for word: a canary's machines add up.
 */
export async function keepReport(db: Change, report: NewReport): Promise<KeptReport> {
  const { releaseId, results } = report;
  // First of all, since it holds the release: whoever comes second is second for everyone.
  const receivedAt = await nextFactAt(db, releaseId);
  const runId = await keepRun(db, releaseId, report.run, receivedAt);
  const kept = await keepRunReport(db, runId, receivedAt, report);
  if (kept.kind === 'announces_more') return kept;
  const onRecord =
    kept.kind === 'came' ? new Map<number, number>() : await idsOnRecord(db, report, runId);
  const more = results.filter((_, place) => !onRecord.has(place));
  const added = await insertResults(db, { ...report, results: more }, runId, receivedAt);
  const changed = kept.kind === 'came' || added.length > 0;
  // Also without a result of its own: a report may complete the run that others stand in.
  if (changed) await weighResults(db, { releaseId, runId, at: receivedAt });
  const next = added.values();
  return {
    kind: 'kept',
    shards: kept.count,
    ids: results.map((_, place) => onRecord.get(place) ?? Number(next.next().value)),
    changed,
  };
}

/** Answers the ids, which rise in the order handed in. One statement for all of them. */
async function insertResults(
  db: Change,
  report: NewReport,
  runId: number,
  receivedAt: string,
): Promise<number[]> {
  if (report.results.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    insert into result (
      release_id, run_id, check_id, variant, outcome, reason, artifacts, evidence_url, finished_at, machines, hours,
      failed_cases, received_at, submitted_by
    )
    select
      ${report.releaseId}, ${runId}, check_id, variant, outcome, reason, artifacts, evidence_url, finished_at, machines,
      hours, failed_cases, ${receivedAt}, ${report.submittedBy}
    from (${handedIn(report)}) as handed
    order by place
    returning id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The ids of those results, by their place in the report, that their run has word for word. */
async function idsOnRecord(
  db: Change,
  report: NewReport,
  runId: number,
): Promise<Map<number, number>> {
  const said = (row: string) =>
    sql.raw(`jsonb_build_array(${row}.check_id, ${row}.variant, ${row}.outcome, ${row}.reason, ${row}.artifacts,
      ${row}.evidence_url, ${row}.finished_at, ${row}.machines, ${row}.hours, ${row}.failed_cases)`);
  const { rows } = await sql<{ place: number; id: number }>`
    select handed.place, min(result.id) as id
    from (${handedIn(report)}) as handed
    join result on ${said('result')} = ${said('handed')}
    where result.release_id = ${report.releaseId} and result.run_id = ${runId}
    group by handed.place
  `.execute(db);
  return new Map(rows.map(({ place, id }) => [place, id]));
}

/** The results of a report as rows, each with its place in it and the artifacts that it belongs to. */
function handedIn({ releaseId, results }: NewReport) {
  const handed = JSON.stringify(results.map((result, place) => ({ ...result, place })));
  return sql`
    select
      place, "checkId" as check_id, variant, outcome, reason, "evidenceUrl" as evidence_url, "finishedAt" as finished_at,
      machines, hours, "failedCases" as failed_cases,
      case when artifact is not null then array[artifact]
        else array(select jsonb_path_query(release.body, '$.artifacts[*].sha256') #>> '{}') end as artifacts
    from release, jsonb_to_recordset(${handed}::jsonb) as one (
      place integer, "checkId" bigint, variant jsonb, outcome text, reason text, artifact text, "evidenceUrl" text,
      "finishedAt" timestamptz, machines integer, hours double precision, "failedCases" text[]
    )
    where release.id = ${releaseId}`;
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
