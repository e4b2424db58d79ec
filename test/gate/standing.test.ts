/** Which result counts. */
import { describe, expect, test } from 'vitest';
import { decide, type Facts, type Outcome } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  facts,
  onlyAnswer,
  outcomes,
  outline,
  release,
  report,
  reported,
  result,
} from '../support/gate-facts.ts';

const T = check('T');
const passed = result('T', 'passed');
const failed = result('T', 'failed');
const skipped = result('T', 'skipped');
const errored = result('T', 'errored');
const running = result('T', 'running');

function statusOf(given: Partial<Facts>): string {
  return onlyAnswer(decided({ checks: [T], ...given })).status;
}

describe('reports of one run are judged together', () => {
  const shards = { run: 'r', shards: 2 };
  const table: [name: string, given: Partial<Facts>, status: string][] = [
    [
      'a failure in one report is not healed by a pass in another',
      reported(
        report(at('09:00'), [failed], { run: 'r' }),
        report(at('10:00'), [passed], { run: 'r' }),
      ),
      'failed',
    ],
    [
      'an error is graver than a failure',
      reported(
        report(at('09:00'), [errored], { run: 'r' }),
        report(at('10:00'), [failed], { run: 'r' }),
      ),
      'errored',
    ],
    [
      'what passed is no longer running, in whatever order that came',
      reported(
        report(at('09:00'), [running], { run: 'r' }),
        report(at('10:00'), [passed], { run: 'r' }),
      ),
      'passed',
    ],
    [
      'a word that it runs, received after its end, takes nothing back',
      reported(
        report(at('09:00'), [passed], { run: 'r' }),
        report(at('10:00'), [running], { run: 'r' }),
      ),
      'passed',
    ],
    [
      'what was skipped is no longer running either',
      reported(report(at('09:00'), [skipped, running, passed])),
      'skipped',
    ],
    [
      'the end of one run is not the end of the next',
      reported(report(at('09:00'), [passed]), report(at('10:00'), [running])),
      'running',
    ],
    [
      'the end on one artifact is not the end on another',
      {
        release: release({ artifacts: ['a', 'b'] }),
        ...reported(
          report(at('09:00'), [
            result('T', 'running', { artifacts: ['a', 'b'] }),
            result('T', 'passed', { artifacts: ['a'] }),
          ]),
        ),
      },
      'running',
    ],
    [
      'while announced reports are to come, what passed runs on',
      reported(report(at('09:00'), [running, passed], shards)),
      'running',
    ],
    ['skipped is graver than passed', reported(report(at('09:00'), [passed, skipped])), 'skipped'],
    [
      'two shards announced, one came and passed',
      reported(report(at('09:00'), [passed], shards)),
      'running',
    ],
    [
      'one of two shards came and was skipped',
      reported(report(at('09:00'), [skipped], shards)),
      'running',
    ],
    [
      'one of two shards came and failed',
      reported(report(at('09:00'), [failed], shards)),
      'failed',
    ],
    [
      'both shards came and passed',
      reported(report(at('09:00'), [passed], shards), report(at('09:10'), [passed], shards)),
      'passed',
    ],
    [
      'both shards came, one of them without a result of this check',
      reported(report(at('09:00'), [passed], shards), report(at('09:10'), [], shards)),
      'passed',
    ],
  ];
  test.each(table)('%s', (_, given, status) => {
    expect(statusOf(given)).toBe(status);
  });

  test('a shard that comes later does not complete the run before', () => {
    const given = facts({
      checks: [T],
      ...reported(report(at('09:00'), [passed], shards), report(at('10:00'), [passed], shards)),
    });
    expect(decide(given, '2024-08-12T09:59:59Z').verdict).toBe('pending');
    expect(decide(given, at('10:00')).verdict).toBe('passed');
  });
});

describe('the newest run counts', () => {
  const table: [name: string, given: Partial<Facts>, status: string][] = [
    [
      'runs order by first receipt, not by their last report',
      reported(
        report(at('09:00'), [failed], { run: 'early' }),
        report(at('09:30'), [passed], { run: 'late' }),
        report(at('10:00'), [failed], { run: 'early' }),
      ),
      'passed',
    ],
    [
      'a run that began later and is not complete replaces an earlier failure',
      reported(
        report(at('09:00'), [failed]),
        report(at('10:00'), [passed], { run: 'r', shards: 2 }),
      ),
      'running',
    ],
    [
      'a run without a result of this check replaces nothing',
      reported(report(at('09:00'), [failed]), report(at('10:00'), [result('U', 'passed')])),
      'failed',
    ],
    [
      'of two runs first received at the same instant the one with the greater key counts',
      reported(
        report(at('09:00'), [failed], { run: 'a' }),
        report(at('09:00'), [passed], { run: 'b' }),
      ),
      'passed',
    ],
    [
      'a fraction of a second orders runs',
      reported(
        report('2024-08-12T09:00:00.000001Z', [passed]),
        report('2024-08-12T09:00:00Z', [failed]),
      ),
      'passed',
    ],
  ];
  test.each(table)('%s', (_, given, status) => {
    expect(statusOf(given)).toBe(status);
  });
});

describe('builds', () => {
  const on = (artifacts: string[], outcome: 'passed' | 'failed' | 'running') =>
    result('T', outcome, { artifacts });
  const table: [name: string, listed: string[], given: Partial<Facts>, status: string][] = [
    [
      'a result on an artifact that is not listed is one of another build',
      ['a'],
      reported(report(at('09:00'), [on(['z'], 'passed')])),
      'other_build',
    ],
    [
      'a result from before any artifact was listed is one of another build',
      ['a'],
      reported(report(at('09:00'), [on([], 'passed')])),
      'other_build',
    ],
    [
      'a later pass on another build leaves a failure on the listed one',
      ['a'],
      reported(
        report(at('09:00'), [on(['a'], 'failed')]),
        report(at('10:00'), [on(['z'], 'passed')]),
      ),
      'failed',
    ],
    [
      'a failure on another build does not speak against the listed one',
      ['a'],
      reported(
        report(at('09:00'), [on(['a'], 'passed')]),
        report(at('10:00'), [on(['z'], 'failed')]),
      ),
      'passed',
    ],
    [
      'a pass of one artifact does not replace a failure of another',
      ['a', 'b'],
      reported(
        report(at('09:00'), [on(['a'], 'failed')]),
        report(at('10:00'), [on(['b'], 'passed')]),
      ),
      'failed',
    ],
    [
      'a rerun on the artifact that failed does',
      ['a', 'b'],
      reported(
        report(at('09:00'), [on(['a'], 'failed'), on(['b'], 'passed')]),
        report(at('10:00'), [on(['a'], 'passed')]),
      ),
      'passed',
    ],
    [
      'a result without an artifact of its own speaks for all those listed when it came',
      ['a', 'b'],
      reported(
        report(at('09:00'), [on(['a'], 'failed')]),
        report(at('10:00'), [on(['a', 'b'], 'passed')]),
      ),
      'passed',
    ],
    [
      'an artifact that nobody tested does not make the check missing',
      ['a', 'b'],
      reported(report(at('09:00'), [on(['a'], 'passed')])),
      'passed',
    ],
    [
      'where the release lists no artifact every result counts',
      [],
      reported(
        report(at('09:00'), [on(['a'], 'failed')]),
        report(at('10:00'), [on(['b'], 'passed')]),
      ),
      'passed',
    ],
  ];
  test.each(table)('%s', (_, artifacts, given, status) => {
    expect(statusOf({ ...given, release: release({ artifacts }) })).toBe(status);
  });

  test('an answer of another build names the newest result there is', () => {
    const answer = onlyAnswer(
      decided({
        checks: [T],
        release: release({ artifacts: ['a'] }),
        ...reported(
          report(at('09:00'), [on(['y'], 'failed')]),
          report(at('10:00'), [on(['z'], 'passed')]),
        ),
      }),
    );
    expect(answer.result?.receivedAt).toBe(at('10:00'));
  });
});

test('of builds that stand alike the same one speaks, in whatever order their results came', () => {
  const C = check('C', { minimum: { machines: 9, hours: 0 } });
  const both = result('C', 'passed', { id: '1', artifacts: ['a', 'b'], machines: 1 });
  const one = result('C', 'passed', { id: '2', artifacts: ['b'], machines: 2 });
  const next = [
    [both, one],
    [one, both],
  ].map((results) => {
    const given = reported(report(at('09:00'), results));
    return onlyAnswer(
      decided({ checks: [C], release: release({ artifacts: ['b', 'a'] }), ...given }),
    ).next;
  });
  expect(next[0]).toContain('of which it reached 1 and 0');
  expect(next[1]).toBe(next[0]);
});

describe('variants', () => {
  const on = (os: string, outcome: 'passed' | 'failed') =>
    result('T', outcome, { variant: { os } });
  const both = reported(report(at('09:00'), [on('s1', 'failed'), on('s2', 'passed')]));

  test('a check without variants is one requirement for each that was reported', () => {
    expect(outline(decided({ checks: [T], ...both }))).toEqual([
      'blocked',
      'T on os=s1 failed',
      'T on os=s2 passed',
    ]);
  });

  test('no variant is a variant of its own', () => {
    const given = reported(report(at('09:00'), [on('s1', 'passed'), failed]));
    expect(outline(decided({ checks: [T], ...given }))).toEqual([
      'blocked',
      'T failed',
      'T on os=s1 passed',
    ]);
  });

  test('the order of its pairs does not tell a variant from another', () => {
    const given = reported(
      report(at('09:00'), [result('T', 'failed', { variant: { os: 's1', arch: 'x64' } })]),
      report(at('10:00'), [result('T', 'passed', { variant: { arch: 'x64', os: 's1' } })]),
    );
    expect(outline(decided({ checks: [T], ...given }))).toEqual([
      'passed',
      'T on arch=x64, os=s1 passed',
    ]);
  });

  test('a check that lists variants asks for those only, and the others are shown as ignored', () => {
    const decision = decided({ checks: [check('T', { variants: [{ os: 's2' }] })], ...both });
    expect(outline(decision)).toEqual(['passed', 'T on os=s2 passed']);
    expect(decision.ignored).toEqual([
      { check: 'T', variant: { os: 's1' }, nearMatches: [{ os: 's2' }] },
    ]);
  });

  test('a listed variant for which nothing came is missing', () => {
    const decision = decided({ checks: [check('T', { variants: [{ os: 's3' }] })], ...both });
    expect(outline(decision)).toEqual(['pending', 'T on os=s3 missing']);
  });

  test('a result without a variant does not count for a listed one', () => {
    const checks = [check('T', { variants: [{ os: 's1' }] })];
    const decision = decided({ checks, ...outcomes('T', 'passed') });
    expect(outline(decision)).toEqual(['pending', 'T on os=s1 missing']);
    expect(decision.ignored).toEqual([{ check: 'T', variant: null, nearMatches: [{ os: 's1' }] }]);
  });

  test('an architecture that failed is the only one that blocks', () => {
    const given = reported(
      report(at('09:00'), [
        result('T', 'failed', { variant: { arch: 'arm64' } }),
        result('T', 'passed', { variant: { arch: 'x64' } }),
      ]),
    );
    const { answers } = decided({ checks: [T], ...given });
    expect(answers.filter(({ status }) => status !== 'passed')).toEqual([
      expect.objectContaining({ variant: { arch: 'arm64' }, status: 'failed' }),
    ]);
  });

  test('a variant that was only reported for another build still has to be met', () => {
    const given = reported(
      report(at('09:00'), [
        result('T', 'failed', { variant: { os: 's1' }, artifacts: ['z'] }),
        result('T', 'passed', { variant: { os: 's2' }, artifacts: ['a'] }),
      ]),
    );
    const decision = decided({ checks: [T], release: release({ artifacts: ['a'] }), ...given });
    expect(outline(decision)).toEqual(['pending', 'T on os=s1 other_build', 'T on os=s2 passed']);
  });
});

describe('earlier failures', () => {
  const table: [name: string, given: Partial<Facts>, count: number][] = [
    ['failed, then passed: one', outcomes('T', 'failed', 'passed'), 1],
    ['failed and errored, then passed: two', outcomes('T', 'failed', 'errored', 'passed'), 2],
    ['passed, then failed: none was replaced', outcomes('T', 'passed', 'failed'), 0],
    ['replaced, and failed again: one', outcomes('T', 'failed', 'passed', 'failed'), 1],
    ['a skipped run replaces nothing', outcomes('T', 'failed', 'skipped'), 0],
    [
      'two failures in one run are one',
      reported(report(at('09:00'), [failed, failed]), report(at('10:00'), [passed])),
      1,
    ],
    [
      'a failure of another variant is not counted',
      reported(
        report(at('09:00'), [result('T', 'failed', { variant: { os: 's1' } })]),
        report(at('10:00'), [passed]),
      ),
      0,
    ],
  ];
  test.each(table)('%s', (_, given, count) => {
    const { answers } = decided({ checks: [T], ...given });
    expect(answers[0]?.earlierFailures).toBe(count);
  });

  test('a failure on another build is not counted', () => {
    const given = reported(
      report(at('09:00'), [result('T', 'failed', { artifacts: ['z'] })]),
      report(at('10:00'), [result('T', 'passed', { artifacts: ['a'] })]),
    );
    const decision = decided({ checks: [T], release: release({ artifacts: ['a'] }), ...given });
    expect(onlyAnswer(decision).earlierFailures).toBe(0);
  });
});

describe('a canary or a soak with a minimum of 100 machines and 24 hours', () => {
  const C = check('C', { kind: 'canary', minimum: { machines: 100, hours: 24 } });
  const of = (machines: number | null, hours: number | null, outcome: Outcome = 'passed') =>
    result('C', outcome, { machines, hours });
  const table: [name: string, given: Partial<Facts>, status: string][] = [
    ['reaching it passes', reported(report(at('09:00'), [of(100, 24)])), 'passed'],
    ['fewer machines are not enough', reported(report(at('09:00'), [of(99, 24)])), 'insufficient'],
    ['fewer hours are not enough', reported(report(at('09:00'), [of(100, 23.5)])), 'insufficient'],
    [
      'machines that nobody counted are none',
      reported(report(at('09:00'), [of(null, 24)])),
      'insufficient',
    ],
    [
      'hours that nobody counted are none',
      reported(report(at('09:00'), [of(100, null)])),
      'insufficient',
    ],
    [
      'machines of one run add up',
      reported(report(at('09:00'), [of(60, 24), of(40, 30)])),
      'passed',
    ],
    [
      'hours of one run do not: the least counts',
      reported(report(at('09:00'), [of(60, 12), of(60, 30)])),
      'insufficient',
    ],
    [
      'machines of several runs do not add up',
      reported(report(at('09:00'), [of(60, 24)]), report(at('10:00'), [of(60, 24)])),
      'insufficient',
    ],
    [
      'a failure on few machines is a failure',
      reported(report(at('09:00'), [of(1, 1, 'failed')])),
      'failed',
    ],
    [
      'what a canary had reached while it ran is not added to what it reached',
      reported(
        report(at('09:00'), [of(60, 2, 'running')], { run: 'r' }),
        report(at('10:00'), [of(60, 24)], { run: 'r' }),
      ),
      'insufficient',
    ],
    [
      'nor do the hours that it had reached count as its least',
      reported(
        report(at('09:00'), [of(100, 2, 'running')], { run: 'r' }),
        report(at('10:00'), [of(100, 24)], { run: 'r' }),
      ),
      'passed',
    ],
    [
      'what falls short while reports are to come is running',
      reported(report(at('09:00'), [of(60, 24)], { run: 'r', shards: 2 })),
      'running',
    ],
  ];
  test.each(table)('%s', (_, given, status) => {
    expect(onlyAnswer(decided({ checks: [C], ...given })).status).toBe(status);
  });
});
