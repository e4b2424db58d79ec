/** What the cases of a report make of the checks that claim them. */
import { describe, expect, test } from 'vitest';
import { CaseTally, type CheckClaim } from '../../../src/releases/test-reports/case-tally.ts';
import type { CaseOutcome, TestCase } from '../../../src/releases/test-reports/test-case.ts';
import { readWhole } from './read-whole.ts';

const claim = (more: Partial<CheckClaim>): CheckClaim => ({
  key: 'check',
  reportedAs: [{ suite: '*' }],
  allowSkipped: false,
  minCases: 1,
  ...more,
});
const testCase = (more: Partial<TestCase>): TestCase => ({
  suite: 's',
  className: 'k',
  name: 'n',
  outcome: 'passed',
  message: null,
  ...more,
});

function tallied(claims: CheckClaim[], cases: Partial<TestCase>[], aborted: string | null = null) {
  const tally = new CaseTally(claims);
  for (const one of cases) tally.add(testCase(one));
  return tally.answer(aborted);
}

describe('the outcome of a check', () => {
  const rows: [cases: CaseOutcome[], strict: CaseOutcome, allowSkipped: CaseOutcome][] = [
    [['passed'], 'passed', 'passed'],
    [['passed', 'skipped'], 'skipped', 'passed'],
    [['skipped', 'passed', 'skipped'], 'skipped', 'passed'],
    [['skipped', 'skipped'], 'skipped', 'skipped'],
    [['passed', 'failed', 'skipped'], 'failed', 'failed'],
    [['errored', 'failed', 'passed'], 'errored', 'errored'],
    [['failed', 'errored'], 'errored', 'errored'],
    [['skipped', 'failed'], 'failed', 'failed'],
  ];

  test.each(rows)(
    '%j is %s, and %s where skipped cases are allowed',
    (outcomes, strict, allowing) => {
      const cases = outcomes.map((outcome) => ({ outcome }));
      const { results } = tallied(
        [claim({ key: 'strict' }), claim({ key: 'allowing', allowSkipped: true })],
        cases,
      );
      expect(results).toMatchObject([
        { check: 'strict', outcome: strict, cases: cases.length },
        { check: 'allowing', outcome: allowing, cases: cases.length },
      ]);
    },
  );

  test.each<[cases: CaseOutcome[], outcome: CaseOutcome, reason: string | null]>([
    [['passed'], 'errored', 'The host crashed.'],
    [['passed', 'skipped'], 'errored', 'The host crashed.'],
    [['skipped'], 'errored', 'The host crashed.'],
    [['passed', 'failed'], 'failed', null],
    [['errored'], 'errored', null],
  ])('%j of a run that was aborted are %s', (outcomes, outcome, reason) => {
    const claims = [
      claim({ allowSkipped: true }),
      claim({ key: 'absent', reportedAs: [{ suite: 'absent' }] }),
    ];
    const cases = outcomes.map((one) => ({ outcome: one }));
    const { results, checksWithoutCases } = tallied(claims, cases, 'The host crashed.');
    expect(results).toMatchObject([{ outcome, reason, cases: outcomes.length }]);
    expect(checksWithoutCases).toEqual(['absent']);
  });

  test('the reason is the first word on that very outcome', () => {
    const { results } = tallied(
      [claim({})],
      [
        { outcome: 'skipped', message: 'later' },
        { outcome: 'failed', message: null },
        { outcome: 'failed', message: 'expected 1' },
        { outcome: 'failed', message: 'expected 2' },
      ],
    );
    expect(results[0]?.reason).toBe('expected 1');
  });

  test('a graver outcome without a word has no borrowed reason', () => {
    const cases = [{ outcome: 'failed', message: 'no' } as const, { outcome: 'errored' } as const];
    expect(tallied([claim({})], cases).results[0]?.reason).toBeNull();
  });

  test('a pass has no reason, even where a skipped case gave one', () => {
    const { results } = tallied(
      [claim({ allowSkipped: true })],
      [{ outcome: 'skipped', message: 'later' }, {}],
    );
    expect(results[0]).toMatchObject({ outcome: 'passed', reason: null });
  });

  test('the first 20 cases that failed or errored are named, in one bounded line each', () => {
    const cases = Array.from(
      { length: 30 },
      (_, n): Partial<TestCase> => ({
        name: n === 1 ? 'long\n'.repeat(1000) : `n${n}`,
        suite: n === 2 ? '' : 's',
        outcome: n % 2 === 0 ? 'failed' : 'errored',
      }),
    );
    const { results } = tallied([claim({})], [{}, { outcome: 'skipped' }, ...cases]);
    const named = results[0]?.failedCases ?? [];
    expect(named).toHaveLength(20);
    expect(named.slice(0, 4)).toEqual(['s › n0', `s › ${'long '.repeat(39)}…`, 'k › n2', 's › n3']);
    expect(results[0]?.cases).toBe(32);
  });

  test('a failed case without any name is still named as something', () => {
    const nameless: Partial<TestCase> = { suite: '', className: '', name: '', outcome: 'failed' };
    expect(tallied([claim({})], [nameless]).results[0]?.failedCases).toEqual([
      'a case without a name',
    ]);
  });
});

describe('which cases are a check’s', () => {
  const cases: Partial<TestCase>[] = [
    { suite: 'host.boot', className: 'Boot', name: 'reboots' },
    { suite: 'host.boot', className: 'Net', name: 'reboots' },
    { suite: 'host.net', className: 'Net', name: 'pings' },
    { suite: '', className: '', name: '' },
  ];

  test.each<[reportedAs: CheckClaim['reportedAs'], cases: number]>([
    [[{ suite: 'host.boot' }], 2],
    [[{ suite: 'host.*' }], 3],
    [[{ suite: 'HOST.*' }], 0],
    [[{ className: 'Net' }], 2],
    [[{ name: 're?oots' }], 2],
    [[{ suite: 'host.boot', className: 'Net' }], 1],
    [[{ suite: 'host.boot', className: 'Net', name: 'pings' }], 0],
    [[{ suite: 'host.boot' }, { className: 'Net' }, { name: '*' }], 4],
    [[{ suite: 'host.boot' }, { name: 'reboots' }], 2],
    [[{ suite: '' }], 1],
    [[], 0],
  ])('%j finds %i', (reportedAs, found) => {
    const { results, checksWithoutCases, casesWithoutCheck } = tallied(
      [claim({ reportedAs })],
      cases,
    );
    expect(results.map((result) => result.cases)).toEqual(found === 0 ? [] : [found]);
    expect(checksWithoutCases).toEqual(found === 0 ? ['check'] : []);
    expect(casesWithoutCheck).toBe(cases.length - found);
  });

  test('a case may be the case of several checks', () => {
    const { results, casesWithoutCheck } = tallied(
      [claim({ key: 'one' }), claim({ key: 'two' })],
      [{ outcome: 'failed' }],
    );
    expect(results.map(({ check, outcome }) => [check, outcome])).toEqual([
      ['one', 'failed'],
      ['two', 'failed'],
    ]);
    expect(casesWithoutCheck).toBe(0);
  });
});

describe('a minimum of cases', () => {
  test('fewer make no result, whatever became of them, and the answer says so', () => {
    const claims = [claim({ key: 'three', minCases: 3 }), claim({ key: 'two', minCases: 2 })];
    expect(tallied(claims, [{}, { outcome: 'failed' }])).toMatchObject({
      results: [{ check: 'two', outcome: 'failed', cases: 2 }],
      checksBelowMinimum: [{ check: 'three', cases: 2, minCases: 3 }],
      checksWithoutCases: [],
    });
  });

  test('no case at all is said as that, not as too few', () => {
    const { checksBelowMinimum, checksWithoutCases } = tallied([claim({ minCases: 3 })], []);
    expect({ checksBelowMinimum, checksWithoutCases }).toEqual({
      checksBelowMinimum: [],
      checksWithoutCases: ['check'],
    });
  });
});

test('a report is tallied as handing it in answers', async () => {
  const { reading, cases } = await readWhole(`<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="content">
      <testsuite name="validator">
        <testcase classname="validator" name="field_count_a"/>
        <testcase classname="validator" name="field_count_b"/>
      </testsuite>
      <testsuite name="matching">
        <testcase classname="matching" name="non_wildcard_20"/>
        <testcase classname="matching" name="non_wildcard_21"><failure message="no match">stack</failure></testcase>
        <testcase classname="matching" name="wildcard_only"><skipped/></testcase>
      </testsuite>
    </testsuites>`);
  expect(reading).toEqual({
    kind: 'read',
    format: 'junit',
    counts: { total: 5, passed: 3, failed: 1, errored: 0, skipped: 1 },
    aborted: null,
  });
  const claims = [
    claim({ key: 'field-count', reportedAs: [{ suite: 'validator', name: 'field_count_*' }] }),
    claim({ key: 'non-wildcard', reportedAs: [{ suite: 'matching', name: 'non_wildcard_*' }] }),
    claim({ key: 'boot-loop', reportedAs: [{ suite: 'host.boot' }] }),
  ];
  expect(tallied(claims, cases)).toEqual({
    results: [
      { check: 'field-count', outcome: 'passed', cases: 2, failedCases: [], reason: null },
      {
        check: 'non-wildcard',
        outcome: 'failed',
        cases: 2,
        failedCases: ['matching › non_wildcard_21'],
        reason: 'no match',
      },
    ],
    checksWithoutCases: ['boot-loop'],
    checksBelowMinimum: [],
    casesWithoutCheck: 1,
  });
});
