/** Texts as versions: the order of their UTF-8 bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkVersion, compareVersions } from '../../src/versions/index.ts';

test('texts order by their UTF-8 bytes, never normalized', () => {
  const ascending = [
    ' a',
    '10',
    '9',
    'A',
    'a',
    'aa',
    'e\u0301',
    'ss',
    'z',
    'ß',
    'é',
    '€',
    '\ue000',
    '\uffee',
    '😀',
    '\u{10fffd}',
  ];
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) {
      expect([a, b, compareVersions('lexicographic', a, b)]).toEqual([a, b, Math.sign(i - j)]);
    }
  }
});

test('any two texts order as their UTF-8 bytes do', () => {
  const text = fc
    .array(fc.nat({ max: 0x10ffff }), { minLength: 1, maxLength: 5 })
    .map((codePoints) => String.fromCodePoint(...codePoints))
    .filter((string) => checkVersion('lexicographic', string).ok);
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(compareVersions('lexicographic', a, b)).toBe(
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      );
    }),
  );
});

describe('a text that a database or UTF-8 could not hold is refused', () => {
  test.each([
    ['nothing', '', 0],
    ['a NUL', 'a\u0000', 1],
    ['a line break', 'ab\n', 2],
    ['a lone surrogate', '😀\ud800', 2],
  ])('%s', (_name, text, position) => {
    expect(checkVersion('lexicographic', text)).toMatchObject({ ok: false, position });
  });
});

test('the canonical text is the text itself', () => {
  expect(checkVersion('lexicographic', 'e\u0301 2')).toMatchObject({ canonical: 'e\u0301 2' });
});
