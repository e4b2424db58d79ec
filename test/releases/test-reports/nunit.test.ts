/** What the XML of NUnit 3 and NUnit 2 means. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/releases/test-reports/test-case.ts';
import { readWhole } from './read-whole.ts';

const run = (inside: string, attributes = '') =>
  `<test-run id="2" testcasecount="99" total="99" failed="9" duration="0.5" ${attributes}><command-line><![CDATA[x]]></command-line><filter/>${inside}</test-run>`;
const fixture = (inside: string, attributes = '') =>
  `<test-suite type="TestFixture" name="Boot" fullname="Ns.Boot" classname="Ns.Boot" ${attributes}><properties><property name="a"/></properties>${inside}</test-suite>`;
const oneCase = (attributes: string, inside = '', name = 'restarts') =>
  `<test-case id="1" name="${name}" fullname="Ns.Boot.${name}" methodname="${name}" classname="Ns.Boot" ${attributes}>${inside}</test-case>`;
const failure = (text: string) =>
  `<failure><message><![CDATA[${text}]]></message><stack-trace>at x</stack-trace></failure>`;
const reason = (text: string) => `<reason><message>${text}</message></reason>`;
const passed = oneCase('result="Passed"');

async function read(xml: string) {
  const { reading, cases } = await readWhole(xml);
  if (reading.kind !== 'read') throw new Error(reading.reason);
  expect(reading.format).toBe('nunit');
  return { ...reading, cases };
}

describe('the outcome of a case', () => {
  test.each<
    [what: string, attributes: string, inside: string, outcome: CaseOutcome, message: string | null]
  >([
    ['passed', 'result="Passed"', '', 'passed', null],
    ['passed with a word', 'result="Passed"', reason('fine'), 'passed', null],
    ['passed with warnings', 'result="Warning"', reason('hm'), 'passed', null],
    ['failed', 'result="Failed"', failure('1 <\n 2'), 'failed', '1 < 2'],
    ['an exception', 'result="Failed" label="Error"', failure('no'), 'errored', 'no'],
    [
      'cannot be run',
      'result="Failed" label="Invalid" runstate="NotRunnable"',
      reason('no ctor'),
      'errored',
      'no ctor',
    ],
    ['cancelled', 'result="Failed" label="Cancelled"', '', 'errored', 'Cancelled'],
    ['a label of its own', 'result="Failed" label="Odd"', '', 'failed', null],
    [
      'the set-up of its suite broke',
      'result="Failed" site="Parent"',
      failure('OneTimeSetUp: no'),
      'failed',
      'OneTimeSetUp: no',
    ],
    ['inconclusive', 'result="Inconclusive"', reason('no disk'), 'skipped', 'no disk'],
    ['skipped', 'result="Skipped"', '', 'skipped', 'Skipped'],
    [
      'ignored',
      'result="Skipped" label="Ignored" runstate="Ignored"',
      reason('later'),
      'skipped',
      'later',
    ],
    ['explicit', 'result="Skipped" label="Explicit"', '', 'skipped', 'Explicit'],
    ['a word nobody knows', 'result="Splendid"', '', 'errored', 'Splendid'],
    ['no word', '', '', 'errored', null],
    [
      'several failures in one case',
      'result="Failed"',
      `<assertions><assertion result="Failed"><message>1st</message></assertion></assertions>${failure('both')}`,
      'failed',
      'both',
    ],
    [
      'output and attachments say nothing',
      'result="Passed"',
      '<output><![CDATA[<failure/>]]></output><attachments><failure/></attachments>',
      'passed',
      null,
    ],
    [
      'of NUnit 2: success',
      'executed="True" result="Success" success="True" time="0,137"',
      '',
      'passed',
      null,
    ],
    [
      'of NUnit 2: failure',
      'executed="True" result="Failure" success="False"',
      failure(''),
      'failed',
      null,
    ],
    [
      'of NUnit 2: error',
      'executed="True" result="Error" success="False"',
      failure('no'),
      'errored',
      'no',
    ],
    [
      'of NUnit 2: ignored',
      'executed="False" result="Ignored"',
      reason('later'),
      'skipped',
      'later',
    ],
    [
      'of NUnit 2: not runnable',
      'executed="False" result="NotRunnable"',
      reason('bad'),
      'errored',
      'bad',
    ],
    ['before NUnit 2.5: success', 'executed="True" success="True" asserts="1"', '', 'passed', null],
    ['before NUnit 2.5: failure', 'executed="True" success="False"', failure('no'), 'failed', 'no'],
    ['before NUnit 2.5: not run', 'executed="False"', reason('later'), 'skipped', 'later'],
    ['before NUnit 2.5: executed, and nothing more', 'executed="True"', '', 'errored', null],
  ])('%s', async (_, attributes, inside, outcome, message) => {
    const { cases } = await read(run(fixture(oneCase(attributes, inside))));
    expect(cases).toEqual([
      { suite: 'Ns.Boot', className: 'Ns.Boot', name: 'restarts', outcome, message },
    ]);
  });
});

describe('names', () => {
  test('the suite is the innermost, with its namespace; back in the outer one, the outer', async () => {
    const nested = '<test-suite type="TestFixture" name="Inner" fullname="Ns.Boot+Inner">';
    const { cases } = await read(
      run(
        `<test-suite type="Assembly" name="a.dll" fullname="/a.dll">${fixture(`${nested}${passed}</test-suite>${passed}`)}</test-suite>`,
      ),
    );
    expect(cases.map(({ suite }) => suite)).toEqual(['Ns.Boot+Inner', 'Ns.Boot']);
  });

  test.each(['ParameterizedMethod', 'Theory', 'GenericMethod', 'ParameterizedTest'])(
    'data of a method (%s) are cases of its fixture',
    async (type) => {
      const data = (n: number) => oneCase('result="Passed"', '', `restarts(${n})`);
      const method = `<test-suite type="${type}" name="restarts" fullname="Ns.Boot.restarts">${data(1)}${data(2)}</test-suite>`;
      const { cases } = await read(run(fixture(method)));
      expect(cases.map(({ suite, name }) => [suite, name])).toEqual([
        ['Ns.Boot', 'restarts(1)'],
        ['Ns.Boot', 'restarts(2)'],
      ]);
    },
  );

  test('of NUnit 2: suites have short names, cases whole ones', async () => {
    const { cases } = await read(`<test-results name="a.dll" total="1" failures="0" not-run="0">
      <environment nunit-version="2.6"/><culture-info/>
      <test-suite type="Namespace" name="Ns" result="Success"><results>
        <test-suite type="TestFixture" name="Boot" result="Success"><results>
          <test-case name="Ns.Boot.restarts" executed="True" result="Success"/>
        </results></test-suite>
      </results></test-suite></test-results>`);
    expect(cases).toMatchObject([{ suite: 'Boot', className: '', name: 'Ns.Boot.restarts' }]);
  });
});

describe('a suite that broke', () => {
  const failed = 'result="Failed"';

  test('by its cases is no case', async () => {
    const inside = failure('One or more child tests had errors') + oneCase('result="Failed"');
    const { counts } = await read(run(fixture(inside, `${failed} site="Child"`), failed));
    expect(counts).toMatchObject({ total: 1, failed: 1 });
  });

  test('in its set-up shows in its cases', async () => {
    const inside = failure('OneTimeSetUp: no') + oneCase('result="Failed" site="Parent"');
    const { counts } = await read(run(fixture(inside, `${failed} site="SetUp"`), failed));
    expect(counts).toMatchObject({ total: 1, failed: 1 });
  });

  test('in its tear-down is a case, whatever became of the others', async () => {
    for (const inner of [passed, oneCase('result="Failed"')]) {
      const suite = fixture(
        failure('TearDown: no') + inner,
        `${failed} label="Error" site="TearDown"`,
      );
      const { cases } = await read(run(suite, failed));
      expect(cases).toHaveLength(2);
      expect(cases[1]).toEqual({
        suite: 'Ns.Boot',
        className: 'Ns.Boot',
        name: '',
        outcome: 'errored',
        message: 'TearDown: no',
      });
    }
  });

  test('though none of its cases did is a case, once for all suites around it', async () => {
    const invalid = `<test-suite type="Assembly" name="a.dll" fullname="/a.dll" result="Failed" label="Invalid" runstate="NotRunnable">${reason('Could not load')}</test-suite>`;
    const around = `<test-suite type="Project" name="p" result="Failed">${invalid}</test-suite>`;
    const { cases, aborted } = await read(run(around, failed));
    expect(cases).toEqual([
      { suite: '/a.dll', className: '', name: '', outcome: 'errored', message: 'Could not load' },
    ]);
    expect(aborted).toBeNull();
  });

  test('of NUnit 2 as well, where it says so', async () => {
    const { cases } = await read(
      `<test-results><test-suite name="Boot" success="False">${failure('TearDown : no')}<results><test-case name="c" executed="True" success="True"/></results></test-suite></test-results>`,
    );
    expect(cases.at(-1)).toMatchObject({
      suite: 'Boot',
      outcome: 'failed',
      message: 'TearDown : no',
    });
  });

  test('a skipped or an inconclusive one is no case', async () => {
    const ignored = fixture(
      reason('later') + oneCase('result="Skipped"'),
      'result="Skipped" label="Ignored"',
    );
    const { counts } = await read(run(ignored, 'result="Inconclusive"'));
    expect(counts).toMatchObject({ total: 1, skipped: 1 });
  });
});

describe('the run', () => {
  test.each<[what: string, xml: string, aborted: string | null]>([
    ['passed', run(fixture(passed), 'result="Passed"'), null],
    ['failed by a case', run(fixture(oneCase('result="Failed"')), 'result="Failed"'), null],
    [
      'failed by nothing in it',
      run(fixture(passed), 'result="Failed"'),
      'The run failed as a whole.',
    ],
    [
      'failed, and says why',
      run(reason('agent lost') + fixture(passed), 'result="Failed"'),
      'agent lost',
    ],
    [
      'cancelled',
      run(fixture(passed), 'result="Failed" label="Cancelled"'),
      'The run was cancelled.',
    ],
    [
      'a suite of it cancelled',
      run(
        fixture(failure('Test cancelled by user') + passed, 'result="Failed" label="Cancelled"'),
        'result="Failed"',
      ),
      'Test cancelled by user',
    ],
  ])('%s', async (_, xml, aborted) => {
    const { aborted: found, counts } = await read(xml);
    expect([found, counts.total]).toEqual([aborted, 1]);
  });

  test.each(['<test-run result="Passed"/>', '<test-results total="0"/>', run(fixture(''))])(
    'without any case is read, and counts none',
    async (xml) => {
      expect(await read(xml)).toMatchObject({ counts: { total: 0 }, aborted: null });
    },
  );
});
