import { expect, test } from 'vitest';
import { mergePatch } from '../../src/documents/merge-patch.ts';

/** RFC 7396, appendix A. */
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched with %j is %j', (target, patch, merged) => {
  expect(mergePatch(target, patch)).toEqual(merged);
});

test('neither side is changed', () => {
  const target = { detection: { method: 'press', note: 'Seen.' } };
  const patch = { detection: { note: null } };
  mergePatch(target, patch);
  expect(target).toEqual({ detection: { method: 'press', note: 'Seen.' } });
  expect(patch).toEqual({ detection: { note: null } });
});

test('a null within a list is a value, not a removal', () => {
  const affected = [{ product: 'p', versions: null }];
  expect(mergePatch({ affected: [] }, { affected })).toEqual({ affected });
});
