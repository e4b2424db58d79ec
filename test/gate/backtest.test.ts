/** Whether the gate would have stopped a faulty release, leaving aside that it is known to be faulty. */
import { expect, test } from 'vitest';
import { backtest, type Facts } from '../../src/gate/index.ts';
import {
  at,
  check,
  facts,
  guardedBy,
  incident,
  noon,
  outcomes,
  report,
  reported,
  result,
  waiver,
} from '../support/gate-facts.ts';

const fault = incident('HF-1', { affectedVersions: ['vers:intdot/2.0'], ...guardedBy('T') });

/** The outcome, then what stopped it: `['blocked', 'T failed']`. */
function tested(given: Partial<Facts>, asOf = noon): string[] {
  const { outcome, stoppedBy } = backtest(facts({ incidents: [fault], ...given }), asOf, 'HF-1');
  return [
    outcome,
    ...stoppedBy.map(({ check, incident, status }) => `${check ?? incident} ${status}`),
  ];
}

const T = check('T');

test.each<[string, Partial<Facts>, string[]]>([
  ['nothing was required', {}, ['let_through']],
  ['its check failed', { checks: [T], ...outcomes('T', 'failed') }, ['blocked', 'T failed']],
  ['its check errored', { checks: [T], ...outcomes('T', 'errored') }, ['blocked', 'T errored']],
  ['its check did not run', { checks: [T] }, ['held_back', 'T missing']],
  [
    'its check passed: it does not catch the fault',
    { checks: [T], ...outcomes('T', 'passed') },
    ['let_through'],
  ],
  [
    'its check failed and is waived',
    { checks: [T], ...outcomes('T', 'failed'), waivers: [waiver('T')] },
    ['let_through'],
  ],
  [
    'an advisory check failed',
    { checks: [check('T', { enforcement: 'advisory' })], ...outcomes('T', 'failed') },
    ['let_through'],
  ],
  [
    'what failed is named before what is missing',
    { checks: [check('A'), check('B')], ...outcomes('B', 'failed') },
    ['blocked', 'B failed', 'A missing'],
  ],
  [
    'it lies in the range of another incident',
    { incidents: [fault, incident('HF-2', { affectedVersions: ['vers:intdot/*'] })] },
    ['blocked', 'HF-2 known_faulty'],
  ],
])('%s', (_, given, expected) => {
  expect(tested(given)).toEqual(expected);
});

test('what came after the instant is left out', () => {
  const given = {
    checks: [T, check('U', { createdAt: at('11:00') })],
    ...reported(report(at('10:00'), [result('T', 'failed')])),
  };
  expect(tested(given, at('09:00'))).toEqual(['held_back', 'T missing']);
  expect(tested(given, at('10:30'))).toEqual(['blocked', 'T failed']);
  expect(tested(given)).toEqual(['blocked', 'T failed', 'U missing']);
});

test('the proof is that against the incident asked about, and null for a check that does not guard against it', () => {
  const link = { check: 'T', why: 'W', publicWhy: null };
  const given = facts({
    checks: [T, check('U')],
    incidents: [
      incident('HF-1', { checks: [{ ...link, proof: 'proven' }] }),
      incident('HF-2', { checks: [{ ...link, proof: 'green_only' }] }),
    ],
  });
  const { stoppedBy } = backtest(given, noon, 'HF-1');
  expect(stoppedBy.map(({ check, proof }) => [check, proof])).toEqual([
    ['T', 'proven'],
    ['U', null],
  ]);
});
