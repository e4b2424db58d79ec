/** What a request for a waiver is answered. */
import { describe, expect, test } from 'vitest';
import { assessWaiverRequest, type Severity } from '../../src/gate/index.ts';
import type { WaiverRequest } from '../../src/gate/waiver-request.ts';
import { at, check, facts, guardedBy, incident, noon, outcomes } from '../support/gate-facts.ts';

const T = check('T');

function request(given: Partial<WaiverRequest> = {}): WaiverRequest {
  return {
    check: 'T',
    variant: null,
    versions: null,
    requestedBy: 'pip',
    requestedAt: noon,
    expiresAt: '2024-08-19T12:00:00Z',
    ...given,
  };
}

const behind = (severity: Severity) => [incident('HF-1', { ...guardedBy('T'), severity })];

describe('where no second person is needed and the requester may approve', () => {
  test('a request is approved at once, over the gravest status there is', () => {
    const given = facts({ checks: [T], ...outcomes('T', 'passed', 'failed') });
    expect(assessWaiverRequest(request(), given, true)).toEqual({
      kind: 'approved',
      over: 'failed',
    });
  });
  test.each(['sev3', 'sev4'] as const)('%s', (severity) => {
    const given = facts({ checks: [T], incidents: behind(severity) });
    expect(assessWaiverRequest(request(), given, true)).toEqual({
      kind: 'approved',
      over: 'missing',
    });
  });
});

describe('a request awaits approval', () => {
  test('where the requester may not approve', () => {
    expect(assessWaiverRequest(request(), facts({ checks: [T] }), false)).toEqual({
      kind: 'awaits_approval',
      secondPerson: false,
    });
  });
  test.each(['sev1', 'sev2'] as const)('of a second person over a %s', (severity) => {
    const given = facts({ checks: [T], incidents: behind(severity) });
    expect(assessWaiverRequest(request(), given, true)).toEqual({
      kind: 'awaits_approval',
      secondPerson: true,
    });
  });
});

describe('a request is refused', () => {
  test('with the longest expiry allowed, when it runs 8 days over a sev1', () => {
    const given = facts({ checks: [T], incidents: behind('sev1') });
    expect(
      assessWaiverRequest(request({ expiresAt: '2024-08-20T12:00:00Z' }), given, true),
    ).toEqual({
      kind: 'refused',
      field: 'expiresAt',
      expiresAtMax: '2024-08-19T12:00:00Z',
      detail:
        'The longest waiver that HF-1 (sev1) allows is 7 days from its request. Name an expiry no later than 2024-08-19T12:00:00Z.',
    });
  });
  test('when it would have expired before it began', () => {
    expect(
      assessWaiverRequest(request({ expiresAt: noon }), facts({ checks: [T] }), true),
    ).toMatchObject({
      field: 'expiresAt',
      expiresAtMax: '2024-11-10T12:00:00Z',
      detail: expect.stringContaining('It would have expired before it began.'),
    });
  });
  test('for a check that is not known', () => {
    expect(assessWaiverRequest(request({ check: 'U' }), facts({ checks: [T] }), true)).toEqual({
      kind: 'refused',
      field: 'check',
      detail: 'There is no check U for sensor.',
    });
  });
  test('for a variant that the check does not list, with what may have been meant', () => {
    const given = facts({ checks: [check('T', { variants: [{ os: 'windows-11' }] })] });
    expect(assessWaiverRequest(request({ variant: { os: 'windows11' } }), given, true)).toEqual({
      kind: 'refused',
      field: 'variant',
      detail: 'T lists no variant os=windows11. Did you mean os=windows-11?',
    });
  });
  test('for a range of versions over a sev2', () => {
    const given = facts({ checks: [T], incidents: behind('sev2') });
    expect(assessWaiverRequest(request({ versions: 'vers:intdot/*' }), given, true)).toEqual({
      kind: 'refused',
      field: 'versions',
      detail:
        'A waiver for a range of versions is not allowed with HF-1 (sev2) at risk. Ask for this release alone.',
    });
  });
  test('for a range that does not contain the release', () => {
    const given = facts({ checks: [T] });
    expect(assessWaiverRequest(request({ versions: 'vers:intdot/<2' }), given, true)).toEqual({
      kind: 'refused',
      field: 'versions',
      detail: 'vers:intdot/<2 does not contain 2.0. Widen the range.',
    });
  });
});

test('an incident that becomes known after the request does not limit it', () => {
  const later = behind('sev1').map((one) => ({ ...one, knownAt: at('12:01') }));
  const given = facts({ checks: [T], incidents: later });
  const long = request({ expiresAt: '2024-09-12T12:00:00Z' });
  expect(assessWaiverRequest(long, given, true).kind).toBe('approved');
});
