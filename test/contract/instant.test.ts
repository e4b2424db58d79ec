import { expect, test } from 'vitest';
import { isInstant } from '../../src/contract/instant.ts';

test.each([
  '2024-07-19T04:09:00Z',
  '2024-07-19T04:09:00.000123Z',
  '2024-07-19t04:09:00z',
  '2024-07-19T04:09:00+02:00',
  '2024-02-29T23:59:59-12:00',
  '2000-02-29T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999Z',
])('%s is an instant', (text) => {
  expect(isInstant(text)).toBe(true);
});

test.each([
  ['', 'nothing'],
  ['2024-07-19', 'a day'],
  ['2024-07-19T04:09Z', 'without seconds'],
  ['2024-07-19T04:09:00', 'without an offset'],
  ['2024-07-19 04:09:00Z', 'with a space'],
  [' 2024-07-19T04:09:00Z', 'after a space'],
  ['2024-07-19T04:09:00.Z', 'with a point and nothing behind it'],
  ['2024-02-30T00:00:00Z', 'no such day'],
  ['2023-02-29T00:00:00Z', 'no leap year'],
  ['1900-02-29T00:00:00Z', 'no leap year'],
  ['2024-13-01T00:00:00Z', 'no such month'],
  ['2024-00-01T00:00:00Z', 'no such month'],
  ['2024-01-00T00:00:00Z', 'no such day'],
  ['2024-07-19T24:00:00Z', 'no such hour'],
  ['2024-07-19T23:60:00Z', 'no such minute'],
  ['2016-12-31T23:59:60Z', 'a leap second'],
  ['2024-07-19T04:09:00+24:00', 'no such offset'],
  ['2024-07-19T04:09:00+00:60', 'no such offset'],
  ['0000-12-31T00:00:00Z', 'the year 0'],
  ['0001-01-01T00:00:00+10:00', 'the year 0 in UTC'],
  ['9999-12-31T23:59:59-10:00', 'the year 10000 in UTC'],
  ['+02024-07-19T04:09:00Z', 'a year of five digits'],
])('%s is none (%s)', (text) => {
  expect(isInstant(text)).toBe(false);
});
