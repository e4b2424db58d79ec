import { expect, test } from 'vitest';
import { everywhereStatuses, gapsIn } from '../support/contract-gaps.ts';

const responses = (...statuses: number[]) =>
  new Map(statuses.map((status) => [status, { media: [], requiredHeaders: [] }]));
const operations = [
  { id: 'getNote', responses: responses(200, 404) },
  { id: 'putNote', responses: responses(200) },
];
const everywhere = everywhereStatuses.map((status) => `everywhere ${status}`);

test('nothing is missing where every declared status was seen', () => {
  const seen = new Set(['getNote 200', 'getNote 404', 'putNote 200', ...everywhere]);
  expect(gapsIn(operations, seen, {})).toEqual([]);
});

test('an operation never called and a status never seen are named', () => {
  const seen = new Set(['getNote 200', ...everywhere]);
  expect(gapsIn(operations, seen, {})).toEqual([
    'No test calls putNote.',
    'No test sees getNote 404.',
    'No test sees putNote 200.',
  ]);
});

test('a status that the loop adds everywhere is seen at any operation', () => {
  const all = ['getNote 200', 'getNote 404', 'putNote 200', ...everywhere];
  const without = all.filter((line) => line !== 'everywhere 503');
  expect(gapsIn(operations, new Set(without), {})).toEqual(['No test sees everywhere 503.']);
  expect(gapsIn(operations, new Set([...without, 'putNote 503']), {})).toEqual([]);
});

test('an exception stands in for a status, until it is seen or no longer declared', () => {
  const seen = new Set(['getNote 200', 'putNote 200', ...everywhere]);
  expect(gapsIn(operations, seen, { 'getNote 404': 'why' })).toEqual([]);
  expect(
    gapsIn(operations, seen, { 'getNote 404': '', 'getNote 200': '', 'getNote 410': '' }),
  ).toEqual([
    'getNote 200 is no exception any more; take it off the list.',
    'getNote 410 is no exception any more; take it off the list.',
  ]);
});
