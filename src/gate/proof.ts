/** Whether a check is proven to catch an incident: what it shows on faulty versions and on later ones. */
import type { CheckFact, Instant, Proof, ResultFact, RunFact, VersRange } from './facts.ts';
import { judgeRuns } from './run.ts';
import { resultsByBuild } from './standing.ts';
import { variantKey } from './variant.ts';
import { isNewer, liesBehindStart, liesIn } from './version-range.ts';

/** What a check shows on one release, in one variant. */
export interface Evidence {
  /** The variant's key, empty for none. */
  variant: string;
  outcome: 'failed' | 'passed';
}

export interface ReleaseEvidence extends Evidence {
  product: string;
  version: string;
}

/** A range of a product's versions that an incident affects. */
export interface FaultyRange {
  product: string;
  versions: VersRange;
}

/**
 * `proven` when the check failed on a version that the incident affects, and passed, in the same variant, on a newer
 * version of that product that it does not affect. Else `red_only` when it failed on an affected version, `green_only`
 * when it passed on an unaffected one that is newer than the first affected one, `unproven` when it did neither.
 */
export function proofOf(
  evidence: readonly ReleaseEvidence[],
  ranges: readonly FaultyRange[],
): Proof {
  const reds: (ReleaseEvidence & { range: VersRange })[] = [];
  const greens: ReleaseEvidence[] = [];
  for (const one of evidence) {
    const ofProduct = ranges.filter(({ product }) => product === one.product);
    const around = ofProduct.find(({ versions }) => liesIn(one.version, versions));
    if (around !== undefined) {
      if (one.outcome === 'failed') reds.push({ ...one, range: around.versions });
    } else if (
      one.outcome === 'passed' &&
      ofProduct.some(({ versions }) => liesBehindStart(one.version, versions))
    ) {
      greens.push(one);
    }
  }
  const turnedGreen = reds.some((red) =>
    greens.some(
      ({ product, variant, version }) =>
        product === red.product &&
        variant === red.variant &&
        isNewer(version, red.version, red.range),
    ),
  );
  if (turnedGreen) return 'proven';
  if (reds.length > 0) return 'red_only';
  return greens.length > 0 ? 'green_only' : 'unproven';
}

/**
 * What a check's results on one release show, by variant: on each build the newest run that
 * failed or passed speaks, since a rerun replaces a flake, and of several builds one that failed. A run that is not
 * complete, or that errored, skipped or fell short, shows nothing. Variants that the check no longer lists speak too: the
 * list follows the machines of today, and what was shown on older ones stays shown.
 */
export function evidenceOn(
  release: { artifacts: readonly string[]; runs: readonly RunFact[] },
  check: Pick<CheckFact, 'minimum'>,
  results: readonly ResultFact[],
  asOf: Instant,
): Evidence[] {
  const byVariant = new Map<string, ResultFact[]>();
  for (const result of results) {
    const variant = variantKey(result.variant);
    const ofVariant = byVariant.get(variant);
    if (ofVariant === undefined) byVariant.set(variant, [result]);
    else ofVariant.push(result);
  }
  const runs = new Map(release.runs.map((run) => [run.key, run]));
  const artifacts = new Set(release.artifacts);
  return [...byVariant].flatMap(([variant, ofVariant]) => {
    const outcomes = resultsByBuild(ofVariant, artifacts).flatMap((ofBuild) => {
      const judged = judgeRuns(check, ofBuild, { runs, asOf });
      return judged.map(({ status }) => status).findLast(isTelling) ?? [];
    });
    if (outcomes.length === 0) return [];
    return [{ variant, outcome: outcomes.includes('failed') ? 'failed' : 'passed' }];
  });
}

function isTelling(status: string): status is Evidence['outcome'] {
  return status === 'failed' || status === 'passed';
}

/** How what a check shows on one release moved, over all of its variants. */
export interface EvidenceChange {
  gained: ReadonlySet<Evidence['outcome']>;
  lost: ReadonlySet<Evidence['outcome']>;
}

/**
 * Whether the change can move a proof. On an affected version only failures count and elsewhere only passes, and one more
 * says nothing new where one is enough: so most results of most releases move nothing, and nobody has to look.
 */
export function mayMoveProof(
  { proof, ranges }: { proof: Proof; ranges: readonly FaultyRange[] },
  release: { product: string; version: string },
  { gained, lost }: EvidenceChange,
): boolean {
  const ofProduct = ranges.filter(({ product }) => product === release.product);
  if (ofProduct.length === 0) return false;
  if (ofProduct.some(({ versions }) => liesIn(release.version, versions))) {
    return lost.has('failed') || (gained.has('failed') && proof !== 'proven');
  }
  const lacksPass = proof === 'red_only' || proof === 'unproven';
  return lost.has('passed') || (gained.has('passed') && lacksPass);
}
