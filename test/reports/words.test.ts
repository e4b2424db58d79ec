import { describe, expect, test } from 'vitest';
import { disputedUnits, figureInWords, type Measure } from '../../src/reports/figures.ts';
import { rangeInWords } from '../../src/reports/range-words.ts';
import { inSeries } from '../../src/reports/series.ts';
import { spanInWords } from '../../src/reports/spans.ts';

describe('a range in words', () => {
  test.each([
    ['vers:intdot/*', 'every version'],
    ['vers:intdot/7.11', 'version 7.11'],
    ['vers:intdot/>=7.11', 'version 7.11 and every later one'],
    ['vers:intdot/>7.11', 'every version after 7.11'],
    ['vers:intdot/<7.16', 'every version before 7.16'],
    ['vers:intdot/<=7.16', 'every version up to and including 7.16'],
    [
      'vers:intdot/>=291.20240719.409|<291.20240719.527',
      'versions from 291.20240719.409, before 291.20240719.527',
    ],
    ['vers:intdot/>1|<=2', 'versions after 1 up to and including 2'],
    ['vers:intdot/>=1|<2|5', 'versions from 1, before 2; and version 5'],
    ['vers:intdot/!=3|!=4', 'every version, except 3 and 4'],
    ['vers:semver/1.0.0+b1', 'version 1.0.0+b1'],
  ])('%s: %s', (range, words) => {
    expect(rangeInWords(range)).toBe(words);
  });
});

describe('a figure in words', () => {
  const measure = (said: Partial<Measure>): Measure => ({
    unit: 'devices',
    min: 5,
    max: 5,
    basis: 'measured',
    ...said,
  });
  test.each<[Partial<Measure>, string]>([
    [{}, '5 devices'],
    [{ basis: 'estimated', min: 8_500_000, max: 8_500_000 }, 'about 8,500,000 devices'],
    [{ min: 5000, max: 8000 }, 'between 5,000 and 8,000 devices'],
    [{ max: null }, 'at least 5 devices'],
    [{ min: null }, 'at most 5 devices'],
    [{ min: null, max: null, basis: 'unknown' }, 'not known'],
    [{ of: 'all that were online' }, '5 devices, of all that were online'],
    [{ unit: 'money', min: 1e6, max: 2e6, of: 'EUR' }, 'between 1,000,000 and 2,000,000 EUR'],
    [{ unit: 'traffic_share', min: 0.125, max: 0.125, of: 'DNS queries' }, '12.5% of DNS queries'],
  ])('%j: %s', (said, words) => {
    expect(figureInWords(measure(said))).toBe(words);
  });

  test('figures disagree when the same thing is counted twice with another outcome', () => {
    expect(disputedUnits([measure({}), measure({ max: 9 })])).toEqual(['devices']);
    expect(disputedUnits([measure({}), measure({})])).toEqual([]);
    expect(disputedUnits([measure({}), measure({ of: 'servers', max: 9 })])).toEqual([]);
    expect(disputedUnits([measure({}), measure({ unit: 'users', max: 9 })])).toEqual([]);
  });
});

test.each([
  [0, 'no time at all'],
  [1, '1 second'],
  [78 * 60, '1 hour 18 minutes'],
  [3600, '1 hour'],
  [86_400 * 10 + 19 * 3600 + 51 * 60, '10 days 19 hours'],
  [86_400 + 59, '1 day'],
])('a span of %i seconds: %s', (seconds, words) => {
  expect(spanInWords(seconds)).toBe(words);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('a series of %j: %s', (items, words) => {
  expect(inSeries(items, 'or')).toBe(words);
});
