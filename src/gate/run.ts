/** What a run says: its reports are judged together, and runs have one order. */
import type { CheckFact, Outcome, ResultFact, RunFact } from './facts.ts';
import { compareStatuses } from './gravity.ts';
import { compareInstants, notAfter } from './instant.ts';
import type { Known } from './known.ts';

/** What a run says of one check and variant on one build. */
export interface JudgedRun {
  run: RunFact;
  status: Outcome | 'insufficient';
  /** The gravest of its results that count, of several the newest. */
  result: ResultFact;
  /** How many of its reports had come at the instant asked about. */
  reportsCome: number;
  /** What a canary or a soak reached. */
  reached: Reach;
}

/** Over the results of a run that count: machines add up, hours are the least. */
export interface Reach {
  machines: number;
  hours: number;
}

/** Every run with a result among these, by first receipt. The results are of one check, variant and build. */
export function judgeRuns(
  check: Pick<CheckFact, 'minimum'>,
  results: readonly ResultFact[],
  known: Pick<Known, 'runs' | 'asOf'>,
): JudgedRun[] {
  const byRun = new Map<string, ResultFact[]>();
  for (const result of results) {
    const ofRun = byRun.get(result.run);
    if (ofRun === undefined) byRun.set(result.run, [result]);
    else ofRun.push(result);
  }
  const judged: JudgedRun[] = [];
  for (const [key, ofRun] of byRun) {
    const run = known.runs.get(key);
    if (run === undefined) throw new Error(`The facts hold results of run ${key} without the run`);
    judged.push(judgeRun(check, run, ofRun, known));
  }
  return judged.sort((a, b) => compareRuns(a.run, b.run));
}

/** By first receipt; the key decides between two of the same instant, so that every reader sees one order. */
export function compareRuns(a: RunFact, b: RunFact): number {
  const order = compareInstants(a.firstReceivedAt, b.firstReceivedAt);
  return order !== 0 || a.key === b.key ? order : a.key < b.key ? -1 : 1;
}

/** Whether `a` speaks for its run rather than `b`: the graver, then the newer. */
export function outranks(a: ResultFact, b: ResultFact): boolean {
  const order =
    compareStatuses(a.outcome, b.outcome) || compareInstants(a.receivedAt, b.receivedAt);
  return order === 0 ? a.id < b.id : order > 0;
}

/** A run is `running` until all its reports have come, but a failure is not hidden by what is still to come. */
function judgeRun(
  check: Pick<CheckFact, 'minimum'>,
  run: RunFact,
  results: readonly ResultFact[],
  known: Pick<Known, 'asOf'>,
): JudgedRun {
  const counting = withoutSuperseded(results);
  const result = counting.reduce((gravest, one) => (outranks(one, gravest) ? one : gravest));
  const reached = reachOf(counting);
  const reportsCome = run.receivedAt.filter((instant) => notAfter(instant, known.asOf)).length;

  let status: JudgedRun['status'] = result.outcome;
  if (status === 'passed' && fallsShort(check, reached)) status = 'insufficient';
  const incomplete = run.shards !== null && reportsCome < run.shards;
  if (incomplete && compareStatuses(status, 'running') < 0) status = 'running';
  return { run, status, result, reportsCome, reached };
}

/**
 * What came out replaces the word that it had begun, in whatever order they came: a `running` counts only where its run
 * says nothing else of the check, variant and build.
 */
function withoutSuperseded(results: readonly ResultFact[]): readonly ResultFact[] {
  const final = results.filter(({ outcome }) => outcome !== 'running');
  return final.length === 0 ? results : final;
}

/** What a result does not say counts as none: silence must not pass for evidence. */
function reachOf(results: readonly ResultFact[]): Reach {
  let machines = 0;
  let hours = Number.POSITIVE_INFINITY;
  for (const result of results) {
    machines += result.machines ?? 0;
    hours = Math.min(hours, result.hours ?? 0);
  }
  return { machines, hours };
}

function fallsShort({ minimum }: Pick<CheckFact, 'minimum'>, { machines, hours }: Reach): boolean {
  return minimum !== null && (machines < minimum.machines || hours < minimum.hours);
}
