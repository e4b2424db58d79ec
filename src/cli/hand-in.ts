/** Hands in files with results, as one run where there are several. */
import { createHash, randomUUID } from 'node:crypto';
import type { components } from '../contract/types.gen.ts';
import type { Variant } from '../gate/facts.ts';
import { type Answer, ask } from './answer.ts';
import { fetchWithin } from './connection.ts';
import { AskedWrongly } from './exit-code.ts';
import type { ReportFile, ResultsInput } from './report-file.ts';
import type { Session } from './session.ts';
import { pairsOf } from './variant.ts';

export type Receipt =
  | components['schemas']['TestReportReceipt']
  | components['schemas']['ResultsReceipt'];

export interface Release {
  product: string;
  version: string;
}

/** What is said of all files of one call. */
export interface Tested {
  variant?: Variant;
  /** SHA-256. */
  artifact?: string;
}

/** Which run the files belong to. Without a name, one file is a run of its own. */
export type Run = { kind: 'own' } | { kind: 'named'; run: string; shards: number | undefined };

/** A call may take long: a report can be large. */
const secondsForReport = 600;

/** Throws `AskedWrongly` where the files or the options contradict each other. */
export function runOf(files: readonly ReportFile[], given: { run?: string; shards?: number }): Run {
  if (given.run === undefined && given.shards !== undefined) {
    throw new AskedWrongly('--shards counts the reports of a run: give --run as well.');
  }
  if (given.shards !== undefined && given.shards < files.length) {
    throw new AskedWrongly(`--shards says ${given.shards}, but here are ${files.length} files.`);
  }
  const run = decideRun(files, given);
  if (run.kind === 'named') for (const file of files) refuseOtherRun(file, run);
  return run;
}

function decideRun(files: readonly ReportFile[], given: { run?: string; shards?: number }): Run {
  if (given.run !== undefined) return { kind: 'named', run: given.run, shards: given.shards };
  if (files.length === 1) return { kind: 'own' };
  return { kind: 'named', run: randomUUID(), shards: files.length };
}

function refuseOtherRun(file: ReportFile, { run, shards }: { run: string; shards?: number }): void {
  if (file.kind === 'report') return;
  const { body, path } = file;
  const differs =
    (body.run !== undefined && body.run !== run) ||
    (body.shards !== undefined && shards !== undefined && body.shards !== shards);
  if (!differs) return;
  throw new AskedWrongly(
    `${path} names a run itself, other than this call's. Hand it in alone, or take run and shards out of it.`,
  );
}

/** Sends one file. Safe to repeat with the same `key`. */
export function handIn(
  { client }: Session,
  { product, version }: Release,
  file: ReportFile,
  tested: Tested,
  run: Run,
  key: string,
): Promise<Answer<Receipt>> {
  const path = { product, version };
  const header = { 'Idempotency-Key': key };
  const named = namingOf(run);
  if (file.kind === 'results') {
    return ask(
      client.POST('/v1/products/{product}/releases/{version}/results', {
        params: { path, header },
        body: { ...completed(file.body, tested), ...named },
      }),
    );
  }
  const { variant = {}, artifact } = tested;
  return ask(
    client.POST('/v1/products/{product}/releases/{version}/test-reports', {
      params: { path, header, query: { variant: pairsOf(variant), artifact, ...named } },
      headers: { 'content-type': 'application/xml' },
      // The contract's type for bytes is text; they are sent as they are.
      body: file.bytes as unknown as string,
      bodySerializer: (bytes) => bytes,
      fetch: fetchWithin(secondsForReport * 1000),
    }),
  );
}

/** What is not said stays out, so that it overrides nothing that a file says. */
function namingOf(run: Run): { run?: string; shards?: number } {
  if (run.kind === 'own') return {};
  return run.shards === undefined ? { run: run.run } : { run: run.run, shards: run.shards };
}

/**
 * An `Idempotency-Key` for a file. In a run that the caller named, the same file is the same shard however often the
 * call is made; otherwise every call is a run of its own.
 */
export function keyFor(
  release: Release,
  file: ReportFile,
  index: number,
  tested: Tested,
  run: Run,
): string {
  if (run.kind === 'own') return randomUUID();
  const { variant = {}, artifact = null } = tested;
  const identity = [release.product, release.version, run.run, run.shards ?? null, index];
  const content = [...identity, pairsOf(variant).sort(), artifact, file.sha256];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Each result that does not say on what it ran, told by the options. */
function completed(body: ResultsInput, { variant, artifact }: Tested): ResultsInput {
  // What is no list of objects goes as it is: the service says what is wrong with it.
  if (!Array.isArray(body.results)) return body;
  const said = { ...(variant && { variant }), ...(artifact && { artifactSha256: artifact }) };
  const results = body.results.map((result) =>
    typeof result === 'object' && result !== null ? { ...said, ...result } : result,
  );
  return { ...body, results };
}
