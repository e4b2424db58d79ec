/** VERS texts: what is read, what is refused and where, and that printing gives the text back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comparator, checkRange, parseRange, printRange } from '../../src/versions/index.ts';

describe('a canonical range is read as its constraints, and printed as it was written', () => {
  test.each<[string, [Comparator, string][]]>([
    ['vers:intdot/*', []],
    ['vers:intdot/1.2', [['=', '1.2']]],
    [
      'vers:intdot/>=1.2|<2.0',
      [
        ['>=', '1.2'],
        ['<', '2.0'],
      ],
    ],
    [
      'vers:intdot/>=10.29.0.0|<=10.29.0.5152|>=10.30.0.0|<=10.30.0.5152',
      [
        ['>=', '10.29.0.0'],
        ['<=', '10.29.0.5152'],
        ['>=', '10.30.0.0'],
        ['<=', '10.30.0.5152'],
      ],
    ],
    [
      'vers:semver/!=0.9.0|1.0.0-rc.1|1.0.0|>2.0.0|!=2.5.0+b.1|<3.0.0',
      [
        ['!=', '0.9.0'],
        ['=', '1.0.0-rc.1'],
        ['=', '1.0.0'],
        ['>', '2.0.0'],
        ['!=', '2.5.0+b.1'],
        ['<', '3.0.0'],
      ],
    ],
    [
      'vers:datetime/>2024-01-01T00:00:00+02:00|<=2024-01-01T00:00:00.5Z',
      [
        ['>', '2024-01-01T00:00:00+02:00'],
        ['<=', '2024-01-01T00:00:00.5Z'],
      ],
    ],
    ['vers:lexicographic/1.0%252F0', [['=', '1.0%2F0']]],
    ['vers:lexicographic/>=a/b%20c|<%C3%A9', [['>=', 'a/b c'] as const, ['<', 'é'] as const]],
    ['vers:lexicographic/%21%2A%25%3C%3D%3E%7C', [['=', '!*%<=>|']]],
    ['vers:lexicographic/%EF%BB%BFa', [['=', '\ufeffa']]],
  ])('%s', (text, expected) => {
    const parsed = parseRange(text);
    if (!parsed.ok) throw new Error(parsed.reason);
    const { constraints } = parsed.range;
    expect(constraints.map((c) => [c.comparator, c.version.text])).toEqual(expected);
    expect(printRange(parsed.range)).toBe(text);
  });
});

/** `^` stands before the character at fault, and is not part of the text. */
describe('a text that is not canonical is refused at the fault', () => {
  test.each([
    ['^', 'Begin with vers:'],
    ['^>=1.2', 'Begin with vers:'],
    ['^VERS:intdot/1', 'Begin with vers:'],
    ['vers:^Intdot/1', 'Name a scheme: intdot, semver, datetime, lexicographic.'],
    ['vers:^npm/1.0.0', 'Name a scheme'],
    ['vers:^all/*', 'Name a scheme'],
    ['vers:^/1', 'Name a scheme'],
    ['vers:^', 'Name a scheme'],
    ['vers:intdot^', 'Add / and a constraint'],
    ['vers:intdot/^', 'Add a constraint, or *'],
    ['vers:intdot/>=1|^ <2', 'white space'],
    ['vers:intdot/1^\n', 'white space'],
    ['vers:lexicographic/^é', 'Percent-encode what is not printable ASCII'],
    ['vers:lexicographic/^\u0000', 'Percent-encode'],
    ['vers:intdot/^|1', 'Take this | out'],
    ['vers:intdot/^|', 'Take this | out'],
    ['vers:intdot/1^|', 'Take this | out'],
    ['vers:intdot/1|^|2', 'Take this | out'],
    ['vers:intdot/1|^*', 'Write * alone: vers:intdot/*.'],
    ['vers:intdot/^*|1', 'Write * alone'],
    ['vers:intdot/^*1', 'Write * alone'],
    ['vers:intdot/^=1', 'Take the = out'],
    ['vers:intdot/>=^', 'Put a version after >=.'],
    ['vers:intdot/1|!=^|2', 'Put a version after !=.'],
    ['vers:intdot/>^>1', 'Write > inside a version as %3E.'],
    ['vers:intdot/^!1', 'Write ! inside a version as %21.'],
    ['vers:intdot/<=^=1', 'Write = inside a version as %3D.'],
    ['vers:intdot/1.2^*', 'Write * inside a version as %2A.'],
    ['vers:lexicographic/a^%', 'Put two hexadecimal digits after %'],
    ['vers:lexicographic/a^%2', 'Put two hexadecimal digits after %'],
    ['vers:lexicographic/a^%2G', 'Put two hexadecimal digits after %'],
    ['vers:lexicographic/a%7^c', 'Write a%7C'],
    ['vers:lexicographic/a^%41', 'Write aA: only what must be'],
    ['vers:semver/1.0.0^%2Bb', 'Write 1.0.0+b'],
    ['vers:lexicographic/a%C3%A9^%FF', 'UTF-8'],
    ['vers:lexicographic/^%C0%80', 'UTF-8'],
    ['vers:lexicographic/^%ED%A0%80', 'UTF-8'],
    ['vers:lexicographic/%C3%A9^%00', 'Take out this character'],
    ['vers:datetime/2024-01-01T00^%3A00:00Z', 'Write 2024-01-01T00:00:00Z'],
    ['vers:datetime/2024-01-01^t00:00:00Z', 'Write T in upper case.'],
    ['vers:intdot/>=1.2|<2.0^beta', 'an intdot version ends where "b" stands'],
    ['vers:intdot/270.9.0^/1778', 'an intdot version ends where "/" stands'],
    ['vers:semver/>=1.0.0|<2.0^', 'Add the patch number'],
    ['vers:semver/>=1.0.0^+b', 'Take the build metadata out'],
    ['vers:semver/<1.0.0-a^+b', 'Take the build metadata out'],
    ['vers:intdot/>=2.0|^<1.0', 'Sort by version: 1.0 comes before 2.0.'],
    ['vers:intdot/!=3|^!=2', 'Sort by version'],
    ['vers:semver/1.0.0+b|^1.0.0', 'Sort by version'],
    ['vers:semver/1.0.0+b|^1.0.0+a', 'Sort by version'],
    ['vers:intdot/>=1.0|^<=1', 'Name each version once: 1 is 1.0 again.'],
    ['vers:intdot/1|^!=1', 'Name each version once'],
    ['vers:datetime/2024-01-01T00:00:00Z|^!=2024-01-01T01:00:00+01:00', 'Name each version once'],
    ['vers:semver/1.0.0+a|^1.0.0+a', 'Name each version once'],
    ['vers:intdot/>1|^>2', 'Close the interval after >1'],
    ['vers:intdot/>=1|!=2|^>=3', 'Close the interval after >=1'],
    ['vers:intdot/>=1|^2|<3', 'Close the interval after >=1'],
    ['vers:intdot/<1|^<2', 'Open an interval'],
    ['vers:intdot/<=1|!=2|^<=3', '<=3 covers it'],
    ['vers:intdot/1|^<2', '<2 covers it'],
    ['vers:semver/1.0.0|^1.0.0+b', 'includes every build'],
    ['vers:semver/<=1.0.0|^1.0.0+b', 'includes every build'],
    ['vers:semver/!=1.0.0|^1.0.0+b', '!=1.0.0, which excludes it'],
  ])('%j: %s', (marked, reason) => {
    const position = marked.indexOf('^');
    const parsed = parseRange(marked.replace('^', ''));
    expect(parsed).toMatchObject({ ok: false, position });
    expect(parsed.ok ? '' : parsed.reason).toContain(reason);
    expect(parsed.ok ? '' : parsed.reason).toMatch(/^[A-Z].*\.$/);
  });
});

describe('what is allowed although it could be shorter or looks odd', () => {
  test.each([
    ['two rays', 'vers:intdot/<1|>2'],
    ['a version between two rays', 'vers:intdot/<1|2|>3'],
    ['an exception that excludes nothing', 'vers:intdot/!=1|>=2'],
    ['exceptions alone', 'vers:intdot/!=1|!=2'],
    ['an exception at the end', 'vers:intdot/<2|!=3'],
    ['a single build above an open bound', 'vers:semver/<1.0.0|1.0.0+b'],
    ['all builds but one', 'vers:semver/1.0.0|!=1.0.0+b'],
    ['single builds', 'vers:semver/1.0.0+a|1.0.0+b'],
    ['leading zeros', 'vers:intdot/>=01.00'],
  ])('%s', (_name, text) => {
    expect(parseRange(text)).toMatchObject({ ok: true });
  });
});

test('a range for a product is in the scheme of the product', () => {
  expect(checkRange('intdot', 'vers:intdot/>=1.2')).toMatchObject({ ok: true });
  expect(checkRange('intdot', 'vers:semver/>=1.2.0')).toEqual({
    ok: false,
    position: 5,
    reason: 'Write the range as vers:intdot/…: the versions are intdot.',
  });
  expect(checkRange('intdot', 'vers:intdot/')).toMatchObject({ ok: false, position: 12 });
});

describe('any text', () => {
  const scheme = fc.constantFrom('intdot', 'semver', 'datetime', 'lexicographic', 'npm');
  const comparator = fc.constantFrom('', '=', '!=', '<', '<=', '>', '>=', '*');
  const version = fc.oneof(
    fc.nat({ max: 3 }).map(String),
    fc.constantFrom('1.0', '1.0.0', '1.0.0+b', '2.0.0-a', '2024-01-01T00:00:00Z', '%C3%A9', '%7c'),
    fc.string({ maxLength: 3 }),
  );
  const likelyText = fc
    .tuple(scheme, fc.array(fc.tuple(comparator, version), { maxLength: 4 }))
    .map(([name, parts]) => `vers:${name}/${parts.map((part) => part.join('')).join('|')}`);

  test('is either refused with a position in it and a reason, or printed as it was', () => {
    fc.assert(
      fc.property(fc.oneof(likelyText, fc.string()), (text) => {
        const parsed = parseRange(text);
        if (parsed.ok) {
          expect(printRange(parsed.range)).toBe(text);
        } else {
          expect(parsed.position).toBeGreaterThanOrEqual(0);
          expect(parsed.position).toBeLessThanOrEqual(text.length);
          expect(parsed.reason).toMatch(/^[A-Z].*\.$/s);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

test('a range that was read is read again as the same from its print', () => {
  const texts = fc
    .uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 5 })
    .filter((versions) => versions.every((version) => !/[\p{Cs}\p{Cc}]/u.test(version)))
    .map((versions) => versions.map((version) => Buffer.from(version)).sort(Buffer.compare));
  fc.assert(
    fc.property(texts, (versions) => {
      const encoded = versions.map((bytes) =>
        Array.from(bytes, (byte) => {
          const character = String.fromCharCode(byte);
          return /[!-~]/.test(character) && !'<>=!*|%'.includes(character)
            ? character
            : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
        }).join(''),
      );
      const parsed = parseRange(`vers:lexicographic/${encoded.join('|')}`);
      if (!parsed.ok) throw new Error(parsed.reason);
      expect(parsed.range.constraints.map(({ version }) => version.text)).toEqual(
        versions.map(String),
      );
      expect(parseRange(printRange(parsed.range))).toEqual(parsed);
    }),
  );
});
