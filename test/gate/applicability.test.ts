/** Which checks apply, and why. */
import { describe, expect, test } from 'vitest';
import { type AppliesTo, decide, type Facts, planRequirements } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  facts,
  guardedBy,
  incident,
  noon,
  onlyAnswer,
  outcomes,
  outline,
  release,
} from '../support/gate-facts.ts';

/** Null when the check does not apply; guarded by an incident, so that this is not said. */
function reasonFor(appliesTo: AppliesTo, given: Partial<Facts> = {}): string | null {
  const checks = [check('T', { appliesTo })];
  const incidents = [incident('HF-1', guardedBy('T'))];
  const [requirement] = planRequirements(facts({ checks, incidents, ...given }), noon);
  return requirement?.appliesBecause ?? null;
}

describe('a check applies when every facet it names matches, and says why', () => {
  const table: [appliesTo: AppliesTo, given: Partial<Facts['release']>, expected: string | null][] =
    [
      [{}, {}, 'It applies to every release.'],
      [{ products: ['sensor', 'other'] }, {}, 'It is a release of sensor.'],
      [{ products: ['other'] }, {}, null],
      [{ kinds: ['content'] }, {}, 'It ships content.'],
      [{ kinds: ['content'], products: ['sensor'] }, {}, 'It ships content for sensor.'],
      [{ kinds: ['code', 'driver'] }, {}, null],
      [{ kinds: ['driver'] }, { kind: 'driver' }, 'It ships a driver.'],
      [{ components: ['b', 'c'] }, { components: ['a', 'c', 'b'] }, 'It touches b and c.'],
      [{ components: ['b'] }, { components: ['a'] }, null],
      [{ components: ['b'] }, { components: [] }, null],
      [{ platforms: ['windows'] }, { platforms: ['windows', 'linux'] }, 'It runs on windows.'],
      [{ platforms: ['windows'] }, { platforms: [] }, null],
      [{ rings: ['general'] }, {}, 'It enters the ring general.'],
      [{ rings: ['canary'] }, {}, null],
      [
        { paths: ['src/**', '*.md'] },
        { changedPaths: ['b.md', 'src/a/b.c', 'x'] },
        'It changes b.md and src/a/b.c.',
      ],
      [{ paths: ['src/*'] }, { changedPaths: ['src/a/b.c'] }, null],
      [{ paths: ['**'] }, { changedPaths: [] }, null],
      [
        { paths: ['**'] },
        { changedPaths: ['e', 'd', 'c', 'b', 'a'] },
        'It changes a, b, c and more.',
      ],
      [{ versions: 'vers:intdot/>=2|<3' }, {}, "It has a version in the check's range."],
      [{ versions: 'vers:intdot/<2' }, {}, null],
      [
        { versions: 'vers:semver/<2.0.0' },
        {},
        "It applies because the check's range is written for versions of another scheme.",
      ],
      [
        { kinds: ['content'], components: ['a'], rings: ['general'] },
        { components: ['a'] },
        'It ships content, touches a and enters the ring general.',
      ],
      [{ kinds: ['content'], components: ['a'] }, { components: ['b'] }, null],
    ];
  test.each(table)('%j of a release with %j: %s', (appliesTo, given, expected) => {
    expect(reasonFor(appliesTo, { release: release(given) })).toBe(expected);
  });
});

describe('what the release does not say never removes a check, and is named', () => {
  const table: [appliesTo: AppliesTo, given: Partial<Facts['release']>, expected: string][] = [
    [
      { components: ['a'] },
      { components: null },
      'It applies because the release did not say which components it touches.',
    ],
    [
      { platforms: ['windows'] },
      { platforms: null },
      'It applies because the release did not say which platforms it runs on.',
    ],
    [
      { paths: ['src/**'] },
      { changedPaths: null },
      'It applies because the release did not say which paths it changes.',
    ],
    [
      { kinds: ['code'] },
      { kind: null },
      'It applies because the release did not say what kind it is.',
    ],
    [
      { versions: 'vers:intdot/<1' },
      { version: null },
      'It applies because the release did not say which version it is.',
    ],
    [
      { kinds: ['content'], components: ['a'], paths: ['src/**'] },
      { components: null, changedPaths: null },
      'It ships content. It applies because the release did not say which components it touches or which paths it changes.',
    ],
  ];
  test.each(table)('%j of a release with %j', (appliesTo, given, expected) => {
    expect(reasonFor(appliesTo, { release: release(given) })).toBe(expected);
  });

  test('paths too many to hold against the globs do not remove a check', () => {
    const paths = Array.from({ length: 200 }, (_, n) => `**a${'?'.repeat(490)}z${n}`);
    const changedPaths = Array.from({ length: 20 }, (_, n) =>
      Array.from({ length: 1000 }, (_, at) =>
        ((n + 1) * (at + 7919) ** 2) % 7 < 3 ? 'a' : 'b',
      ).join(''),
    );
    expect(reasonFor({ paths }, { release: release({ changedPaths }) })).toBe(
      "It applies because the release changes too many paths to hold against the check's globs.",
    );
  });

  test('but a facet that speaks against the check does', () => {
    const silent = release({ components: null });
    expect(reasonFor({ kinds: ['code'], components: ['a'] }, { release: silent })).toBeNull();
  });
});

describe('a check counts from an instant to an instant', () => {
  const before = '2024-08-12T11:59:59.999999Z';
  const after = '2024-08-12T12:00:00.000001Z';
  const table: [name: string, given: Parameters<typeof check>[1], applies: boolean][] = [
    ['created at the very instant asked about', { createdAt: noon }, true],
    ['created later', { createdAt: after }, false],
    ['in effect from the very instant asked about', { effectiveFrom: noon }, true],
    ['in effect later', { effectiveFrom: after }, false],
    ['retired at the very instant asked about', { retiredAt: noon }, false],
    ['retired later', { retiredAt: after }, true],
    ['retired earlier', { retiredAt: before }, false],
  ];
  test.each(table)('%s: %s', (_, given, applies) => {
    const expected = applies ? ['pending', 'T missing'] : ['not_applicable'];
    expect(outline(decided({ checks: [check('T', given)] }))).toEqual(expected);
  });

  test('a check that takes effect in the future is required when asked about that future', () => {
    const given = facts({ checks: [check('T', { effectiveFrom: at('15:00') })] });
    expect(decide(given, noon).verdict).toBe('not_applicable');
    expect(decide(given, at('15:00')).verdict).toBe('pending');
  });
});

describe('the instant at which the release entered the ring', () => {
  const enteredRingAt = at('10:00');
  const outlineOf = (given: Parameters<typeof check>[1], entered: string | null = enteredRingAt) =>
    outline(decided({ checks: [check('T', given)], enteredRingAt: entered }));

  test('a check created after it does not judge that ring', () => {
    expect(outlineOf({ createdAt: at('10:01') })).toEqual(['not_applicable']);
  });
  test('a check created at that very instant does', () => {
    expect(outlineOf({ createdAt: at('10:00') })).toEqual(['pending', 'T missing']);
  });
  test('a check created after it binds a ring that was not entered', () => {
    expect(outlineOf({ createdAt: at('10:01') }, null)).toEqual(['pending', 'T missing']);
  });
  test('a check that takes effect after it does not judge that ring', () => {
    expect(outlineOf({ effectiveFrom: at('10:01') })).toEqual(['not_applicable']);
  });
  test('a check retired after it still judges that ring', () => {
    expect(outlineOf({ retiredAt: at('11:00') })).toEqual(['pending', 'T missing']);
  });
  test('counts for nothing while it lies after the instant asked about', () => {
    expect(outlineOf({ createdAt: at('11:00') }, at('13:00'))).toEqual(['pending', 'T missing']);
  });
  test('does not keep later results out', () => {
    const given = {
      checks: [check('T')],
      enteredRingAt,
      ...outcomes('T', 'passed', 'passed', 'failed'),
    };
    expect(decided(given).verdict).toBe('blocked');
  });
});

describe('the incidents behind a check', () => {
  const T = check('T');
  const guarding = guardedBy('T');

  test('one check linked from two incidents is one answer with two reasons', () => {
    const incidents = [incident('HF-1', guarding), incident('HF-2', guarding)];
    expect(onlyAnswer(decided({ checks: [T], incidents })).guardsAgainst).toHaveLength(2);
  });
  test('a check whose incidents are all withdrawn does not bind', () => {
    const incidents = [incident('HF-1', { ...guarding, withdrawn: true })];
    expect(outline(decided({ checks: [T], incidents }))).toEqual(['not_applicable']);
  });
  test('one that stands is enough, and the withdrawn one is no reason', () => {
    const incidents = [
      incident('HF-1', { ...guarding, withdrawn: true }),
      incident('HF-2', guarding),
    ];
    expect(onlyAnswer(decided({ checks: [T], incidents })).guardsAgainst).toEqual([
      expect.objectContaining({ incident: 'HF-2' }),
    ]);
  });
  test('a check without an incident binds, and says so', () => {
    const answer = onlyAnswer(decided({ checks: [T] }));
    expect(answer.guardsAgainst).toEqual([]);
    expect(answer.appliesBecause).toBe(
      'It applies to every release. It guards against nothing recorded.',
    );
  });
  test('an incident that became known later is no reason yet', () => {
    const incidents = [incident('HF-1', { ...guarding, knownAt: at('12:01') })];
    expect(onlyAnswer(decided({ checks: [T], incidents })).guardsAgainst).toEqual([]);
  });
});
