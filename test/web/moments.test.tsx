import { expect, test } from 'vitest';
import { Day, Moment, momentInWords, type Precision } from '../../src/web/moments.tsx';

test.each<[string, Precision, boolean, string]>([
  ['2024-07-19T04:09:30Z', 'second', false, '19 July 2024, 04:09:30 UTC'],
  ['2024-07-19T04:09:00Z', 'minute', false, '19 July 2024, 04:09 UTC'],
  ['2024-07-19T04:00:00Z', 'hour', false, '19 July 2024, 04:00 UTC, to the hour'],
  ['2024-07-29', 'day', true, 'about 29 July 2024'],
  ['2024-07', 'month', false, 'July 2024'],
  ['2024-07-19T01:09:00+02:00', 'minute', false, '18 July 2024, 23:09 UTC'],
])('%s to the %s, approximately: %s, is %s', (at, precision, approximate, words) => {
  expect(momentInWords(at, precision, approximate)).toBe(words);
});

test.each<[string, Precision, string]>([
  ['2024-07', 'month', '<time datetime="2024-07">July 2024</time>'],
  ['2024-07-29', 'day', '<time datetime="2024-07-29">29 July 2024</time>'],
  [
    '2024-07-19T04:09:00Z',
    'minute',
    '<time datetime="2024-07-19T04:09Z">19 July 2024, 04:09 UTC</time>',
  ],
])('the machine form of %s is no more exact than its words', (at, precision, html) => {
  expect(String(<Moment at={at} precision={precision} />)).toBe(html);
});

test('the day of an instant keeps the instant for machines', () => {
  expect(String(<Day at="2024-08-06T12:00:00.000001Z" />)).toBe(
    '<time datetime="2024-08-06T12:00:00.000001Z">6 August 2024</time>',
  );
});
