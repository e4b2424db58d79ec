/** The test files of the VERS specification, where they are present beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  contains,
  isScheme,
  parseRange,
  printRange,
  type Scheme,
} from '../../src/versions/index.ts';

interface Case {
  description: string;
  test_type: string;
  input: unknown;
  expected_output?: unknown;
  expected_failure?: boolean;
  expected_message?: string;
}

const folder = new URL('../../../shared/data/vers/tests/', import.meta.url);
const present = existsSync(folder);

function casesOf(file: string): Case[] {
  if (!present) return [];
  return (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { tests: Case[] }).tests;
}

/** The files speak of npm, whose versions are semver; a product here has no scheme of that name. */
const schemeOf = (name: string): Scheme => {
  const scheme = name === 'npm' ? 'semver' : name;
  if (!isScheme(scheme)) throw new Error(`no scheme ${name}`);
  return scheme;
};
const asOurs = (range: string) => range.replace(/^vers:npm\//, 'vers:semver/');

function rangeOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`${text} at ${parsed.position}: ${parsed.reason}`);
  return parsed.range;
}

describe.skipIf(!present)('official order and containment (skipped without their folder)', () => {
  const files = [
    'UNMERGED-f4a67e0-intdot_version_cmp_test.json',
    'datetime_version_cmp_test.json',
    'lexicographic-test.json',
    'npm_range_containment_test.json',
  ];
  const cases = files.flatMap((file) => casesOf(file).map((one) => [file, one] as const));

  test.each(cases)('%s: $description', (_file, { test_type, input, expected_output }) => {
    if (test_type === 'containment') {
      const { vers, version } = input as { vers: string; version: string };
      expect(contains(rangeOf(asOurs(vers)), version)).toBe(expected_output);
      return;
    }
    const { versions, ...named } = input as {
      versions: string[];
      input_scheme?: string;
      input_type?: string;
    };
    const scheme = schemeOf(named.input_scheme ?? named.input_type ?? '');
    const compare = (a: string, b: string) => compareVersions(scheme, a, b);
    if (test_type === 'comparison') {
      expect([...versions].sort(compare)).toEqual(expected_output);
    } else {
      expect(test_type).toBe('equality');
      const [a = '', b = ''] = versions;
      expect(compare(a, b) === 0).toBe(expected_output);
    }
  });

  test('all of them were read', () => {
    expect(cases.length).toBe(28);
  });
});

/**
 * Canonical parse: what we say to each text that the file refuses. The file's messages begin with
 * "non-canonical VERS" and name the rule; ours stand beside a position and name what to write.
 */
const REFUSALS: Record<string, [position: number, reason: string]> = {
  'vers:npm/>=1.0.0| <2.0.0': [20, 'Take the white space out'],
  'vers:npm/|>=1.0.0|<2.0.0': [12, 'Take this | out'],
  'vers:npm/>=1.0.0|<2.0.0|': [26, 'Take this | out'],
  'vers:npm/>=1.0.0||<2.0.0': [20, 'Take this | out'],
  'vers:npm/>=2.0.0|<1.0.0': [20, 'Sort by version'],
  'vers:npm/1.0%2G0': [15, 'Put two hexadecimal digits after %'],
  'vers:datetime/2024-01-01t00:00:00z': [24, 'Write T in upper case'],
  'vers:datetime/2024-01-01T00%3A00%3A00Z': [27, 'Write 2024-01-01T00:00:00Z'],
  'vers:datetime/2024-01-01T00:00:00%ZZ': [33, 'Put two hexadecimal digits after %'],
  'vers:datetime/2024-01-01T00%3a00%3a00Z': [27, 'Write 2024-01-01T00:00:00Z'],
};

/**
 * Rows that say something else than this project does. `1.0%2F0` is no semantic version, and a
 * version in a range must be whole in its scheme; so the row's point, that percent-encoding is
 * undone exactly once, is shown with a scheme that has such versions.
 */
const READ_AS_LEXICOGRAPHIC = 'vers:npm/1.0%252F0';

describe.skipIf(!present)('official canonical parse (skipped without its folder)', () => {
  const cases = casesOf('vers_canonical_parse_test.json');
  const accepted = cases.filter(({ expected_failure }) => !expected_failure);
  const refused = cases.filter(({ expected_failure }) => expected_failure);

  test.each(accepted)('$description', ({ input, expected_output }) => {
    const { scheme, version_constraints } = expected_output as {
      scheme: string;
      version_constraints: [string, string][];
    };
    const text =
      input === READ_AS_LEXICOGRAPHIC
        ? READ_AS_LEXICOGRAPHIC.replace('npm', 'lexicographic')
        : asOurs(input as string);
    const range = rangeOf(text);
    if (input === READ_AS_LEXICOGRAPHIC) {
      expect(parseRange(asOurs(READ_AS_LEXICOGRAPHIC)).ok).toBe(false);
    } else {
      expect(range.scheme).toBe(schemeOf(scheme));
    }
    expect(range.constraints.map((c) => [c.comparator, c.version.text])).toEqual(
      version_constraints,
    );
    expect(printRange(range)).toBe(text);
  });

  test.each(refused)('$description', ({ input }) => {
    const [position, reason] = REFUSALS[input as string] ?? [-1, ''];
    const parsed = parseRange(asOurs(input as string));
    expect(parsed).toEqual({ ok: false, position, reason: expect.stringContaining(reason) });
  });

  test('every row was read', () => {
    expect([accepted.length, refused.length]).toEqual([2, Object.keys(REFUSALS).length]);
  });
});
