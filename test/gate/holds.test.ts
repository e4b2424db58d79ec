/** A known fault that holds keep from the machines it harms. */
import { describe, expect, test } from 'vitest';
import { decide, type Facts, redact } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  facts,
  hold,
  incident,
  noon,
  onlyAnswer,
  outcomes,
  outline,
  override,
  release,
} from '../support/gate-facts.ts';

const fault = incident('HF-1', { affectedVersions: ['vers:intdot/>=1.5|<2.1'] });
const other = incident('HF-2', { affectedVersions: ['vers:intdot/2.0'] });
const T = check('T');

test.each<[string, Partial<Facts>, string[]]>([
  ['an active hold holds it', { holds: [hold('7', 'HF-1')] }, ['passed', 'HF-1 held']],
  [
    'and its checks decide, as ever: one failed',
    { holds: [hold('7', 'HF-1')], checks: [T], ...outcomes('T', 'failed') },
    ['blocked', 'HF-1 held', 'T failed'],
  ],
  [
    'one is missing',
    { holds: [hold('7', 'HF-1')], checks: [T] },
    ['pending', 'HF-1 held', 'T missing'],
  ],
  [
    'all passed',
    { holds: [hold('7', 'HF-1')], checks: [T], ...outcomes('T', 'passed') },
    ['passed', 'HF-1 held', 'T passed'],
  ],
  [
    'a hold of another incident does not help',
    { holds: [hold('7', 'HF-2')] },
    ['blocked', 'HF-1 known_faulty'],
  ],
  [
    'each known fault needs a hold of its own',
    { incidents: [fault, other], holds: [hold('7', 'HF-1')] },
    ['blocked', 'HF-1 held', 'HF-2 known_faulty'],
  ],
  [
    'a hold whose range ends before this version does not help',
    { holds: [hold('7', 'HF-1', { versions: 'vers:intdot/<2.0' })] },
    ['blocked', 'HF-1 known_faulty'],
  ],
  [
    'a hold that becomes active at that very instant holds',
    { holds: [hold('7', 'HF-1', { activeFrom: noon })] },
    ['passed', 'HF-1 held'],
  ],
  [
    'and one that becomes active later does not',
    { holds: [hold('7', 'HF-1', { activeFrom: at('12:01') })] },
    ['blocked', 'HF-1 known_faulty'],
  ],
  [
    'one of two holds is enough',
    { holds: [hold('7', 'HF-1', { overrides: [override()] }), hold('8', 'HF-1')] },
    ['passed', 'HF-1 held'],
  ],
  [
    'without a known fault a hold changes no verdict',
    { incidents: [], holds: [hold('7', 'HF-1')] },
    ['not_applicable'],
  ],
])('%s', (_, given, expected) => {
  expect(outline(decided({ incidents: [fault], ...given }))).toEqual(expected);
});

describe('an override', () => {
  const overridden = (given: Parameters<typeof override>[0], ring = 'general') =>
    outline(
      decided({
        ring,
        incidents: [fault],
        holds: [hold('7', 'HF-1', { overrides: [override(given)] })],
      }),
    );
  const faulty = ['blocked', 'HF-1 known_faulty'];
  const held = ['passed', 'HF-1 held'];

  test.each<[string, Parameters<typeof override>[0], string[]]>([
    ['for every version and ring lets it past the hold, and the fault is back', {}, faulty],
    ['counts from its very instant', { from: noon }, faulty],
    ['does not count before', { from: at('12:01') }, held],
    ['is over at its expiry', { expiresAt: noon }, held],
    ['is over when it is revoked', { revokedAt: noon }, held],
    ['counts until it is revoked', { revokedAt: at('12:01') }, faulty],
    ['of another ring does not count', { rings: ['canary'] }, held],
    ['of this ring counts', { rings: ['canary', 'general'] }, faulty],
    ['of other versions does not count', { versions: 'vers:intdot/<2.0' }, held],
    [
      'of this version in another ring does not count',
      { versions: 'vers:intdot/2.0', rings: ['canary'] },
      held,
    ],
    ['of this version counts', { versions: 'vers:intdot/2.0' }, faulty],
  ])('%s', (_, given, expected) => {
    expect(overridden(given)).toEqual(expected);
  });
});

test('the decision lists what the rollout must honour, by id, also where no known fault is behind it', () => {
  const decision = decided({
    incidents: [fault],
    holds: [
      hold('10', 'HF-1'),
      hold('9', 'HF-9'),
      hold('11', 'HF-1', { overrides: [override()] }),
      hold('12', 'HF-1', { versions: 'vers:intdot/>=2.1' }),
    ],
  });
  expect(decision.holds?.map(({ hold, incident, title }) => [hold, incident, title])).toEqual([
    ['9', 'HF-9', 'The hold 9'],
    ['10', 'HF-1', 'The hold 10'],
  ]);
});

test('the answer names the holds and says what to do, and the summary says it first', () => {
  const decision = decided({
    incidents: [fault],
    holds: [hold('8', 'HF-1'), hold('7', 'HF-1')],
  });
  expect(decision).toMatchObject({
    mayShip: true,
    summary: 'Passed: held from the machines that HF-1 harms.',
  });
  expect(onlyAnswer(decision)).toMatchObject({
    status: 'held',
    check: null,
    incident: 'HF-1',
    enforcement: 'required',
    appliesBecause: '2.0 lies in the range that HF-1 (sev3) affects.',
    next: 'Keep it from the machines that the holds 7 and 8 speak of.',
  });
});

test('a plan without a version is held by nothing', () => {
  const given = {
    release: release({ version: null }),
    incidents: [fault],
    holds: [hold('7', 'HF-1')],
  };
  expect(decided(given)).toMatchObject({ verdict: 'not_applicable', holds: [] });
});

test('who may not read an incident is told the key and severity of its holds, and the sentence that everybody may read', () => {
  const given = facts({
    holds: [
      hold('7', 'HF-1', { products: ['sensor'] }),
      hold('8', 'HF-1', { publicTitle: null }),
      hold('9', 'HF-1', { publicTitle: null, products: ['sensor'] }),
    ],
  });
  const reader = { readsUnpublished: true, products: ['content'] };
  expect(redact(decide(given, noon), reader).holds).toMatchObject([
    { hold: '7', title: 'The hold 7' },
    { hold: '8', title: 'The hold 8' },
    { hold: '9', incident: 'HF-1', severity: 'sev3', title: null },
  ]);
});
