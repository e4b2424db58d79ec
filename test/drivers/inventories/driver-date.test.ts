/** Dates as tools print them in every region. */
import { expect, test } from 'vitest';
import { readDate, readDatedVersion } from '../../../src/drivers/inventories/driver-date.ts';

test.each([
  ['20171023000000.******+***', '2017-10-23'],
  ['20171023000000.000000-000', '2017-10-23'],
  ['/Date(1715558400000)/', '2024-05-13'],
  ['/Date(1715558400000+0200)/', '2024-05-13'],
  ['2024-05-13T02:00:00+02:00', '2024-05-13'],
  ['2024-05-13T00:00:00Z', '2024-05-13'],
  ['2024-05-13', '2024-05-13'],
  ['2024/05/13 0:00:00', '2024-05-13'],
  ['2024. 5. 13.', '2024-05-13'],
  ['13.05.2024', '2024-05-13'],
  ['03.09.2018 00:00:00', '2018-09-03'],
  ['5/13/2024 12:00:00 AM', '2024-05-13'],
  ['13/05/2024', '2024-05-13'],
  ['05/05/2024', '2024-05-05'],
  ['\u200e5/\u200e13/\u200e2024', '2024-05-13'],
])('%j is one day only', (text, day) => {
  expect(readDate(text)).toBe(day);
});

test.each([
  ['03/09/2018'],
  ['9/3/2018 5:00:00 PM'],
  ['13.05.2024 02:00:00'],
  ['99/99/2024'],
  ['/Date(999999999999999)/'],
  ['20.05.24'],
  ['yesterday'],
])('%j stays as it was printed, because it may mean another day', (text) => {
  expect(readDate(text)).toBe(text);
});

test.each([
  ['04/21/2009 6.1.7600.16385', { date: '2009-04-21', version: '6.1.7600.16385' }],
  ['03/09/2018 10.0.1', { date: '2018-03-09', version: '10.0.1' }],
  ['6.1.7600.16385 04/21/2009', { date: '2009-04-21', version: '6.1.7600.16385' }],
  ['04/21/2009   6.1', { date: '2009-04-21', version: '6.1' }],
])('%j is a date and a version', (text, pair) => {
  expect(readDatedVersion(text, 'month_first')).toEqual(pair);
});

test('the date of the pair may be that of any region', () => {
  const pair = { date: '2009-04-21', version: '6.1.7600.16385' };
  expect(readDatedVersion('21.04.2009 6.1.7600.16385')).toEqual(pair);
  expect(readDatedVersion('2009. 04. 21. 6.1.7600.16385')).toEqual(pair);
  expect(readDatedVersion('2009-04-21 6.1.7600.16385')).toEqual(pair);
  expect(readDatedVersion('03/09/2018 1.0')?.date).toBe('03/09/2018');
});

test.each([['6.1.7600.16385'], ['04/21/2009'], ['Realtek 6.1'], [''], ['04/21/2009 6.1.#.2']])(
  '%j is no such pair',
  (text) => {
    expect(readDatedVersion(text)).toBeNull();
  },
);
