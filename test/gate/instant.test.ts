/** Instants as text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, compareInstants } from '../../src/gate/instant.ts';

test.each([
  ['2024-07-19T04:09:00Z', '2024-07-19T04:09:00.000000Z', 0],
  ['2024-07-19T04:09:00Z', '2024-07-19T04:09:00.000001Z', -1],
  ['2024-07-19T04:09:01Z', '2024-07-19T04:09:00.999999Z', 1],
  ['2024-07-19T04:09:00.000002Z', '2024-07-19T04:09:00.000010Z', -1],
  ['2023-12-31T23:59:59Z', '2024-01-01T00:00:00Z', -1],
  ['2024-07-19T04:09:00Z', '2024-07-19T04:09:00Z', 0],
])('%s against %s', (a, b, expected) => {
  expect(Math.sign(compareInstants(a, b))).toBe(expected);
  expect(Math.sign(compareInstants(b, a))).toBe(expected === 0 ? 0 : -expected);
});

test('instants compare as the microseconds they stand for, with and without a fraction', () => {
  const instant = fc
    .record({
      second: fc.integer({ min: 1_700_000_000, max: 1_700_000_003 }),
      micros: fc.option(fc.integer({ min: 0, max: 3 })),
    })
    .map(({ second, micros }) => ({
      value: second * 1e6 + (micros ?? 0),
      text:
        new Date(second * 1000).toISOString().slice(0, 19) +
        (micros === null ? 'Z' : `.${String(micros).padStart(6, '0')}Z`),
    }));
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      expect(Math.sign(compareInstants(a.text, b.text))).toBe(Math.sign(a.value - b.value));
    }),
  );
});

test.each([
  ['2024-02-28T12:00:00Z', 1, '2024-02-29T12:00:00Z'],
  ['2023-02-28T12:00:00Z', 1, '2023-03-01T12:00:00Z'],
  ['2024-12-31T23:59:59.123456Z', 7, '2025-01-07T23:59:59.123456Z'],
])('%s and %d days later', (instant, days, expected) => {
  expect(addDays(instant, days)).toBe(expected);
});
