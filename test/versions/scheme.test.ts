/** What holds for the order of every scheme. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkVersion,
  compareVersions,
  isScheme,
  type Scheme,
  schemes,
} from '../../src/versions/index.ts';

/** Versions that are often equal, or neighbours, in different spellings. */
const figures = fc.oneof(
  fc.constantFrom('0', '00', '1', '01', '9', '10', '9007199254740992', '9007199254740993'),
  fc.nat({ max: 30 }).map(String),
);
const plain = figures.map((text) => text.replace(/^0+(?=\d)/, ''));
const identifier = fc.oneof(plain, fc.constantFrom('a', 'a-', 'a0', 'b', '-', 'A'));
const two = (max: number) => fc.nat({ max }).map((figure) => String(figure).padStart(2, '0'));

const versions: Record<Scheme, fc.Arbitrary<string>> = {
  intdot: fc.array(figures, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
  semver: fc
    .tuple(plain, plain, plain, fc.array(identifier, { maxLength: 3 }), fc.boolean())
    .map(
      ([major, minor, patch, prerelease, built]) =>
        `${major}.${minor}.${patch}${prerelease.map((id, i) => (i === 0 ? '-' : '.') + id).join('')}${built ? '+b' : ''}`,
    ),
  datetime: fc
    .tuple(two(2), two(1), two(2), fc.constantFrom('', '.0', '.5', '.50', '.05'), two(2))
    .map(([hour, minute, second, decimals, zone]) => {
      return `2024-01-01T${hour}:${minute}:${second}${decimals}+${zone}:00`;
    }),
  lexicographic: fc.string({
    unit: fc.constantFrom('a', 'b', 'é', '€', '\uffee', '😀'),
    minLength: 1,
    maxLength: 4,
  }),
};

const asText = (comparison: -1 | 0 | 1) => ({ '-1': 'older', 0: 'same', 1: 'newer' })[comparison];
const key = (scheme: Scheme, text: string) => {
  const checked = checkVersion(scheme, text);
  if (!checked.ok) throw new Error(`${text}: ${checked.reason}`);
  return checked;
};

describe.each(schemes)('%s', (scheme) => {
  const version = versions[scheme];

  test('every two versions compare, and the other way round gives the opposite', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const opposite = { older: 'newer', same: 'same', newer: 'older' };
        expect(asText(compareVersions(scheme, b, a))).toBe(
          opposite[asText(compareVersions(scheme, a, b)) as keyof typeof opposite],
        );
        expect(compareVersions(scheme, a, a)).toBe(0);
      }),
    );
  });

  test('the order is transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const compare = (x: string, y: string) => compareVersions(scheme, x, y);
        const [low, middle, high] = [a, b, c].sort(compare) as [string, string, string];
        expect(compare(low, middle)).toBeLessThanOrEqual(0);
        expect(compare(middle, high)).toBeLessThanOrEqual(0);
        expect(compare(low, high)).toBe(Math.min(compare(low, middle), compare(middle, high)));
      }),
    );
  });

  test('a canonical text is a version of its own, equal to the one it stands for', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const { canonical } = key(scheme, a);
        expect(key(scheme, canonical)).toEqual(key(scheme, a));
        if (canonical === key(scheme, b).canonical) expect(compareVersions(scheme, a, b)).toBe(0);
        // semver alone has releases that are different and neither newer.
        else if (scheme !== 'semver') expect(compareVersions(scheme, a, b)).not.toBe(0);
      }),
    );
  });

  test('sort keys order byte by byte in UTF-8 as the versions do', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const bytes = (text: string) => Buffer.from(key(scheme, text).sortKey, 'utf8');
        expect(Buffer.compare(bytes(a), bytes(b))).toBe(compareVersions(scheme, a, b));
      }),
    );
  });
});

test('intdot orders as a comparison of big integers does', () => {
  const compareSlowly = (a: string, b: string) => {
    const [left, right] = [a, b].map((text) => text.split('.').map(BigInt)) as [bigint[], bigint[]];
    for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
      const [x, y] = [left[i] ?? 0n, right[i] ?? 0n];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
  const wide = fc
    .array(fc.oneof(figures, fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.join('.'));
  fc.assert(
    fc.property(wide, wide, (a, b) => {
      expect(compareVersions('intdot', a, b)).toBe(compareSlowly(a, b));
    }),
  );
});

test('the schemes of a product are these four', () => {
  expect(schemes).toEqual(['intdot', 'semver', 'datetime', 'lexicographic']);
  expect(isScheme('npm')).toBe(false);
});
