/** What JUnit XML means: outcomes, names, counts. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/releases/test-reports/test-case.ts';
import { readWhole } from './read-whole.ts';

/** What stands within one `<testcase name="c">`, or after its name. */
const oneCase = (inside: string, attributes = '') =>
  `<testsuite name="s"><testcase classname="k" name="c" ${attributes}>${inside}</testcase></testsuite>`;

async function casesOf(xml: string) {
  const { reading, cases } = await readWhole(xml);
  expect(reading.kind).toBe('read');
  return cases;
}

describe('the outcome of a case', () => {
  const table: [what: string, xml: string, outcome: CaseOutcome, message: string | null][] = [
    ['nothing inside', oneCase(''), 'passed', null],
    ['a failure', oneCase('<failure message="no"/>'), 'failed', 'no'],
    ['an error', oneCase('<error message="no"/>'), 'errored', 'no'],
    ['skipped', oneCase('<skipped message="later"/>'), 'skipped', 'later'],
    ['skipped without a word', oneCase('<skipped/>'), 'skipped', null],
    [
      'several outcomes: the gravest',
      oneCase('<skipped message="1"/><error message="2"/><failure message="3"/>'),
      'errored',
      '2',
    ],
    [
      'the same outcome twice: the first word',
      oneCase('<failure message="1"/><failure message="2"/>'),
      'failed',
      '1',
    ],
    [
      'the same outcome twice, the first in silence',
      oneCase('<failure/><failure message="2"/>'),
      'failed',
      '2',
    ],
    ['words as text', oneCase('<failure>\n  a\n  b </failure>'), 'failed', 'a b'],
    ['words as CDATA', oneCase('<failure><![CDATA[1 < 2]]></failure>'), 'failed', '1 < 2'],
    ['a message wins over text', oneCase('<failure message="m">t</failure>'), 'failed', 'm'],
    ['an empty message does not', oneCase('<failure message=" ">t</failure>'), 'failed', 't'],
    ['flaky: passed in the end', oneCase('<flakyFailure message="no"/>'), 'passed', null],
    [
      'flaky by error',
      oneCase('<flakyError><stackTrace>x</stackTrace></flakyError>'),
      'passed',
      null,
    ],
    [
      'reruns keep the failure',
      oneCase('<failure message="1"/><rerunError message="2"/><rerunFailure message="3"/>'),
      'failed',
      '1',
    ],
    [
      'elements within a failure say nothing',
      oneCase('<failure message="1"><error message="2"/>x</failure>'),
      'failed',
      '1',
    ],
    ['logs say nothing', oneCase('<system-out>bad<failure/></system-out>'), 'passed', null],
    ['properties say nothing', oneCase('<properties><error/></properties>'), 'passed', null],
    ['status disabled', oneCase('', 'status="disabled"'), 'skipped', null],
    ['status notrun', oneCase('', 'status="notrun" result="suppressed"'), 'skipped', null],
    ['result skipped', oneCase('', 'status="run" result="skipped"'), 'skipped', null],
    ['status run', oneCase('', 'status="run" result="completed"'), 'passed', null],
    ['status failed, and nothing inside', oneCase('', 'status="FAILED"'), 'failed', null],
    [
      'status failed, and why',
      oneCase('<failure message="no"/>', 'status="failed"'),
      'failed',
      'no',
    ],
    ['status skipped, yet it failed', oneCase('<failure/>', 'status="skipped"'), 'failed', null],
  ];

  test.each(table)('%s', async (_, xml, outcome, message) => {
    expect(await casesOf(xml)).toEqual([
      { suite: 's', className: 'k', name: 'c', outcome, message },
    ]);
  });

  test('a message is cut to 500 characters, and never within one', async () => {
    const [failed] = await casesOf(oneCase(`<failure message="${'x'.repeat(498)}𒍺 and more"/>`));
    expect(failed?.message).toBe(`${'x'.repeat(498)}…`);
    const [long] = await casesOf(oneCase(`<failure>${'word '.repeat(100_000)}</failure>`));
    expect(long?.message).toHaveLength(500);
  });
});

describe('names', () => {
  const nameTable: [what: string, xml: string, expected: [string, string, string]][] = [
    [
      'all there',
      '<testsuite name="a"><testcase classname="b" name="c"/></testsuite>',
      ['a', 'b', 'c'],
    ],
    ['none there', '<testsuite><testcase/></testsuite>', ['', '', '']],
    ['no suite', '<testsuites name="all"><testcase name="c"/></testsuites>', ['', '', 'c']],
    [
      'the innermost suite',
      '<testsuites><testsuite name="a"><testsuite name="b"><testcase/></testsuite></testsuite></testsuites>',
      ['b', '', ''],
    ],
    [
      'a suite without a name goes by the one around it',
      '<testsuite name="a"><testsuite><testcase/></testsuite></testsuite>',
      ['a', '', ''],
    ],
    [
      'back in the outer suite',
      '<testsuite name="a"><testsuite name="b"/><testcase/></testsuite>',
      ['a', '', ''],
    ],
    [
      'class as old PHPUnit wrote it',
      '<testsuite><testcase class="k"/></testsuite>',
      ['', 'k', ''],
    ],
    [
      'entities',
      '<testsuite name="&lt;&amp;&gt;"><testcase name="&quot;&apos;&#233;&#x1F600;"/></testsuite>',
      ['<&>', '', `"'é😀`],
    ],
    [
      'odd characters',
      '<testsuite><testcase name="헴䜝𒍺\u00a0𡓿"/></testsuite>',
      ['', '', '헴䜝𒍺\u00a0𡓿'],
    ],
    [
      'a name that objects already have',
      '<testsuite name="__proto__"><testcase classname="constructor" name="toString"/></testsuite>',
      ['__proto__', 'constructor', 'toString'],
    ],
    [
      'elements nobody has heard of',
      '<testsuites><package><testsuite name="a"><group><testcase name="c"/></group></testsuite></package></testsuites>',
      ['a', '', 'c'],
    ],
  ];

  test.each(nameTable)('%s', async (_, xml, [suite, className, name]) => {
    expect(await casesOf(xml)).toEqual([
      { suite, className, name, outcome: 'passed', message: null },
    ]);
  });
});

describe('what a suite says by itself', () => {
  test('an error outside any case is a case of its suite', async () => {
    const xml =
      '<testsuite name="s"><error message="set-up broke"/><testcase name="c"/><failure>no</failure><skipped/></testsuite>';
    const { reading, cases } = await readWhole(xml);
    expect(cases).toEqual([
      { suite: 's', className: '', name: '', outcome: 'errored', message: 'set-up broke' },
      { suite: 's', className: '', name: 'c', outcome: 'passed', message: null },
      { suite: 's', className: '', name: '', outcome: 'failed', message: 'no' },
    ]);
    expect(reading).toMatchObject({ counts: { total: 3, passed: 1, failed: 1, errored: 1 } });
  });

  test('logs of a suite are no cases', async () => {
    const xml =
      '<testsuite><properties><property name="x"/></properties><system-out>&lt;error/></system-out><system-err><testcase/></system-err></testsuite>';
    expect(await casesOf(xml)).toEqual([]);
  });

  test('declared counts count only where there is no case within', async () => {
    const { reading, cases } = await readWhole(`
      <testsuites tests="100" failures="100">
        <testsuite tests="9" failures="9"><testcase/></testsuite>
        <testsuite tests="6" failures="1" errors="1" skipped="1" disabled="1"/>
        <testsuite tests="4"><testsuite tests="3" skipped="3"/><testsuite tests="1"/></testsuite>
        <testsuite tests="many" failures="-1"/>
      </testsuites>`);
    expect(cases).toHaveLength(1);
    expect(reading).toEqual({
      kind: 'read',
      format: 'junit',
      counts: { total: 11, passed: 4, failed: 1, errored: 1, skipped: 5 },
      aborted: null,
    });
  });

  test('declared parts never exceed the total', async () => {
    const { reading } = await readWhole('<testsuite tests="1" failures="2"/>');
    expect(reading).toMatchObject({ counts: { total: 2, passed: 0, failed: 2 } });
  });

  test('a report without any case is read, and counts none', async () => {
    const { reading } = await readWhole('<testsuites/>');
    expect(reading).toMatchObject({ kind: 'read', counts: { total: 0 } });
  });
});
