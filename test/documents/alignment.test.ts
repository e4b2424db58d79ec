import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { alignedPairs } from '../../src/documents/alignment.ts';

test.each<[string, string, [number, number][]]>([
  ['', '', []],
  [
    'abc',
    'abc',
    [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  ],
  [
    'abc',
    'xabc',
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  ],
  [
    'abc',
    'ac',
    [
      [0, 0],
      [2, 1],
    ],
  ],
  [
    'abc',
    'acb',
    [
      [0, 0],
      [2, 1],
    ],
  ],
  [
    'aa',
    'aaa',
    [
      [0, 0],
      [1, 1],
    ],
  ],
  ['ab', 'xy', []],
])('%s and %s have %j in common', (left, right, pairs) => {
  expect(alignedPairs([...left], [...right])).toEqual(pairs);
});

/** The length of a longest common subsequence, by trying everything. */
function longest(left: readonly string[], right: readonly string[]): number {
  const [first, ...rest] = left;
  if (first === undefined) return 0;
  const at = right.indexOf(first);
  const without = longest(rest, right);
  return at === -1 ? without : Math.max(without, 1 + longest(rest, right.slice(at + 1)));
}

test('pairs are equal, rise on both sides, and could not be more', () => {
  const letters = array(constantFrom('a', 'b', 'c'), { maxLength: 8 });
  assert(
    property(letters, letters, (left, right) => {
      const pairs = alignedPairs(left, right);
      expect(pairs.length).toBe(longest(left, right));
      for (const [index, [i, j]] of pairs.entries()) {
        expect(left[i]).toBe(right[j]);
        const [beforeI = -1, beforeJ = -1] = pairs[index - 1] ?? [];
        expect(i > beforeI && j > beforeJ).toBe(true);
      }
    }),
  );
});
