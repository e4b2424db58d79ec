import { expect, test } from 'vitest';
import { incidentKey, yearOfFault } from '../../src/incidents/incident-key.ts';
import type { TimelineEntry } from '../../src/incidents/record.ts';

const at = (type: TimelineEntry['type'], day: string) =>
  ({ type, at: day, precision: 'day' }) as const;

test.each<[string, ReturnType<typeof at>[], number | null]>([
  ['the release', [at('introduced', '2021-01-01'), at('released', '2022-01-01')], 2022],
  [
    'the first of several releases',
    [at('released', '2024-01-01'), at('released', '2023-12-31')],
    2023,
  ],
  [
    'the release before the first impact',
    [at('first_impact', '2021-01-01'), at('released', '2022-01-01')],
    2022,
  ],
  ['the first impact where no release is known', [at('first_impact', '2021-01-01')], 2021],
  ['nothing', [at('detected', '2021-01-01')], null],
])('the year is that of %s', (_, timeline, year) => {
  expect(yearOfFault(timeline)).toBe(year);
});

test.each([
  [1, 'HF-2024-0001'],
  [9999, 'HF-2024-9999'],
  [10000, 'HF-2024-10000'],
])('number %i has four digits at least', (number, key) => {
  expect(incidentKey('HF', 2024, number)).toBe(key);
});
