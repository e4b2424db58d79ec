/** When a check is proven to catch an incident: tables, and a slow model over generated evidence. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Evidence,
  evidenceOn,
  type FaultyRange,
  mayMoveProof,
  type Outcome,
  type Proof,
  proofOf,
  type ReleaseEvidence,
  type Variant,
} from '../../src/gate/index.ts';
import { at, noon, type Report, report, reported, result } from '../support/gate-facts.ts';

/** `failed 1.2`, or `passed 2.0 on s1` for the variant s1; of the product `sensor` unless `other/1.2` is written. */
function evidence(text: string): ReleaseEvidence {
  const [outcome, where = '', , variant = ''] = text.split(' ');
  const [version = '', product = 'sensor'] = where.split('/').reverse();
  return { outcome: outcome as Evidence['outcome'], product, version, variant };
}

const affected = (...ranges: string[]): FaultyRange[] =>
  ranges.map((range) => ({ product: 'sensor', versions: `vers:intdot/${range}` }));

const fault = affected('>=1.0|<1.5');

describe('proofOf', () => {
  test.each<[Proof, string, string[], FaultyRange[]]>([
    ['unproven', 'nothing was shown', [], fault],
    [
      'proven',
      'failed on a faulty version, passed on the fixed one',
      ['failed 1.2', 'passed 1.5'],
      fault,
    ],
    ['red_only', 'failed on a faulty version', ['failed 1.2'], fault],
    ['green_only', 'passed on a later version', ['passed 2.0'], fault],
    [
      'green_only',
      'passed on a faulty version too: it does not catch it',
      ['passed 1.2', 'passed 1.5'],
      fault,
    ],
    ['unproven', 'passed on a faulty version only', ['passed 1.2'], fault],
    ['unproven', 'passed on a version older than the fault', ['passed 0.9'], fault],
    ['unproven', 'failed on a version that was not faulty', ['failed 2.0'], fault],
    ['green_only', 'failed after the fix, passed later', ['failed 1.6', 'passed 1.7'], fault],
    [
      'red_only',
      'passed only on a version older than the fault',
      ['passed 0.9', 'failed 1.2'],
      fault,
    ],
    [
      'red_only',
      'passed between two faults, failed in the later one',
      ['passed 2.0', 'failed 3.1'],
      affected('>=1.0|<1.5', '>=3.0|<4.0'),
    ],
    [
      'proven',
      'failed in the earlier of two faults, passed between them',
      ['failed 1.2', 'passed 2.0'],
      affected('>=1.0|<1.5', '>=3.0|<4.0'),
    ],
    [
      'red_only',
      'passed in another fault of the same incident',
      ['failed 1.2', 'passed 3.1'],
      affected('>=1.0|<1.5', '>=3.0|<4.0'),
    ],
    [
      'proven',
      'passed on a version that the range excepts',
      ['failed 1.2', 'passed 1.4'],
      affected('>=1.0|!=1.4|<1.5'),
    ],
    ['red_only', 'no fixed version yet', ['failed 1.2', 'passed 9.0'], affected('>=1.0')],
    [
      'proven',
      'every version up to the fix is faulty',
      ['failed 0.1', 'passed 1.5'],
      affected('<1.5'),
    ],
    ['proven', 'in the same variant', ['failed 1.2 on s1', 'passed 1.5 on s1'], fault],
    ['red_only', 'in different variants', ['failed 1.2 on s1', 'passed 1.5 on s2'], fault],
    [
      'proven',
      'in one variant of two',
      ['failed 1.2 on s1', 'failed 1.2 on s2', 'passed 1.5 on s2'],
      fault,
    ],
    [
      'red_only',
      'passed on another product',
      ['failed 1.2', 'passed other/1.5'],
      [...fault, { product: 'other', versions: 'vers:intdot/<1.0' }],
    ],
    [
      'unproven',
      'shown on a product that is not affected',
      ['failed other/1.2', 'passed other/1.5'],
      fault,
    ],
    ['unproven', 'no version is known to be faulty', ['failed 1.2', 'passed 1.5'], []],
  ])('%s: %s', (proof, _, shown, ranges) => {
    expect(proofOf(shown.map(evidence), ranges)).toBe(proof);
    expect(proofOf(shown.map(evidence).reverse(), [...ranges].reverse())).toBe(proof);
  });

  test('versions are compared in their own scheme', () => {
    const ranges = [{ product: 'sensor', versions: 'vers:semver/>=9.0.0|<10.0.0' }];
    expect(proofOf([evidence('failed 9.9.0'), evidence('passed 10.0.0')], ranges)).toBe('proven');
    const before = [evidence('failed 9.9.0'), evidence('passed 8.10.0')];
    expect(proofOf(before, ranges)).toBe('red_only');
  });
});

describe('evidenceOn', () => {
  const weigh = (
    reports: readonly Report[],
    {
      artifacts = [] as string[],
      minimum = null as { machines: number; hours: number } | null,
    } = {},
  ) => {
    const { runs, results } = reported(...reports);
    return evidenceOn({ artifacts, runs }, { minimum }, results, noon);
  };
  const once = (outcome: Outcome, more = {}) => report(at('09:00'), [result('T', outcome, more)]);
  const then = (outcome: Outcome, more = {}) => report(at('10:00'), [result('T', outcome, more)]);
  const shown = (outcome: Evidence['outcome'], variant = '') => [{ variant, outcome }];

  test.each<[string, Evidence[], Evidence[]]>([
    ['a failure shows that', weigh([once('failed')]), shown('failed')],
    ['a pass shows that', weigh([once('passed')]), shown('passed')],
    [
      'the newest run speaks: a rerun replaces a flake',
      weigh([once('failed'), then('passed')]),
      shown('passed'),
    ],
    ['and a failure replaces a pass', weigh([once('passed'), then('failed')]), shown('failed')],
    ['an error shows nothing', weigh([once('errored')]), []],
    [
      'nor does it replace what was shown',
      weigh([once('failed'), then('errored')]),
      shown('failed'),
    ],
    [
      'a rerun that has begun replaces nothing',
      weigh([once('passed'), then('running')]),
      shown('passed'),
    ],
    ['a skipped run shows nothing', weigh([once('skipped')]), []],
    [
      'a build that the release does not list shows nothing',
      weigh([once('failed', { artifacts: ['z'] })], { artifacts: ['a'] }),
      [],
    ],
    [
      'of two builds one that failed speaks',
      weigh([once('failed', { artifacts: ['a'] }), then('passed', { artifacts: ['b'] })], {
        artifacts: ['a', 'b'],
      }),
      shown('failed'),
    ],
    [
      'a canary that fell short shows nothing',
      weigh([once('passed', { machines: 4, hours: 9 })], { minimum: { machines: 5, hours: 9 } }),
      [],
    ],
    [
      'one that reached its minimum does',
      weigh([once('passed', { machines: 5, hours: 9 })], { minimum: { machines: 5, hours: 9 } }),
      shown('passed'),
    ],
    [
      'a pass of a run that is not complete shows nothing',
      weigh([report(at('09:00'), [result('T', 'passed')], { run: 'r', shards: 2 })]),
      [],
    ],
    [
      'a failure of one does',
      weigh([report(at('09:00'), [result('T', 'failed')], { run: 'r', shards: 2 })]),
      shown('failed'),
    ],
  ])('%s', (_, weighed, expected) => {
    expect(weighed).toEqual(expected);
  });

  test('variants are told apart by their pairs, in any order', () => {
    const variants: (Variant | null)[] = [{ os: 's1', arch: 'x' }, { arch: 'x', os: 's1' }, null];
    const reports = variants.map((variant, hour) =>
      report(at(`0${hour + 1}:00`), [result('T', hour === 0 ? 'failed' : 'passed', { variant })]),
    );
    expect(weigh(reports)).toEqual([
      ...shown('passed', '{"arch":"x","os":"s1"}'),
      ...shown('passed'),
    ]);
  });
});

/** Every pair of results, one by one, versions as the numbers that they are. */
function slowProof(shown: readonly ReleaseEvidence[], ranges: readonly [number, number][]): Proof {
  const number = ({ version }: ReleaseEvidence) => Number(version);
  const faulty = (one: ReleaseEvidence) =>
    ranges.some(([from, to]) => number(one) >= from && number(one) < to);
  const behind = (one: ReleaseEvidence) => ranges.some(([from]) => number(one) > from);
  let [red, green, both] = [false, false, false];
  for (const one of shown) {
    if (one.outcome === 'failed' && faulty(one)) red = true;
    if (one.outcome === 'passed' && !faulty(one) && behind(one)) green = true;
    for (const two of shown) {
      if (one.outcome !== 'failed' || two.outcome !== 'passed') continue;
      if (!faulty(one) || faulty(two) || one.variant !== two.variant) continue;
      if (number(two) > number(one)) both = true;
    }
  }
  return both ? 'proven' : red ? 'red_only' : green ? 'green_only' : 'unproven';
}

const anyEvidence: fc.Arbitrary<ReleaseEvidence[]> = fc.uniqueArray(
  fc.record({
    product: fc.constant('sensor'),
    version: fc.nat({ max: 20 }).map(String),
    variant: fc.constantFrom('', 'a'),
    outcome: fc.constantFrom('failed' as const, 'passed' as const),
  }),
  { selector: ({ version, variant }) => `${version} ${variant}`, maxLength: 12 },
);

const anyRanges = fc
  .array(fc.tuple(fc.nat({ max: 18 }), fc.integer({ min: 1, max: 6 })), { maxLength: 3 })
  .map((pairs) => pairs.map(([from, length]): [number, number] => [from, from + length]));

describe('for any evidence and ranges', () => {
  const rangesOf = (pairs: readonly [number, number][]) =>
    affected(...pairs.map(([from, to]) => `>=${from}|<${to}`));

  test('the proof is that of a slow, obvious model', () => {
    fc.assert(
      fc.property(anyEvidence, anyRanges, (shown, pairs) => {
        expect(proofOf(shown, rangesOf(pairs))).toBe(slowProof(shown, pairs));
      }),
      { numRuns: 2000 },
    );
  });

  test('a change that is said to move nothing moves nothing', () => {
    fc.assert(
      fc.property(
        anyEvidence,
        anyEvidence,
        anyRanges,
        fc.nat({ max: 20 }),
        (some, others, pairs, n) => {
          // Both agree on every version but one.
          const version = String(n);
          const rest = some.filter((one) => one.version !== version);
          const before = [...rest, ...some.filter((one) => one.version === version)];
          const after = [...rest, ...others.filter((one) => one.version === version)];
          const outcomes = (these: ReleaseEvidence[], those: ReleaseEvidence[]) =>
            new Set(
              these
                .filter((one) => !those.some((other) => isSame(one, other)))
                .map(({ outcome }) => outcome),
            );
          const ranges = rangesOf(pairs);
          const proof = proofOf(before, ranges);
          const change = { gained: outcomes(after, before), lost: outcomes(before, after) };
          fc.pre(!mayMoveProof({ proof, ranges }, { product: 'sensor', version }, change));
          expect(proofOf(after, ranges)).toBe(proof);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function isSame(one: ReleaseEvidence, other: ReleaseEvidence): boolean {
  return (
    one.version === other.version && one.variant === other.variant && one.outcome === other.outcome
  );
}

test('most results move nothing: passes of a check that is proven, failures on versions without the fault', () => {
  const passed = { gained: new Set(['passed' as const]), lost: new Set<never>() };
  const failed = { gained: new Set(['failed' as const]), lost: new Set<never>() };
  const on = (version: string) => ({ product: 'sensor', version });
  expect(mayMoveProof({ proof: 'proven', ranges: fault }, on('2.0'), passed)).toBe(false);
  expect(mayMoveProof({ proof: 'green_only', ranges: fault }, on('2.0'), passed)).toBe(false);
  expect(mayMoveProof({ proof: 'unproven', ranges: fault }, on('2.0'), failed)).toBe(false);
  expect(mayMoveProof({ proof: 'unproven', ranges: fault }, on('1.2'), passed)).toBe(false);
  expect(mayMoveProof({ proof: 'unproven', ranges: [] }, on('1.2'), failed)).toBe(false);
});
