/** Globs on changed paths. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../src/gate/index.ts';

const table: [glob: string, matching: string[], others: string[]][] = [
  [
    'content/C-00000291.sys',
    ['content/C-00000291.sys'],
    ['content/c-00000291.sys', 'C-00000291.sys'],
  ],
  ['content/*', ['content/a', 'content/.a'], ['content', 'content/a/b', 'other/a']],
  ['content/**', ['content/a', 'content/a/b/c'], ['content', 'contents/a']],
  ['**/driver.c', ['driver.c', 'a/driver.c', 'a/b/driver.c'], ['a/my-driver.c', 'driver.c/x']],
  ['src/**/*.ts', ['src/a.ts', 'src/a/b/c.ts'], ['a.ts', 'src/a.tsx', 'my/src/a.ts']],
  ['a?c', ['abc', 'a😀c'], ['ac', 'a/c', 'abbc']],
  ['*', ['a', 'a.b', ''], ['a/b', '/']],
  ['**', ['', 'a', 'a/b/c'], []],
  ['a**z', ['az', 'a/b/z', 'abcz'], ['a/b', 'baz']],
  ['**/a/*/z', ['a/b/z', 'x/a/b/z', 'a/a/b/z'], ['a/b/c/z', 'xa/b/z']],
  ['*.{c,h}', ['a.{c,h}'], ['a.c']],
  ['a.c', ['a.c'], ['abc']],
  ['[ab]', ['[ab]'], ['a']],
];
test.each(table)('%s', (glob, matching, others) => {
  expect(matching.filter((path) => !matchesGlob(glob, path))).toEqual([]);
  expect(others.filter((path) => matchesGlob(glob, path))).toEqual([]);
});

test('agrees with the regular expression that says the same', () => {
  const glob = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '*', '**', '**/', '?'),
    maxLength: 8,
  });
  const path = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
  fc.assert(
    fc.property(glob, path, (glob, path) => {
      expect(matchesGlob(glob, path)).toBe(asRegExp(glob).test(path));
    }),
    { numRuns: 5000 },
  );
});

test('a glob full of stars is answered quickly', () => {
  const started = performance.now();
  expect(matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(2000))).toBe(false);
  expect(matchesGlob(`${'**/a*'.repeat(50)}b`, 'a/'.repeat(1000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});

function asRegExp(glob: string): RegExp {
  const source = glob.replace(/((?<=^|\/)\*{2,}\/)|\*{2,}|\*|\?/g, (token, folders?: string) => {
    if (folders !== undefined) return '(?:.*/)?';
    if (token === '?') return '[^/]';
    return token === '*' ? '[^/]*' : '.*';
  });
  return new RegExp(`^${source}$`, 's');
}
