/** Globs on the names of suites, classes and cases. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseGlob } from '../../../src/releases/test-reports/case-glob.ts';

describe('a glob on names', () => {
  test.each<[pattern: string, matching: string[], other: string[]]>([
    ['', [''], ['a']],
    ['*', ['', 'a', 'a.b/c\nd'], []],
    ['a.b', ['a.b'], ['axb', 'a.b ', 'A.B', 'a.bc', 'xa.b']],
    [
      'non_wildcard_*',
      ['non_wildcard_', 'non_wildcard_ipc.21'],
      ['non_wildcard', 'a non_wildcard_'],
    ],
    ['*_smoke', ['_smoke', 'a.b_smoke'], ['_smoke2']],
    ['*boot*', ['boot', 'host.boot.win'], ['bot']],
    ['a*a', ['aa', 'aba', 'aaa'], ['a', 'ab']],
    ['a*b*c', ['abc', 'a.b.c', 'acbc', 'abbcc'], ['ac', 'acb', 'abcd']],
    ['*ab*ab', ['abab', 'xabxab'], ['ab', 'aab']],
    ['a**b', ['ab', 'axb'], ['a']],
    ['?', ['a', 'é', '𒍺', '\n'], ['', 'ab']],
    ['a?c', ['abc', 'a𒍺c'], ['ac', 'abbc']],
    ['*?', ['a', 'ab'], ['']],
    ['??*x', ['abx', '𒍺𒍺x'], ['ax', '𒍺x']],
    ['*𒍺?', ['𒍺𡓿', 'x𒍺a'], ['𒍺']],
    ['test[1]', ['test[1]'], ['test1']],
    ['a+(b|c)^$\\', ['a+(b|c)^$\\'], ['ab']],
    ['{a,b}', ['{a,b}'], ['a']],
    ['!a', ['!a'], ['b']],
  ])('%j', (pattern, matching, other) => {
    const matches = caseGlob(pattern);
    expect(matching.filter((name) => !matches(name))).toEqual([]);
    expect(other.filter(matches)).toEqual([]);
  });

  test('agrees with a slow and obvious reading of the same rules', () => {
    const characters = fc.constantFrom('a', 'b', '.', '𒍺');
    const names = fc.array(characters, { maxLength: 10 });
    const patterns = fc.array(fc.oneof(characters, fc.constantFrom('*', '?')), { maxLength: 7 });
    fc.assert(
      fc.property(patterns, names, (pattern, name) => {
        expect(caseGlob(pattern.join(''))(name.join(''))).toBe(slowly(pattern, name));
      }),
      { numRuns: 3000 },
    );
  });

  test.each(['*a', '?*a'])('a pattern made to take for ever (%s…) is answered at once', (part) => {
    const started = performance.now();
    expect(caseGlob(`${part.repeat(50)}b`)('a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

function slowly(pattern: readonly string[], name: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return name.length === 0;
  if (first === '*') {
    return slowly(rest, name) || (name.length > 0 && slowly(pattern, name.slice(1)));
  }
  return name.length > 0 && (first === '?' || first === name[0]) && slowly(rest, name.slice(1));
}
