/** One page of a list. */
import { expect, test } from 'vitest';
import { readCursor } from '../../src/contract/cursor.ts';
import { pageOf } from '../../src/contract/page.ts';

const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `n${id}` }));
const page = (count: number, limit: number) =>
  pageOf(
    rows(count),
    limit,
    ({ name }) => name,
    ({ name, id }) => [name, id],
  );

test('the row beyond the limit is not shown, and tells that another page begins behind the last one shown', () => {
  const { items, next } = page(3, 2);
  expect(items).toEqual(['n0', 'n1']);
  expect(readCursor(next, ['text', 'integer'])).toEqual({ kind: 'after', position: ['n1', 1] });
});

test.each([0, 1, 2])('the last page, of %i rows, has no next', (count) => {
  const last = page(count, 2);
  expect(last.items).toHaveLength(count);
  expect(last).not.toHaveProperty('next');
});
