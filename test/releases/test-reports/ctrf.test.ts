/** What CTRF means, and what other JSON is taken for. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/releases/test-reports/test-case.ts';
import { readWhole } from './read-whole.ts';

const summary = { tests: 99, passed: 99, failed: 0, skipped: 0, pending: 0, other: 0 };
const report = (...tests: unknown[]) => ({
  reportFormat: 'CTRF',
  specVersion: '1.0.0',
  results: { tool: { name: 'x' }, summary, tests, environment: { extra: { tests: [1] } } },
  insights: { runsAnalyzed: 1 },
});

async function read(value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const { reading, cases } = await readWhole(text);
  if (reading.kind !== 'read') throw new Error(reading.reason);
  expect(reading).toMatchObject({ format: 'ctrf', aborted: null });
  return { ...reading, cases };
}

describe('the outcome of a case', () => {
  test.each<[what: string, test: object, outcome: CaseOutcome, message: string | null]>([
    ['passed', { status: 'passed' }, 'passed', null],
    ['passed with a word', { status: 'passed', message: 'fine' }, 'passed', null],
    ['failed', { status: 'failed', message: '1 <\n 2' }, 'failed', '1 < 2'],
    ['failed without a word', { status: 'failed', rawStatus: 'timedOut' }, 'failed', null],
    ['skipped', { status: 'skipped', message: 'later' }, 'skipped', 'later'],
    ['pending', { status: 'pending' }, 'skipped', null],
    ['other', { status: 'other' }, 'errored', 'other'],
    ['other: a time limit', { status: 'other', rawStatus: 'Timeout' }, 'errored', 'Timeout'],
    ['other: never run', { status: 'other', rawStatus: 'todo' }, 'skipped', 'todo'],
    [
      'other: not executed',
      { status: 'other', rawStatus: 'NotExecuted' },
      'skipped',
      'NotExecuted',
    ],
    ['a word nobody knows', { status: 'Passed' }, 'errored', 'Passed'],
    ['no word', {}, 'errored', null],
    ['no text', { status: ['passed'] }, 'errored', null],
    [
      'flaky: passed in the end',
      {
        status: 'passed',
        flaky: true,
        retries: 1,
        retryAttempts: [{ attempt: 1, status: 'failed', message: 'no' }],
      },
      'passed',
      null,
    ],
    [
      'never passed',
      { status: 'failed', message: '2nd', retryAttempts: [{ attempt: 1, status: 'passed' }] },
      'failed',
      '2nd',
    ],
    [
      'steps are no cases',
      { status: 'passed', steps: [{ name: 's', status: 'failed' }] },
      'passed',
      null,
    ],
    ['a duration that is none', { status: 'passed', duration: '1,5 s' }, 'passed', null],
  ])('%s', async (_, told, outcome, message) => {
    const { cases } = await read(report({ name: 'c', ...told }));
    expect(cases).toEqual([{ suite: '', className: '', name: 'c', outcome, message }]);
  });
});

describe('names', () => {
  test.each<[test: object, names: [suite: string, className: string, name: string]]>([
    [
      { suite: ['Host', 'Boot'], filePath: 'tests/boot.ts', name: 'restarts' },
      ['Boot', 'tests/boot.ts', 'restarts'],
    ],
    [{ suite: 'boot.ts > Host', name: 'restarts' }, ['boot.ts > Host', '', 'restarts']],
    [{ suite: [] }, ['', '', '']],
    [{ suite: [1], filePath: null, name: 2 }, ['', '', '']],
    [
      { suite: ['__proto__'], filePath: 'constructor', name: 'toString' },
      ['__proto__', 'constructor', 'toString'],
    ],
    [{ name: 'é "\\ \u{2FA1F}', suite: ['\u0007'] }, ['\u0007', '', 'é "\\ \u{2FA1F}']],
  ])('%j', async (told, [suite, className, name]) => {
    const { cases } = await read(report({ status: 'passed', ...told }));
    expect(cases).toEqual([{ suite, className, name, outcome: 'passed', message: null }]);
  });

  test('a test cannot inherit what it does not say', async () => {
    const { cases } = await read(
      '{"results": {"tests": [{"__proto__": {"status": "passed", "name": "n"}}]}}',
    );
    expect(cases).toMatchObject([{ name: '', outcome: 'errored' }]);
  });

  test('what the database cannot store is replaced in a message', async () => {
    const { cases } = await read(
      '{"results": {"tests": [{"status": "failed", "message": "a\\u0000b\\ud800c\\ud83d\\ude00"}]}}',
    );
    expect(cases[0]?.message).toBe('a\uFFFDb\uFFFDc😀');
  });
});

describe('the report', () => {
  test('the order of its members does not matter, nor what else it holds', async () => {
    const tests = [{ status: 'passed' }, { status: 'failed' }];
    for (const value of [
      { results: { tests, summary }, extra: { deep: [[[{ tests: [1] }]]] } },
      { a: [{ results: { tests: [3] } }], results: { results: [4], tests }, tests: [5] },
      { extra: { results: { tests: 'no' } }, results: { summary, tests } },
    ]) {
      const { counts } = await read(value);
      expect(counts).toEqual({ total: 2, passed: 1, failed: 1, errored: 0, skipped: 0 });
    }
  });

  test('without any test is read, and counts none, whatever the summary says', async () => {
    expect(await read(report())).toMatchObject({ counts: { total: 0 } });
  });

  test('in UTF-16 with a byte order mark is read', async () => {
    const bytes = Buffer.from(
      `\uFEFF${JSON.stringify(report({ name: 'é', status: 'passed' }))}`,
      'utf16le',
    );
    const { cases } = await readWhole(bytes);
    expect(cases).toMatchObject([{ name: 'é' }]);
  });
});
