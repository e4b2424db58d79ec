/** What the XML of xUnit.net means, in all its versions. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/releases/test-reports/test-case.ts';
import { readWhole } from './read-whole.ts';

const assemblies = (inside: string) =>
  `<assemblies timestamp="01/02/2024 10:00:00" schema-version="3"><assembly name="C:\\tests.dll" total="99" errors="9" time="1.5">${inside}</assembly></assemblies>`;
const collection = (inside: string) =>
  assemblies(`<errors/><collection name="Boot tests" total="9" time="0,5">${inside}</collection>`);
const oneTest = (attributes: string, inside = '') =>
  collection(
    `<test name="Ns.Boot.restarts(times: 2)" type="Ns.Boot" method="restarts" ${attributes}>${inside}</test>`,
  );
const failure = (text: string) =>
  `<failure exception-type="X"><message><![CDATA[${text}]]></message><stack-trace>at x</stack-trace></failure>`;

async function read(xml: string) {
  const { reading, cases } = await readWhole(xml);
  if (reading.kind !== 'read') throw new Error(reading.reason);
  expect(reading.format).toBe('xunit');
  return { ...reading, cases };
}

describe('the outcome of a case', () => {
  test.each<
    [what: string, attributes: string, inside: string, outcome: CaseOutcome, message: string | null]
  >([
    ['passed', 'result="Pass"', '', 'passed', null],
    ['failed', 'result="Fail"', failure('1 <\n 2'), 'failed', '1 < 2'],
    ['failed without a word', 'result="Fail"', '', 'failed', null],
    ['skipped', 'result="Skip"', '<reason><![CDATA[later]]></reason>', 'skipped', 'later'],
    [
      'skipped in version 1',
      'result="Skip"',
      '<reason>\n<message>later</message></reason>',
      'skipped',
      'later',
    ],
    ['an explicit test', 'result="NotRun"', '', 'skipped', 'NotRun'],
    ['a word nobody knows', 'result="Splendid"', '', 'errored', 'Splendid'],
    ['no word', '', '', 'errored', null],
    ['said to have passed, yet it failed', 'result="Pass"', failure('no'), 'failed', 'no'],
    ['other letters', 'result="PASS"', '', 'passed', null],
    ['an odd time', 'result="Pass" time="00:00:01.5"', '', 'passed', null],
    [
      'output says nothing',
      'result="Pass"',
      '<output><failure/>bad</output><traits><trait name="a"/></traits>',
      'passed',
      null,
    ],
    [
      'warnings say nothing',
      'result="Pass"',
      '<warnings><warning>hm</warning></warnings>',
      'passed',
      null,
    ],
  ])('%s', async (_, attributes, inside, outcome, message) => {
    const { cases } = await read(oneTest(attributes, inside));
    expect(cases).toEqual([
      {
        suite: 'Boot tests',
        className: 'Ns.Boot',
        name: 'Ns.Boot.restarts(times: 2)',
        outcome,
        message,
      },
    ]);
  });
});

describe('names', () => {
  test('rows of a theory are cases by themselves', async () => {
    const row = (n: number) => `<test name="K.m(n: ${n})" type="K" method="m" result="Pass"/>`;
    const { cases } = await read(collection(row(1) + row(2)));
    expect(cases.map(({ name }) => name)).toEqual(['K.m(n: 1)', 'K.m(n: 2)']);
  });

  test('a test without a name goes by its method', async () => {
    const { cases } = await read(collection('<test type="K" method="m" result="Pass"/>'));
    expect(cases).toMatchObject([{ name: 'm' }]);
  });

  test('of version 1: the class is the suite', async () => {
    const { cases } = await read(
      '<assembly name="a.dll" run-date="2012-01-14"><class name="Ns.K"><test name="Ns.K.m" type="Ns.K" method="m" result="Pass"/></class></assembly>',
    );
    expect(cases).toMatchObject([{ suite: 'Ns.K', className: 'Ns.K', name: 'Ns.K.m' }]);
  });

  test('several assemblies are one report', async () => {
    const one =
      '<assembly><collection name="c"><test name="t" result="Pass"/></collection></assembly>';
    const { counts } = await read(`<assemblies>${one}${one}</assemblies>`);
    expect(counts).toMatchObject({ total: 2, passed: 2 });
  });
});

describe('what breaks outside of tests', () => {
  const error = (type: string, name: string) =>
    assemblies(
      `<errors><error type="${type}" name="${name}">${failure('disposed')}</error></errors>`,
    );

  test.each([
    ['test-collection-cleanup', { suite: 'n', className: '', name: '' }],
    ['test-class-cleanup', { suite: '', className: 'n', name: '' }],
    ['test-method-cleanup', { suite: '', className: '', name: 'n' }],
    ['test-case-cleanup', { suite: '', className: '', name: 'n' }],
    ['test-cleanup', { suite: '', className: '', name: 'n' }],
    ['assembly-cleanup', { suite: '', className: '', name: 'n' }],
  ])('%s is a case that errored, under the name that is known', async (type, names) => {
    const { counts, cases, aborted } = await read(error(type, 'n'));
    expect(cases).toEqual([{ ...names, outcome: 'errored', message: 'disposed' }]);
    expect(counts).toMatchObject({ total: 1, errored: 1 });
    expect(aborted).toBeNull();
  });

  test('a fatal error is no case: the run is aborted', async () => {
    const { counts, aborted } = await read(error('fatal', ''));
    expect([counts.total, aborted]).toEqual([0, 'disposed']);
    const { aborted: silent } = await read(assemblies('<errors><error type="fatal"/></errors>'));
    expect(silent).toBe('The runner reports a fatal error.');
  });

  test('the failure of a class in version 1 is a case', async () => {
    const { cases } = await read(
      `<assembly><class name="K">${failure('fixture')}<test name="K.m" type="K" result="Pass"/></class></assembly>`,
    );
    expect(cases).toEqual([
      { suite: 'K', className: 'K', name: '', outcome: 'errored', message: 'fixture' },
      { suite: 'K', className: 'K', name: 'K.m', outcome: 'passed', message: null },
    ]);
  });
});

test.each(['<assemblies/>', '<assemblies><assembly name="a"/></assemblies>', '<assembly/>'])(
  '%s is read, and counts none',
  async (xml) => {
    expect(await read(xml)).toMatchObject({ counts: { total: 0 }, aborted: null });
  },
);

test('elements nobody has heard of may hold tests', async () => {
  const { cases } = await read(
    '<assemblies><group><collection name="c"><part><test name="t" result="Pass"/></part></collection></group></assemblies>',
  );
  expect(cases).toMatchObject([{ suite: 'c', name: 't' }]);
});
