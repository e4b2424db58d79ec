/** Semantic versions, against tables of our own and the npm library where that can follow. */
import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, test } from 'vitest';
import { checkVersion, compareVersions, readVersion } from '../../src/versions/index.ts';

const ASCENDING = [
  '0.0.0-0',
  '0.0.0',
  '0.9.0',
  '0.10.0',
  '1.0.0--',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.1.0',
  '1.0.0-alpha.beta',
  '1.0.0-alpha-',
  '1.0.0-alpha0',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-beta.20240719040900123456',
  '1.0.0-beta.20240719040900123457',
  '1.0.0-beta.x',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1-0',
  '1.0.1',
  '9007199254740992.0.0',
  '9007199254740993.0.0',
  '99999999999999999999999.0.0',
];

test('semver orders numbers as numbers, numbers before texts, and a pre-release before its release', () => {
  for (const [i, a] of ASCENDING.entries()) {
    for (const [j, b] of ASCENDING.entries()) {
      expect([a, b, compareVersions('semver', a, b)]).toEqual([a, b, Math.sign(i - j)]);
    }
  }
});

test('build metadata does not order, and still tells two releases apart', () => {
  expect(compareVersions('semver', '1.2.3+a', '1.2.3+b')).toBe(0);
  expect(compareVersions('semver', '1.2.3', '1.2.3+b')).toBe(0);
  const canonical = ['1.2.3', '1.2.3+a', '1.2.3+b'].map((text) => checkVersion('semver', text));
  expect(canonical).toMatchObject([
    { ok: true, canonical: '1.2.3' },
    { ok: true, canonical: '1.2.3+a' },
    { ok: true, canonical: '1.2.3+b' },
  ]);
  expect(readVersion('semver', '1.2.3-rc.1+001.-.A')).toMatchObject({
    version: { build: '001.-.A' },
  });
});

test('a semantic version of any length is whole', () => {
  const long = `1.0.0-${'a'.repeat(300)}.${'9'.repeat(300)}+${'b'.repeat(300)}`;
  expect(checkVersion('semver', long)).toMatchObject({ ok: true, canonical: long });
});

describe('a text that is no semantic version is refused at its first fault', () => {
  test.each([
    ['', 0],
    ['v1.2.3', 0],
    ['1', 1],
    ['1.2', 3],
    ['1.2.', 4],
    ['1..3', 2],
    ['1.2.3.4', 5],
    ['01.2.3', 0],
    ['1.02.3', 2],
    ['1.2.3x', 5],
    ['1.2.x', 4],
    ['1.2-rc.1', 3],
    ['1.2.3-', 6],
    ['1.2.3-a..b', 8],
    ['1.2.3-a.01', 8],
    ['1.2.3-a_b', 7],
    ['1.2.3+', 6],
    ['1.2.3+a+b', 7],
    ['1.2.3+a.', 8],
    ['1.2.3-rc.1+ä', 11],
    [' 1.2.3', 0],
    ['1.2.3\n', 5],
    ['=1.2.3', 0],
  ])('%j at %i', (text, position) => {
    expect(checkVersion('semver', text)).toMatchObject({
      ok: false,
      position,
      reason: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });
});

const number = fc.integer({ min: 0, max: 12 }).map(String);
const identifier = fc.oneof(number, fc.stringMatching(/^[0-9A-Za-z-]{1,4}$/));
const almostSemver = fc
  .tuple(
    fc.array(number, { minLength: 3, maxLength: 3 }),
    fc.array(identifier, { maxLength: 3 }),
    fc.array(identifier, { maxLength: 2 }),
  )
  .map(
    ([core, prerelease, build]) =>
      core.join('.') +
      (prerelease.length === 0 ? '' : `-${prerelease.join('.')}`) +
      (build.length === 0 ? '' : `+${build.join('.')}`),
  );

test('short versions are accepted and ordered as the npm library does', () => {
  fc.assert(
    fc.property(almostSemver, almostSemver, (a, b) => {
      expect(checkVersion('semver', a).ok).toBe(semver.valid(a) !== null);
      if (semver.valid(a) === null || semver.valid(b) === null) return;
      expect(compareVersions('semver', a, b)).toBe(semver.compare(a, b));
    }),
  );
});
