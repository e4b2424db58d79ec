/** Instants as people write them become the one form that everything inside compares. */
import { expect, test } from 'vitest';
import { isInstant } from '../../src/contract/instant.ts';
import { utcInstant } from '../../src/contract/utc-instant.ts';

test.each([
  ['2024-07-19T04:09:00Z', '2024-07-19T04:09:00Z'],
  ['2024-07-19t04:09:00z', '2024-07-19T04:09:00Z'],
  ['2024-07-19T04:09:00+00:00', '2024-07-19T04:09:00Z'],
  ['2024-07-19T04:09:00-00:00', '2024-07-19T04:09:00Z'],
  ['2024-07-19T06:09:00+02:00', '2024-07-19T04:09:00Z'],
  ['2024-07-19T00:09:00+05:30', '2024-07-18T18:39:00Z'],
  ['2023-12-31T23:59:59-23:59', '2024-01-01T23:58:59Z'],
  ['2024-07-19T04:09:00.5Z', '2024-07-19T04:09:00.500000Z'],
  ['2024-07-19T04:09:00.000Z', '2024-07-19T04:09:00Z'],
  ['2024-07-19T04:09:00.000123Z', '2024-07-19T04:09:00.000123Z'],
  ['2024-07-19T04:09:59.9999999Z', '2024-07-19T04:09:59.999999Z'],
  ['2024-07-19T04:09:00.0000009Z', '2024-07-19T04:09:00Z'],
  ['2024-07-19T06:09:00.25+02:00', '2024-07-19T04:09:00.250000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
])('%s is %s', (written, utc) => {
  expect(isInstant(written)).toBe(true);
  expect(utcInstant(written)).toBe(utc);
  expect(utcInstant(utc)).toBe(utc);
});

test('what is no instant is a mistake of ours', () => {
  expect(() => utcInstant('2024-07-19')).toThrow('2024-07-19');
});
