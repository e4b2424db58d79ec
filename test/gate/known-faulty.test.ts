/** A release inside the affected range of an incident. */
import { describe, expect, test } from 'vitest';
import {
  at,
  check,
  decided,
  incident,
  onlyAnswer,
  outcomes,
  outline,
  release,
  waiver,
} from '../support/gate-facts.ts';

const affected = { affectedVersions: ['vers:intdot/>=1.5|<2.1'] };

test('is blocked whatever its checks say', () => {
  const decision = decided({
    checks: [check('T')],
    incidents: [incident('HF-1', affected)],
    ...outcomes('T', 'passed'),
  });
  expect(outline(decision)).toEqual(['blocked', 'HF-1 known_faulty', 'T passed']);
  expect(decision.mayShip).toBe(false);
});

test('is blocked by an unpublished incident too', () => {
  const incidents = [incident('HF-1', { ...affected, publicTitle: null })];
  expect(outline(decided({ incidents }))).toEqual(['blocked', 'HF-1 known_faulty']);
});

test('no waiver helps', () => {
  const incidents = [
    incident('HF-1', {
      ...affected,
      checks: [{ check: 'T', why: '', publicWhy: null, proof: 'unproven' }],
    }),
  ];
  const decision = decided({ checks: [check('T')], incidents, waivers: [waiver('T')] });
  expect(outline(decision)).toEqual(['blocked', 'HF-1 known_faulty', 'T waived']);
});

test('the answer names the incident and says what to do', () => {
  const answer = onlyAnswer(decided({ incidents: [incident('HF-1', affected)] }));
  expect(answer).toMatchObject({
    status: 'known_faulty',
    incident: 'HF-1',
    check: null,
    waiver: null,
    appliesBecause: '2.0 lies in the range that HF-1 (sev3) affects.',
    guardsAgainst: [{ incident: 'HF-1', why: 'It affects vers:intdot/>=1.5|<2.1.' }],
    next: 'Ship a version that HF-1 does not affect. No waiver helps.',
  });
});

describe('is not known to be faulty', () => {
  test.each([
    [
      'once the incident is withdrawn',
      { incidents: [incident('HF-1', { ...affected, withdrawn: true })] },
    ],
    [
      'before the incident is known',
      { incidents: [incident('HF-1', { ...affected, knownAt: at('12:01') })] },
    ],
    [
      'at the version where the range ends',
      { incidents: [incident('HF-1', affected)], release: release({ version: '2.1' }) },
    ],
    [
      'in a plan that names no version',
      { incidents: [incident('HF-1', affected)], release: release({ version: null }) },
    ],
  ])('%s', (_, given) => {
    expect(outline(decided(given))).toEqual(['not_applicable']);
  });
});

test('one of several ranges is enough', () => {
  const ranges = { affectedVersions: ['vers:intdot/<1', 'vers:intdot/2'] };
  expect(outline(decided({ incidents: [incident('HF-1', ranges)] }))).toEqual([
    'blocked',
    'HF-1 known_faulty',
  ]);
});
