/** The reports of a run in the database: each counts once, however often it comes. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { sql } from 'kysely';
import type { Change } from '../../db/write.ts';
import type { ShardCount } from './result.ts';

/** Where a report belongs, as its caller says. */
export interface ReportOfRun {
  /** The run's name; a name of its own makes it a run of its own. */
  run: string;
  /** How many reports the run will have; null where nothing is said. */
  shards: number | null;
  /** The caller's number for this one; null where it has none. */
  shard: number | null;
  /** Of what was handed in, by `fingerprintOf`. */
  fingerprint: Buffer;
}

/** SHA-256 of anything that JSON can write: equal for equal values, in whatever order their fields come. */
export function fingerprintOf(handedIn: unknown): Buffer {
  return createHash('sha256')
    .update(canonicalize(handedIn) ?? '')
    .digest();
}

/** Answers the run's id; the first report of a run makes it. */
export async function keepRun(
  db: Change,
  releaseId: number,
  key: string,
  receivedAt: string,
): Promise<number> {
  const { id } = await db
    .insertInto('run')
    .values({ release_id: releaseId, key, first_received_at: receivedAt })
    // Changes nothing, and answers the row that is there.
    .onConflict((conflict) => conflict.columns(['release_id', 'key']).doUpdateSet({ key }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type KeptRunReport =
  | { kind: 'came' | 'came_again'; count: ShardCount }
  /** It came before, when the run was to have fewer reports: what was true then is not changed. */
  | { kind: 'announces_more'; announced: number | null };

/** Counts a report, unless it came already. */
export async function keepRunReport(
  db: Change,
  runId: number,
  receivedAt: string,
  report: ReportOfRun,
): Promise<KeptRunReport> {
  const { shards, shard, fingerprint } = report;
  if (await cameAlready(db, runId, report)) {
    const count = await countReports(db, runId);
    if (shards === null || shards <= (count.announced ?? 0)) return { kind: 'came_again', count };
    return { kind: 'announces_more', announced: count.announced };
  }
  // Number three says that there are three at least, whatever else is said.
  const announced = shard === null ? shards : Math.max(shard, shards ?? 0);
  await db
    .insertInto('run_report')
    .values({ run_id: runId, received_at: receivedAt, shards: announced, shard, fingerprint })
    .execute();
  return { kind: 'came', count: await countReports(db, runId) };
}

/** By its number; where one of the two has none, by what is in it. */
async function cameAlready(
  db: Change,
  runId: number,
  { shard, fingerprint }: ReportOfRun,
): Promise<boolean> {
  const { rows } = await sql`
    select from run_report
    where run_id = ${runId} and (shard = ${shard}::integer
      or (fingerprint = ${fingerprint} and (shard is null or ${shard}::integer is null)))
    limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Of several announcements the largest counts: waiting for a report too many is seen, one too few is not. */
function countReports(db: Change, runId: number): Promise<ShardCount> {
  return db
    .selectFrom('run_report')
    .select(({ fn }) => [fn.countAll<number>().as('received'), fn.max('shards').as('announced')])
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
}
