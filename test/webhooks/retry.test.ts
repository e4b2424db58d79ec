/** When a delivery that failed is tried again, and what follows from each answer. */
import { describe, expect, test } from 'vitest';
import { consequenceOf } from '../../src/webhooks/courier.ts';
import { pauseMs, restMs, usualPatience } from '../../src/webhooks/retry.ts';
import type { Outcome } from '../../src/webhooks/send.ts';

const steady = { ...usualPatience, random: () => 0.5 };
const hour = 3_600_000;

test('pauses are those of Standard Webhooks, and span three days', () => {
  const minutes = Array.from(
    { length: 10 },
    (_, index) => pauseMs(index + 1, null, steady) / 60_000,
  );
  expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440, 1440]);
});

test('chance makes a pause a fifth longer or shorter, and no more', () => {
  expect(pauseMs(4, null, { ...steady, random: () => 0 })).toBe(1.6 * hour);
  expect(pauseMs(4, null, { ...steady, random: () => 1 })).toBe(2.4 * hour);
});

test('a receiver may ask for a longer pause, up to a day, and not for a shorter one', () => {
  expect(pauseMs(1, 60_000, steady)).toBe(60_000);
  expect(pauseMs(4, 60_000, steady)).toBe(2 * hour);
  expect(pauseMs(1, 1000 * hour, steady)).toBe(24 * hour);
});

test('a receiver as a whole rests for an hour at the most', () => {
  expect([1, 2, 3, 4, 9].map((failures) => restMs(failures, null, steady) / 60_000)).toEqual([
    5 / 60,
    5,
    30,
    60,
    60,
  ]);
});

const answered = (status: number): Outcome => ({
  kind: 'answered',
  status,
  retryAfterMs: null,
  excerpt: null,
});
const noAnswer: Outcome = { kind: 'unanswered', why: 'No answer.' };
const at = '2026-11-23T12:00:00Z';
const fresh = { at, failures: 0, triedSince: null, webhookFailures: 0, failingSince: null };
const old = { ...fresh, failures: 9, webhookFailures: 9, triedSince: '2026-11-20T11:59:59Z' };

describe('what follows from', () => {
  test.each([200, 201, 202, 204, 299])('%i: it is delivered', (status) => {
    expect(consequenceOf(answered(status), fresh, steady)).toEqual({ kind: 'delivered' });
    expect(consequenceOf(answered(status), old, steady)).toEqual({ kind: 'delivered' });
  });

  test.each([100, 301, 302, 307, 308, 400, 401, 404, 429, 500, 502, 503])(
    '%i: it is sent again',
    (status) => {
      const again = { kind: 'again', pauseMs: 5000, restMs: 5000 };
      expect(consequenceOf(answered(status), fresh, steady)).toEqual(again);
    },
  );

  test('no answer: it is sent again', () => {
    expect(consequenceOf(noAnswer, fresh, steady)).toMatchObject({ kind: 'again', pauseMs: 5000 });
  });

  test('410: the webhook is paused', () => {
    const gone = { kind: 'paused', because: 'gone' };
    expect(consequenceOf(answered(410), fresh, steady)).toEqual(gone);
  });

  test('a failure where nothing was received for three days: the webhook is paused', () => {
    const failing = { ...fresh, failingSince: '2026-11-20T12:00:00Z' };
    const paused = { kind: 'paused', because: 'failing' };
    expect(consequenceOf(noAnswer, failing, steady)).toEqual(paused);
    const almost = { ...fresh, failingSince: '2026-11-20T12:00:01Z' };
    expect(consequenceOf(noAnswer, almost, steady)).toMatchObject({ kind: 'again' });
  });

  test('a failure after three days in which others were received: the delivery is given up', () => {
    expect(consequenceOf(noAnswer, old, steady)).toMatchObject({ kind: 'given_up' });
    const almost = { ...old, triedSince: '2026-11-20T12:00:01Z' };
    expect(consequenceOf(noAnswer, almost, steady)).toMatchObject({ kind: 'again' });
  });
});
