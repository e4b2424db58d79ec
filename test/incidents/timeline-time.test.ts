import { expect, test } from 'vitest';
import {
  earliest,
  latest,
  type TimelineTime,
  timeFault,
} from '../../src/incidents/timeline-time.ts';

test.each<[TimelineTime['precision'], string]>([
  ['second', '2024-07-19T04:09:00Z'],
  ['second', '2024-07-19T04:09:00.123456Z'],
  ['minute', '2024-07-19T04:09:00Z'],
  ['hour', '2024-07-19T04:00:00Z'],
  ['day', '2024-02-29'],
  ['month', '2024-12'],
])('to the %s, %s fits', (precision, at) => {
  expect(timeFault({ at, precision })).toBeNull();
});

test.each<[TimelineTime['precision'], string]>([
  ['second', '2024-07-19'],
  ['minute', '2024-07'],
  ['hour', '2024-07-19T04:00'],
  ['hour', '2024-07-19T24:00:00Z'],
  ['minute', '2023-02-29T04:00:00Z'],
  ['day', '2023-02-29'],
  ['day', '2024-07'],
  ['day', '2024-07-19T04:09:00Z'],
  ['month', '2024-13'],
  ['month', '2024-00'],
  ['month', '2024-07-19'],
  ['month', '0000-07'],
])('to the %s, %s does not fit', (precision, at) => {
  expect(timeFault({ at, precision })).toMatch(/^Write .*2024-07.*\.$/);
});

test('entries of different precision order by the first instant that each may stand for', () => {
  const times = [
    { at: '2024-07-19T00:00:01Z', precision: 'second' },
    { at: '2024-07-19', precision: 'day' },
    { at: '2024-07', precision: 'month' },
    { at: '2024-07-20', precision: 'day' },
  ] as const;
  expect(earliest(times)).toBe(times[2]);
  expect(latest(times)).toBe(times[3]);
  expect(earliest([times[1], times[0]])).toBe(times[1]);
  expect(earliest([])).toBeNull();
  expect(latest([])).toBeNull();
});
