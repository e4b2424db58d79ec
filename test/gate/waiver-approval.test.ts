/** Who may approve which waiver, and over what. */
import { describe, expect, test } from 'vitest';
import {
  assessApproval,
  assessWaiverRequest,
  decide,
  type Facts,
  type Severity,
  type WaiverFact,
} from '../../src/gate/index.ts';
import { statusForApproval } from '../../src/gate/waiver-approval.ts';
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

const T = check('T');
const behind = (severity: Severity) => [incident('HF-1', { ...guardedBy('T'), severity })];
const asked = (given: Partial<WaiverFact> = {}) => waiver('T', { approval: null, ...given });

describe('a waiver is approved', () => {
  test('by a second person over a sev1', () => {
    const given = facts({ checks: [T], incidents: behind('sev1'), ...outcomes('T', 'failed') });
    expect(assessApproval(asked(), 'ada', noon, given)).toEqual({
      kind: 'approved',
      over: 'failed',
    });
  });
  test('by the person who asked over a sev3', () => {
    const given = facts({ checks: [T], incidents: behind('sev3') });
    expect(assessApproval(asked(), 'pip', noon, given)).toEqual({
      kind: 'approved',
      over: 'missing',
    });
  });
});

describe('a waiver is not approved', () => {
  const sev1 = facts({ checks: [T], incidents: behind('sev1') });
  test.each(['sev1', 'sev2'] as const)('by the person who asked over a %s', (severity) => {
    const given = facts({ checks: [T], incidents: behind(severity) });
    expect(assessApproval(asked(), 'pip', noon, given)).toEqual({
      kind: 'refused',
      reason: 'second_person',
      detail: `HF-1 (${severity}) asks for a second person: somebody other than pip must approve.`,
    });
  });
  const table: [reason: string, given: Partial<WaiverFact>, known: Facts][] = [
    ['expiry', { expiresAt: '2024-08-20T12:00:00Z' }, sev1],
    ['range', { versions: 'vers:intdot/*' }, sev1],
    ['expired', { expiresAt: noon }, sev1],
    ['revoked', { revokedAt: at('11:00') }, sev1],
    ['already_approved', { approval: { by: 'eve', at: at('11:00'), over: 'missing' } }, sev1],
  ];
  test.each(table)('for the reason %s', (reason, given, known) => {
    expect(assessApproval(asked(given), 'ada', noon, known)).toMatchObject({
      kind: 'refused',
      reason,
    });
  });
});

describe('the status that a waiver is approved over', () => {
  const both = reported(
    report(at('09:00'), [
      result('T', 'failed', { variant: { os: 's1' } }),
      result('T', 'skipped', { variant: { os: 's2' } }),
    ]),
  );
  const given = facts({ checks: [T], ...both });
  const over = (variant: WaiverFact['variant'], known = given, asOf = noon) =>
    statusForApproval({ check: 'T', variant }, known, asOf);

  test('is the gravest of all variants where it names none', () => {
    expect(over(null)).toBe('failed');
  });
  test('is that of the variant it names', () => {
    expect(over({ os: 's2' })).toBe('skipped');
  });
  test('is missing for a variant that nobody reported', () => {
    expect(over({ os: 's3' })).toBe('missing');
  });
  test('is missing for a check without results, or that the facts do not hold', () => {
    expect(over(null, facts({ checks: [T] }))).toBe('missing');
    expect(over(null, facts())).toBe('missing');
  });
  test('does not depend on the ring asked about', () => {
    const checks = [check('T', { appliesTo: { rings: ['canary'] } })];
    expect(over(null, facts({ checks, ...both }))).toBe('failed');
  });
  test('leaves out what came later', () => {
    expect(over(null, given, at('08:00'))).toBe('missing');
  });
  test('is missing where everything passes: the waiver covers a later gap, but no later failure', () => {
    const passed = facts({ checks: [T], ...outcomes('T', 'passed') });
    expect(over(null, passed)).toBe('missing');
    const waivers = [waiver('T', { approval: { by: 'ada', at: at('10:30'), over: 'missing' } })];
    const later = (outcome: 'running' | 'failed') =>
      decide(facts({ checks: [T], waivers, ...outcomes('T', 'passed', outcome) }), noon).verdict;
    expect(later('running')).toBe('passed_with_waivers');
    expect(later('failed')).toBe('blocked');
  });
  test('is the mild one where another variant passes', () => {
    const mixed = reported(
      report(at('09:00'), [
        result('T', 'passed', { variant: { os: 's1' } }),
        result('T', 'skipped', { variant: { os: 's2' } }),
      ]),
    );
    expect(over(null, facts({ checks: [T], ...mixed }))).toBe('skipped');
  });
});

test('what was approved by these rules covers the requirement at once', () => {
  const given = facts({ checks: [T], ...outcomes('T', 'failed') });
  const request = asked({ requestedAt: noon, requestedBy: 'ada' });
  const assessment = assessWaiverRequest(request, given, true);
  if (assessment.kind !== 'approved') throw new Error('Expected an approval at once.');
  const approved = { ...request, approval: { by: 'ada', at: noon, over: assessment.over } };
  expect(decide({ ...given, waivers: [approved] }, noon).verdict).toBe('passed_with_waivers');
});
