/** When two variants are the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Variant } from '../../src/gate/index.ts';
import { sameVariant, variantKey, variantText } from '../../src/gate/variant.ts';

test('the key is JSON with the names in order', () => {
  expect(variantKey({ os: 'windows-11', arch: 'x64' })).toBe('{"arch":"x64","os":"windows-11"}');
});

test('no variant, and one without pairs, have the empty key', () => {
  expect([variantKey(null), variantKey({})]).toEqual(['', '']);
});

test('a variant is written for a sentence in the order of its names', () => {
  expect(variantText({ os: 'windows-11', arch: 'x64' })).toBe('arch=x64, os=windows-11');
});

test.each<[Variant | null, Variant | null, boolean]>([
  [{ a: '1', b: '2' }, { b: '2', a: '1' }, true],
  [{ a: '1' }, { a: '2' }, false],
  [{ a: '1' }, { a: '1', b: '2' }, false],
  [{ a: '1","b":"2' }, { a: '1', b: '2' }, false],
  [{ a: '1' }, null, false],
  [null, null, true],
])('%j and %j: %s', (a, b, same) => {
  expect(sameVariant(a, b)).toBe(same);
});

test('keys are equal exactly when the pairs are', () => {
  const pair = fc.constantFrom<[string, string]>(
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
    ['"', ':'],
    ['2', 'x'],
    ['10', 'x'],
  );
  const variant = fc.array(pair, { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));
  const pairsOf = (one: Variant) =>
    new Set(Object.entries(one).map((pair) => JSON.stringify(pair)));
  fc.assert(
    fc.property(variant, variant, (a, b) => {
      const [left, right] = [pairsOf(a), pairsOf(b)];
      const same = left.size === right.size && [...left].every((pair) => right.has(pair));
      expect(variantKey(a) === variantKey(b)).toBe(same);
    }),
  );
});
