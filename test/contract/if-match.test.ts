import { expect, test } from 'vitest';
import { checkIfMatch, etag, isUnchanged, notModified } from '../../src/contract/if-match.ts';

test.each([
  [undefined, '"3"', 'missing'],
  [undefined, null, 'missing'],
  ['"3"', '"3"', 'ok'],
  ['"2"', '"3"', 'stale'],
  ['"2", "3"', '"3"', 'ok'],
  ['"a,b" , "3"', '"3"', 'ok'],
  ['W/"3"', '"3"', 'stale'],
  ['3', '"3"', 'stale'],
  ['*', '"3"', 'ok'],
  [' * ', '"3"', 'ok'],
  ['*', null, 'stale'],
  ['"3"', null, 'stale'],
])('If-Match %s against %s is %s', (header, current, verdict) => {
  expect(checkIfMatch(header, current)).toBe(verdict);
});

test.each([
  [undefined, '"3"', false],
  ['"3"', '"3"', true],
  ['W/"3"', '"3"', true],
  ['"3"', 'W/"3"', true],
  ['"2"', '"3"', false],
  ['"2", W/"3"', '"3"', true],
  ['*', '"3"', true],
])('If-None-Match %s against %s means unchanged: %s', (header, current, unchanged) => {
  expect(isUnchanged(header, current)).toBe(unchanged);
});

test('a revision has one strong tag, which a 304 repeats', () => {
  expect(etag(3)).toBe('"3"');
  expect(notModified(etag(3))).toEqual({ status: 304, headers: { ETag: '"3"' } });
});
