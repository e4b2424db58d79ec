/** What TRX means: outcomes, classes that stand elsewhere, nested results, runs that broke. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/releases/test-reports/test-case.ts';
import { readWhole } from './read-whole.ts';

const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
const namespace = 'xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"';
const run = (inside: string) =>
  `<TestRun id="${id(0)}" name="nightly" ${namespace}>${inside}</TestRun>`;
const results = (inside: string) => `<Results>${inside}</Results>`;
const result = (n: number, attributes: string, inside = '') =>
  `<UnitTestResult testId="${id(n)}" testName="t${n}" ${attributes}>${inside}</UnitTestResult>`;
const passed = (n: number) => result(n, 'outcome="Passed"');
const definitions = (...classes: [n: number, className: string][]) =>
  `<TestDefinitions>${classes
    .map(
      ([n, className]) =>
        `<UnitTest id="${id(n)}" name="t${n}"><Execution id="${id(n + 1000)}"/><TestMethod className="${className}" name="m${n}"/></UnitTest>`,
    )
    .join('')}</TestDefinitions>`;
const message = (text: string) =>
  `<Output><StdOut>log</StdOut><ErrorInfo><Message>${text}</Message><StackTrace>at x</StackTrace></ErrorInfo></Output>`;
const summary = (outcome: string, ...complaints: string[]) =>
  `<ResultSummary outcome="${outcome}"><Counters total="9" failed="9"/><Output><StdOut>log</StdOut></Output><RunInfos>${complaints
    .map(
      (text) =>
        `<RunInfo computerName="lab" outcome="Error"><Text>${text}</Text></RunInfo><RunInfo outcome="Warning"><Text>slow</Text></RunInfo>`,
    )
    .join('')}</RunInfos></ResultSummary>`;

async function read(xml: string) {
  const { reading, cases } = await readWhole(xml);
  if (reading.kind !== 'read') throw new Error(reading.reason);
  expect(reading.format).toBe('trx');
  return { ...reading, cases };
}

describe('the outcome of a case', () => {
  test.each<[what: string, attributes: string, outcome: CaseOutcome, message: string | null]>([
    ['passed', 'outcome="Passed"', 'passed', null],
    ['a warning', 'outcome="Warning"', 'passed', null],
    ['failed', 'outcome="Failed"', 'failed', null],
    ['an error', 'outcome="Error"', 'errored', 'Error'],
    ['a time limit', 'outcome="Timeout"', 'errored', 'Timeout'],
    ['aborted', 'outcome="Aborted"', 'errored', 'Aborted'],
    [
      'passed in a run that was aborted',
      'outcome="PassedButRunAborted"',
      'errored',
      'PassedButRunAborted',
    ],
    ['not runnable', 'outcome="NotRunnable"', 'errored', 'NotRunnable'],
    ['never finished', 'outcome="InProgress"', 'errored', 'InProgress'],
    ['not executed', 'outcome="NotExecuted"', 'skipped', 'NotExecuted'],
    ['inconclusive', 'outcome="Inconclusive"', 'skipped', 'Inconclusive'],
    ['pending', 'outcome="Pending"', 'skipped', 'Pending'],
    ['completed, whatever came of it', 'outcome="Completed"', 'skipped', 'Completed'],
    ['left out, which stands for Error', '', 'errored', null],
    ['a word nobody knows', 'outcome="Splendid"', 'errored', 'Splendid'],
    ['other letters', 'outcome="PASSED"', 'passed', null],
    ['an odd duration', 'outcome="Passed" duration="1.02:03:04,5"', 'passed', null],
  ])('%s', async (_, attributes, outcome, message) => {
    const { cases } = await read(run(results(result(1, attributes))));
    expect(cases).toEqual([{ suite: '', className: '', name: 't1', outcome, message }]);
  });

  test('the message is that of the error, not of the log', async () => {
    const chatter = '<TextMessages><Message>chatter</Message></TextMessages>';
    const inside = `<Output>${chatter}</Output>${message('Expected: 1&#xD;\n  Actual: 2')}`;
    const { cases } = await read(
      run(
        results(
          result(1, 'outcome="Failed"', inside) +
            result(2, 'outcome="NotExecuted"', message('later')) +
            result(3, 'outcome="Passed"', message('by the way')),
        ),
      ),
    );
    expect(cases.map((one) => one.message)).toEqual(['Expected: 1 Actual: 2', 'later', null]);
  });
});

describe('the class', () => {
  const cases = (file: string) => read(file).then((read) => read.cases);
  const both = results(passed(1) + passed(2) + passed(1));
  const classes = definitions([2, 'Ns.Second'], [1, 'Ns.First']);

  test.each([
    ['after the results', both + classes],
    ['before them', classes + both],
    ['between them', results(passed(1) + passed(2)) + classes + results(passed(1))],
    ['on both sides', definitions([1, 'Ns.First']) + both + definitions([2, 'Ns.Second'])],
  ])('is found where it stands %s, and the cases keep their order', async (_, file) => {
    expect(await cases(run(file))).toEqual(
      [
        ['t1', 'Ns.First'],
        ['t2', 'Ns.Second'],
        ['t1', 'Ns.First'],
      ].map(([name, className]) => ({
        suite: className,
        className,
        name,
        outcome: 'passed',
        message: null,
      })),
    );
  });

  test('a test that is defined nowhere, or not as a method, has none', async () => {
    const generic = `<TestDefinitions><GenericTest id="${id(2)}"><Command/></GenericTest></TestDefinitions>`;
    const without = await cases(run(results(passed(1) + passed(2)) + generic));
    expect(without.map(({ className }) => className)).toEqual(['', '']);
  });

  test('ids are the same in large and small letters', async () => {
    const upper = 'A0000000-0000-0000-0000-00000000000F';
    const file = `<Results><UnitTestResult testId="${upper}" outcome="Passed"/></Results><TestDefinitions><UnitTest id="${upper.toLowerCase()}"><TestMethod className="K"/></UnitTest></TestDefinitions>`;
    expect(await cases(run(file))).toMatchObject([{ className: 'K' }]);
  });

  test.each([
    ['Ns.Suite, Tests, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null', 'Ns.Suite'],
    ['Ns.Suite', 'Ns.Suite'],
    ['Ns.Pair`2[A,B]', 'Ns.Pair`2[A,B]'],
    [
      'Ns.Of`1[[System.Int32, mscorlib, Version=4.0.0.0, Culture=neutral]]',
      'Ns.Of`1[[System.Int32, mscorlib, Version=4.0.0.0, Culture=neutral]]',
    ],
    [
      'Ns.Of`1[[System.Int32, mscorlib, Version=4.0.0.0]], Tests, Version=1.0.0.0',
      'Ns.Of`1[[System.Int32, mscorlib, Version=4.0.0.0]]',
    ],
  ])('%s is written without the assembly', async (written, className) => {
    const file = run(results(passed(1)) + definitions([1, written]));
    expect(await cases(file)).toMatchObject([{ className, suite: className }]);
  });

  test('many tests and long names find theirs as well', async () => {
    const count = 6000;
    const numbers = Array.from({ length: count }, (_, n) => n);
    const text = run(
      results(numbers.map(passed).join('')) +
        definitions(...numbers.map((n): [number, string] => [n, `Ns.K${n % 100}`])),
    );
    const found = await cases(text);
    expect(found.map(({ name, className }) => [name, className])).toEqual(
      numbers.map((n) => [`t${n}`, `Ns.K${n % 100}`]),
    );
    const long = `x${'y'.repeat(300_000)}`;
    const odd = run(results(passed(1).replace('t1', long) + passed(2)) + definitions([1, 'K']));
    expect((await cases(odd)).map(({ name }) => name.length)).toEqual([long.length, 2]);
  });
});

describe('results within results', () => {
  const inner = (inside: string) => `<InnerResults>${inside}</InnerResults>`;

  test('the rows of a data-driven test are the cases', async () => {
    const rows = result(1, 'outcome="Passed"') + result(1, 'outcome="Failed"', message('row 2'));
    const { counts, cases } = await read(
      run(
        results(
          result(1, 'outcome="Failed"', message('one row failed') + inner(rows)) + passed(2),
        ) + definitions([1, 'K'], [2, 'L']),
      ),
    );
    expect(counts).toEqual({ total: 3, passed: 2, failed: 1, errored: 0, skipped: 0 });
    expect(cases.map(({ className, message }) => [className, message])).toEqual([
      ['K', null],
      ['K', 'row 2'],
      ['L', null],
    ]);
  });

  test('so are the steps of an ordered test, however deep', async () => {
    const ordered = `<TestResultAggregation testId="${id(9)}" testName="order" outcome="Passed">${inner(
      `<TestResultAggregation testId="${id(8)}" testName="part" outcome="Passed">${inner(passed(1))}</TestResultAggregation>` +
        passed(2),
    )}</TestResultAggregation>`;
    const { cases } = await read(run(results(ordered)));
    expect(cases.map(({ name }) => name)).toEqual(['t1', 't2']);
  });

  test('a group that broke though no part of it did is a case', async () => {
    const group = result(9, 'outcome="Failed"', message('clean-up') + inner(passed(1)));
    const { counts, cases } = await read(run(results(group)));
    expect(counts).toMatchObject({ total: 2, failed: 1 });
    expect(cases.at(-1)).toMatchObject({ name: 't9', outcome: 'failed', message: 'clean-up' });
  });

  test('a test with an empty list of results is a case', async () => {
    const { cases } = await read(run(results(result(1, 'outcome="Passed"', inner('')))));
    expect(cases).toHaveLength(1);
  });
});

describe('the run', () => {
  const crash = 'The active test run was aborted. Reason: Test host process crashed';

  test.each<[what: string, file: string, aborted: string | null]>([
    ['completed', results(passed(1)) + summary('Completed'), null],
    ['without a summary', results(passed(1)), null],
    ['failed by a test', results(result(1, 'outcome="Failed"')) + summary('Failed', 'noise'), null],
    ['failed, and no test did', results(passed(1)) + summary('Failed', '1st', '2nd'), '1st'],
    [
      'failed, and nobody says why',
      results(passed(1)) + summary('Failed'),
      'The summary says that the run ended as Failed.',
    ],
    [
      'failed by a test, then crashed',
      results(result(1, 'outcome="Failed"')) + summary('Failed', 'noise', crash),
      crash,
    ],
    [
      'aborted',
      results(passed(1)) + summary('Aborted'),
      'The summary says that the run ended as Aborted.',
    ],
    [
      'aborted, told first',
      summary('Aborted', 'stop') + results(result(1, 'outcome="Failed"')),
      'stop',
    ],
    ['out of time', results(passed(1)) + summary('Timeout', 'too slow'), 'too slow'],
    [
      'without any test, which counts as an error',
      summary('Failed', 'No test matches.'),
      'No test matches.',
    ],
    ['with an error that a test explains', results(result(1, '')) + summary('Error', 'x'), null],
    ['inconclusive', results(result(1, 'outcome="Inconclusive"')) + summary('Inconclusive'), null],
  ])('%s', async (_, file, aborted) => {
    expect((await read(run(file))).aborted).toBe(aborted);
  });

  test('without any result is read, and counts none', async () => {
    const { counts, aborted } = await read(run('<Results/><TestDefinitions/>'));
    expect([counts.total, aborted]).toEqual([0, null]);
  });
});

test('the namespace may be missing, but not have a prefix', async () => {
  expect((await read(`<TestRun>${results(passed(1))}</TestRun>`)).counts.total).toBe(1);
  const { reading } = await readWhole('<t:TestRun xmlns:t="x"/>');
  expect(reading).toMatchObject({ kind: 'unrecognised', seen: 'the root element <t:TestRun>' });
});
