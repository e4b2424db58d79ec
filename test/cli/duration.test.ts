import { expect, test } from 'vitest';
import { instantAhead, readDuration } from '../../src/cli/duration.ts';

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  ['0s', 0],
])('%s is a duration', (text, milliseconds) => {
  expect(readDuration(text)).toBe(milliseconds);
});

test.each(['10', '', 'm', '-1m', '1.5m', '10 m', '10M', '1w', '1h30m', '9999999s'])(
  '%j is no duration: it must be a whole number with its unit',
  (text) => {
    expect(readDuration(text)).toBeNull();
  },
);

test('a duration tells an instant ahead, and an instant itself', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  expect(instantAhead('7d', now)).toBe('2026-11-30T12:00:00.000Z');
  expect(instantAhead('2027-01-01T00:00:00Z', now)).toBe('2027-01-01T00:00:00Z');
});
