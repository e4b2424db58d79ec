/** Globs on changed paths. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globMatcher } from '../../src/gate/glob.ts';

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
  const matches = globMatcher([glob]);
  expect(matching.filter((path) => !matches(path))).toEqual([]);
  expect(others.filter((path) => matches(path))).toEqual([]);
});

test('several globs agree with the regular expressions that say the same', () => {
  const unit = fc.constantFrom('a', 'b', 'ä', '😀', '/', '*', '**', '**/', '?');
  const globs = fc.array(fc.string({ unit, maxLength: 8 }), { minLength: 1, maxLength: 3 });
  const path = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '😀', '/'), maxLength: 8 });
  fc.assert(
    fc.property(globs, fc.array(path, { maxLength: 5 }), (globs, paths) => {
      const matches = globMatcher(globs);
      const expected = paths.map((path) => globs.some((glob) => asRegExp(glob).test(path)));
      expect(paths.map((path) => matches(path))).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

/** The largest that the contract takes. */
const globsMax = 200;
const globLengthMax = 500;
const pathsMax = 20_000;
const pathLengthMax = 1000;

const folders = (n: number) => `${n}/`.repeat(pathLengthMax).slice(0, pathLengthMax);
const sameStart = (n: number) => `src/${'x'.repeat(pathLengthMax - 10)}${n}`;
/** The same for the same number, and like no other. */
const random = (n: number) =>
  Array.from({ length: pathLengthMax }, (_, at) =>
    ((n + 1) * (at + 7919) * 2_654_435_761) % 4_294_967_296 < 2_147_483_648 ? 'a' : 'b',
  ).join('');

test.each<[string, (n: number) => string, (n: number) => string]>([
  ['a long literal start', (n) => `src/${'x'.repeat(480)}${n}/**`, sameStart],
  ['folders anywhere', (n) => `**/driver${n}/**/*.cpp`, folders],
  ['long names anywhere', (n) => `**/${'0/'.repeat(200)}${n}/*`, folders],
  ['a glob full of stars', (n) => `${'*a'.repeat(240)}z${n}`, (n) => 'a'.repeat(990) + n],
  ['stars in folders', (n) => `${'**/a*'.repeat(95)}z${n}`, (n) => 'a/'.repeat(495) + n],
  ['single characters', (n) => `**a${'?'.repeat(490)}z${n}`, random],
])('%s: the largest globs and paths are answered quickly, and none matches', (_, glob, path) => {
  const globs = Array.from({ length: globsMax }, (_, n) => glob(n).slice(0, globLengthMax));
  const paths = Array.from({ length: pathsMax }, (_, n) => path(n).slice(0, pathLengthMax));
  const started = performance.now();
  const matches = globMatcher(globs);
  expect(paths.some((path) => matches(path) === true)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('what costs more than it may is not told, whichever way it would be', () => {
  const matches = globMatcher(['a*b*c', '**/d'], 10);
  expect(matches('a1b2')).toBe('beyond_telling');
  expect(globMatcher(['a*b*c', '**/d'])('a1b2')).toBe(false);
});

function asRegExp(glob: string): RegExp {
  const source = glob.replace(/((?<=^|\/)\*{2,}\/)|\*{2,}|\*|\?/g, (token, folders?: string) => {
    if (folders !== undefined) return '(?:.*/)?';
    if (token === '?') return '[^/]';
    return token === '*' ? '[^/]*' : '.*';
  });
  return new RegExp(`^${source}$`, 'su');
}
