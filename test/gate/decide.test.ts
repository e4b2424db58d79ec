/** The verdict: what lets a release ship, and what does not. */
import { describe, expect, test } from 'vitest';
import { decide, type Facts, type Outcome } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  facts,
  guardedBy,
  incident,
  noon,
  onlyAnswer,
  outcomes,
  outline,
  report,
  reported,
  result,
  waiver,
} from '../support/gate-facts.ts';

const T = check('T');

describe('one required check', () => {
  const table: [name: string, given: Partial<Facts>, expected: string[]][] = [
    ['a pass lets the release ship', outcomes('T', 'passed'), ['passed', 'T passed']],
    ['no result is missing, and waits', {}, ['pending', 'T missing']],
    ['a failure blocks', outcomes('T', 'failed'), ['blocked', 'T failed']],
    ['an error blocks', outcomes('T', 'errored'), ['blocked', 'T errored']],
    ['a running check waits', outcomes('T', 'running'), ['pending', 'T running']],
    ['a skipped check waits', outcomes('T', 'skipped'), ['pending', 'T skipped']],
    ['a later pass replaces a failure', outcomes('T', 'failed', 'passed'), ['passed', 'T passed']],
    [
      'a later failure replaces a pass at once',
      outcomes('T', 'passed', 'failed'),
      ['blocked', 'T failed'],
    ],
    [
      'a failure under a waiver ships with it',
      { ...outcomes('T', 'failed'), waivers: [waiver('T')] },
      ['passed_with_waivers', 'T waived'],
    ],
    [
      'a missing result under a waiver ships with it',
      { waivers: [waiver('T')] },
      ['passed_with_waivers', 'T waived'],
    ],
    [
      'a pass is never called waived',
      { ...outcomes('T', 'passed'), waivers: [waiver('T')] },
      ['passed', 'T passed'],
    ],
  ];
  test.each(table)('%s', (_, given, expected) => {
    const decision = decided({ checks: [T], ...given });
    expect(outline(decision)).toEqual(expected);
    expect(decision.mayShip).toBe(!['blocked', 'pending'].includes(decision.verdict));
  });
});

describe('the gravest required answer decides', () => {
  const table: [outcomes: Outcome[], verdict: string][] = [
    [['passed', 'passed'], 'passed'],
    [['passed', 'running'], 'pending'],
    [['failed', 'running'], 'blocked'],
    [['errored', 'skipped'], 'blocked'],
  ];
  test.each(table)('%j is %s', (given, verdict) => {
    const keys = ['A', 'B'];
    const results = given.map((outcome, n) => result(keys[n] ?? '', outcome));
    const checks = keys.map((key) => check(key));
    expect(decided({ checks, ...reported(report(at('09:00'), results)) }).verdict).toBe(verdict);
  });

  test('a waiver of one requirement leaves another one to be met', () => {
    const decision = decided({ checks: [check('A'), check('B')], waivers: [waiver('A')] });
    expect(outline(decision)).toEqual(['pending', 'A waived', 'B missing']);
  });
});

describe('where nothing is required', () => {
  test('the release may ship, and the summary says that nothing was required', () => {
    const { verdict, mayShip, summary, answers } = decided({});
    expect({ verdict, mayShip, summary, answers }).toEqual({
      verdict: 'not_applicable',
      mayShip: true,
      summary: 'Nothing was required of this release.',
      answers: [],
    });
  });

  test.each(['failed', 'errored', 'running'] as const)(
    'an advisory check that %s is shown and changes nothing',
    (outcome) => {
      const checks = [check('A', { enforcement: 'advisory' })];
      const decision = decided({ checks, ...outcomes('A', outcome) });
      expect(outline(decision)).toEqual(['not_applicable', `A ${outcome}`]);
      expect(decision.mayShip).toBe(true);
    },
  );

  test('an advisory failure leaves the pass of what is required', () => {
    const checks = [T, check('A', { enforcement: 'advisory' })];
    const results = [result('T', 'passed'), result('A', 'failed')];
    const decision = decided({ checks, ...reported(report(at('09:00'), results)) });
    expect(outline(decision)).toEqual(['passed', 'T passed', 'A failed']);
  });

  test('a waived advisory answer does not turn a pass into a pass with waivers', () => {
    const checks = [T, check('A', { enforcement: 'advisory' })];
    const decision = decided({ checks, ...outcomes('T', 'passed'), waivers: [waiver('A')] });
    expect(outline(decision)).toEqual(['passed', 'T passed', 'A waived']);
  });
});

describe('an answer', () => {
  test('carries the result that it rests on', () => {
    const failed = result('T', 'failed', { id: 'r-1', failedCases: ['suite › case'] });
    const answer = onlyAnswer(
      decided({ checks: [T], ...reported(report(at('09:00'), [failed], { run: 'build-7' })) }),
    );
    expect(answer.result).toEqual({
      id: 'r-1',
      outcome: 'failed',
      run: 'build-7',
      evidenceUrl: null,
      reason: null,
      failedCases: ['suite › case'],
      receivedAt: at('09:00'),
    });
  });

  test('carries the reason of an error', () => {
    const errored = result('T', 'errored', { reason: 'The host did not start.' });
    const answer = onlyAnswer(
      decided({ checks: [T], ...reported(report(at('09:00'), [errored])) }),
    );
    expect(answer.result?.reason).toBe('The host did not start.');
  });

  test('that is waived keeps what the waiver stands in for, and the result', () => {
    const answer = onlyAnswer(
      decided({ checks: [T], ...outcomes('T', 'failed'), waivers: [waiver('T')] }),
    );
    expect(answer).toMatchObject({
      status: 'waived',
      insteadOf: 'failed',
      result: { id: 'T failed', outcome: 'failed' },
      waiver: { id: 'waiver of T', approvedBy: 'ada', reason: 'The lab is down.' },
    });
  });

  test('that is waived without a result has none', () => {
    const answer = onlyAnswer(decided({ checks: [T], waivers: [waiver('T')] }));
    expect(answer).toMatchObject({ status: 'waived', insteadOf: 'missing', result: null });
  });

  test('names every incident that its check guards against, the gravest first', () => {
    const incidents = [
      incident('HF-2', { ...guardedBy('T'), severity: 'sev2' }),
      incident('HF-3', { ...guardedBy('T'), severity: 'sev1' }),
      incident('HF-1', { ...guardedBy('T'), severity: 'sev2' }),
    ];
    const answer = onlyAnswer(decided({ checks: [T], incidents }));
    expect(answer.guardsAgainst).toEqual([
      {
        incident: 'HF-3',
        title: 'The incident HF-3',
        publicTitle: 'The incident HF-3',
        severity: 'sev1',
        products: ['content'],
        why: 'T would have caught it.',
        publicWhy: 'T would have caught it.',
        proof: 'unproven',
      },
      expect.objectContaining({ incident: 'HF-1' }),
      expect.objectContaining({ incident: 'HF-2' }),
    ]);
  });
});

test('answers come in one order: known faults, required by check and variant, advisory', () => {
  const variants = [{ os: 's2' }, { os: 's1' }];
  const given = {
    checks: [check('A', { enforcement: 'advisory' }), check('C', { variants }), check('B')],
    incidents: [
      incident('HF-1', { affectedVersions: ['vers:intdot/2.0'] }),
      incident('HF-2', { affectedVersions: ['vers:intdot/2.0'], severity: 'sev1' }),
    ],
  };
  expect(outline(decided(given))).toEqual([
    'blocked',
    'HF-2 known_faulty',
    'HF-1 known_faulty',
    'B missing',
    'C on os=s1 missing',
    'C on os=s2 missing',
    'A missing',
  ]);
});

describe('asked about the past', () => {
  const given = facts({
    checks: [T],
    incidents: [incident('HF-1', { affectedVersions: ['vers:intdot/2.0'], knownAt: at('11:30') })],
    waivers: [waiver('T', { requestedAt: at('10:15'), revokedAt: at('11:00') })],
    ...outcomes('T', 'passed', 'failed'),
  });
  const table: [asOf: string, expected: string[]][] = [
    ['2024-08-12T08:59:59.999999Z', ['pending', 'T missing']],
    [at('09:00'), ['passed', 'T passed']],
    ['2024-08-12T09:59:59Z', ['passed', 'T passed']],
    [at('10:00'), ['blocked', 'T failed']],
    [at('10:29'), ['blocked', 'T failed']],
    [at('10:30'), ['passed_with_waivers', 'T waived']],
    ['2024-08-12T10:59:59.999999Z', ['passed_with_waivers', 'T waived']],
    [at('11:00'), ['blocked', 'T failed']],
    [at('11:30'), ['blocked', 'HF-1 known_faulty', 'T failed']],
  ];
  test.each(table)('as of %s the gate says what it would have said then', (asOf, expected) => {
    expect(outline(decide(given, asOf))).toEqual(expected);
  });

  test('a fact of the very instant asked about is known', () => {
    expect(decide(given, '2024-08-12T09:00:00.000000Z').verdict).toBe('passed');
  });

  test('a waiver ends at its expiry', () => {
    const waived = facts({ checks: [T], waivers: [waiver('T', { expiresAt: noon })] });
    expect(decide(waived, '2024-08-12T11:59:59.999999Z').verdict).toBe('passed_with_waivers');
    expect(decide(waived, noon).verdict).toBe('pending');
  });
});
