/** Which result counts for a requirement, and how the requirement stands by it, before any waiver. */
import type { UnmetStatus } from './decision.ts';
import type { CheckFact, ResultFact } from './facts.ts';
import { compareStatuses } from './gravity.ts';
import type { Known } from './known.ts';
import { compareRuns, type JudgedRun, judgeRuns, outranks } from './run.ts';

/** How a requirement stands, and the run that it stands on: null where nothing was reported. */
export type Standing = {
  /** How many runs failed or errored that a later run replaced with a pass on the same build. */
  earlierFailures: number;
} & ({ status: 'passed'; by: JudgedRun } | { status: UnmetStatus; by: JudgedRun | null });

/**
 * How a check stands with these results, all of them of one variant and known at the instant asked about. On each
 * build the newest run counts, since a rerun replaces a flake; of several builds the gravest speaks.
 */
export function stand(check: CheckFact, results: readonly ResultFact[], known: Known): Standing {
  const replacedRuns = new Set<string>();
  let gravest: JudgedRun | null = null;
  for (const ofBuild of resultsByBuild(results, known.artifacts)) {
    const runs = judgeRuns(check, ofBuild, known);
    for (const key of replacedFailures(runs)) replacedRuns.add(key);
    const latest = runs.at(-1);
    if (latest && (gravest === null || speaksBefore(latest, gravest))) gravest = latest;
  }
  if (gravest !== null) {
    return { status: gravest.status, by: gravest, earlierFailures: replacedRuns.size };
  }
  const elsewhere = judgeRuns(check, results, known).at(-1) ?? null;
  return {
    status: elsewhere === null ? 'missing' : 'other_build',
    by: elsewhere,
    earlierFailures: 0,
  };
}

/**
 * The results on each listed artifact; all of them together where the release lists none. Results on no listed
 * artifact belong to another build. An artifact without any result is not among the builds: a release often lists
 * files that a check never touches (symbols, an installer beside its driver), and to ask for a result on each would
 * make every check a matrix that nobody declared. Who needs a check on each artifact lists variants.
 */
export function resultsByBuild(
  results: readonly ResultFact[],
  artifacts: ReadonlySet<string>,
): readonly (readonly ResultFact[])[] {
  if (results.length === 0) return [];
  if (artifacts.size === 0) return [results];
  const builds = new Map<string, ResultFact[]>();
  for (const result of results) {
    for (const artifact of new Set(result.artifacts)) {
      if (!artifacts.has(artifact)) continue;
      const ofBuild = builds.get(artifact);
      if (ofBuild === undefined) builds.set(artifact, [result]);
      else ofBuild.push(result);
    }
  }
  // In the order of their hashes: of builds that stand alike the first speaks, whatever order the facts had.
  return [...builds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofBuild]) => ofBuild);
}

/** Of runs by first receipt: the keys of those that failed or errored before one that passed. */
function replacedFailures(runs: readonly JudgedRun[]): string[] {
  const lastPass = runs.findLastIndex(({ status }) => status === 'passed');
  return runs
    .slice(0, Math.max(lastPass, 0))
    .filter(({ status }) => status === 'failed' || status === 'errored')
    .map(({ run }) => run.key);
}

/** Whether `a` speaks for the release rather than `b`: the graver, then the newer. */
function speaksBefore(a: JudgedRun, b: JudgedRun): boolean {
  const order = compareStatuses(a.status, b.status) || compareRuns(a.run, b.run);
  return order === 0 ? outranks(a.result, b.result) : order > 0;
}
