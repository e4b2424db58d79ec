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
export type Run =
  | { kind: 'own' }
  | {
      kind: 'named';
      run: string;
      shards: number | undefined;
      /** The number of the first file in its run, the others follow; undefined where they are told by what they hold. */
      firstShard: number | undefined;
    };

/** What the options say of a run. */
export interface RunGiven {
  run?: string;
  shards?: number;
  shard?: number;
}

/** A call may take long: a report can be large. */
const secondsForReport = 600;

/** Throws `AskedWrongly` where the files or the options contradict each other. */
export function runOf(files: readonly ReportFile[], given: RunGiven): Run {
  const { run: name, shards, shard } = given;
  if (name === undefined && shards !== undefined) {
    throw new AskedWrongly('--shards counts the reports of a run: give --run as well.');
  }
  if (name === undefined && shard !== undefined) {
    throw new AskedWrongly('--shard numbers a report of a run: give --run as well.');
  }
  if (shards !== undefined && shards < files.length) {
    throw new AskedWrongly(`--shards says ${shards}, but here are ${files.length} files.`);
  }
  const last = (shard ?? 1) + files.length - 1;
  if (shards !== undefined && shards < last) {
    throw new AskedWrongly(
      `--shards says ${shards}, but the last file here would be number ${last}.`,
    );
  }
  const run = decideRun(files, given);
  for (const [index, file] of files.entries()) refuseOtherRun(file, namingOf(run, index));
  return run;
}

function decideRun(files: readonly ReportFile[], { run, shards, shard }: RunGiven): Run {
  if (run === undefined) {
    if (files.length === 1) return { kind: 'own' };
    return { kind: 'named', run: randomUUID(), shards: files.length, firstShard: 1 };
  }
  // Only where the whole run is here: of a part nobody knows which numbers the other calls use.
  const whole = files.length > 1 && shards === files.length;
  return { kind: 'named', run, shards, firstShard: shard ?? (whole ? 1 : undefined) };
}

function refuseOtherRun(file: ReportFile, naming: RunGiven): void {
  if (file.kind === 'report' || naming.run === undefined) return;
  const { body, path } = file;
  const differs = (['run', 'shards', 'shard'] as const).some(
    (name) => body[name] !== undefined && naming[name] !== undefined && body[name] !== naming[name],
  );
  if (!differs) return;
  throw new AskedWrongly(
    `${path} names a run itself, other than this call's. Hand it in alone, or take run, shards and shard out of it.`,
  );
}

/** Sends one file, the one at `index` of its call. Safe to repeat with the same `key`. */
export function handIn(
  { client }: Session,
  { product, version }: Release,
  file: ReportFile,
  index: number,
  tested: Tested,
  run: Run,
  key: string,
): Promise<Answer<Receipt>> {
  const path = { product, version };
  const header = { 'Idempotency-Key': key };
  const named = namingOf(run, index);
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
      headers: { 'content-type': file.mediaType },
      // The contract's type for bytes is text; they are sent as they are.
      body: file.bytes as unknown as string,
      bodySerializer: (bytes) => bytes,
      fetch: fetchWithin(secondsForReport * 1000),
    }),
  );
}

/** What is not said stays out, so that it overrides nothing that a file says. */
function namingOf(run: Run, index: number): RunGiven {
  if (run.kind === 'own') return {};
  const { shards, firstShard } = run;
  return {
    run: run.run,
    ...(shards !== undefined && { shards }),
    ...(firstShard !== undefined && { shard: firstShard + index }),
  };
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
  const { shards = null, firstShard = null } = run;
  const identity = [release.product, release.version, run.run, shards, firstShard, index];
  const content = [...identity, pairsOf(variant).sort(), artifact, file.sha256];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Each result that does not say on what it ran, told by the options. */
function completed(body: ResultsInput, { variant, artifact }: Tested): ResultsInput {
  // What is no object goes as it is: the service says what is wrong with it.
  const said = { ...(variant && { variant }), ...(artifact && { artifactSha256: artifact }) };
  const results = body.results.map((result) =>
    typeof result === 'object' && result !== null ? { ...said, ...result } : result,
  );
  return { ...body, results };
}
