/** What becomes of an instant on its way out of PostgreSQL. */
import { expect, test } from 'vitest';
import { readInstant } from '../../src/db/instant.ts';

test.each([
  ['2024-07-19 04:09:00+00', '2024-07-19T04:09:00Z'],
  ['2024-07-19 04:09:00.5+00', '2024-07-19T04:09:00.500000Z'],
  ['2024-07-19 04:09:00.000123+00', '2024-07-19T04:09:00.000123Z'],
  ['2024-07-19T04:09:00+00:00', '2024-07-19T04:09:00Z'],
  ['2024-07-19T04:09:00.1234+00:00', '2024-07-19T04:09:00.123400Z'],
])('%s is read as %s', (printed, instant) => {
  expect(readInstant(printed)).toBe(instant);
});

test.each([
  'infinity',
  '10000-01-01 00:00:00+00',
  '0044-03-15 12:00:00+00 BC',
  '2024-07-19 06:09:00+02',
  '2024-07-19 04:09:00',
])('%s is refused, because RFC 3339 in UTC cannot say it or we would have to guess', (printed) => {
  expect(() => readInstant(printed)).toThrow(printed);
});
