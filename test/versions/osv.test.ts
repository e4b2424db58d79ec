/** Ranges as OSV events and back: what is said means the same, and what cannot be said is refused with its part. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contains,
  osvRangesOf,
  parseRange,
  printRange,
  type Range,
  rangeOfOsv,
  type Scheme,
} from '../../src/versions/index.ts';

function range(text: string): Range {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
  return parsed.range;
}
const said = (text: string) => {
  const written = osvRangesOf(range(text));
  return written.ok ? written.ranges : written;
};
const back = (scheme: Scheme, ...lists: object[][]) => {
  const read = rangeOfOsv(scheme, { ranges: lists.map((events) => ({ events })) });
  return read.ok ? printRange(read.range) : read;
};

describe('what a range is in OSV', () => {
  test.each<[string, object[][]]>([
    ['vers:semver/>=1.2.0|<1.4.1', [[{ introduced: '1.2.0' }, { fixed: '1.4.1' }]]],
    ['vers:intdot/<2', [[{ introduced: '0' }, { fixed: '2' }]]],
    ['vers:intdot/<=2', [[{ introduced: '0' }, { last_affected: '2' }]]],
    ['vers:intdot/>=2', [[{ introduced: '2' }]]],
    ['vers:intdot/*', [[{ introduced: '0' }]]],
    ['vers:intdot/!=1|>=2', [[{ introduced: '2' }]]],
    ['vers:intdot/7', [[{ introduced: '7' }, { last_affected: '7' }]]],
    ['vers:intdot/>=0|<2', [[{ introduced: '0' }, { fixed: '2' }]]],
    [
      'vers:intdot/>=1|<2|>=3|<4',
      [[{ introduced: '1' }, { fixed: '2' }, { introduced: '3' }, { fixed: '4' }]],
    ],
    [
      'vers:intdot/>=1|<2|3|>=4',
      [
        [{ introduced: '1' }, { fixed: '2' }, { introduced: '4' }],
        [{ introduced: '3' }, { last_affected: '3' }],
      ],
    ],
    ['vers:intdot/3|>=4', [[{ introduced: '3' }, { last_affected: '3' }, { introduced: '4' }]]],
    ['vers:lexicographic/>=a%20b|<c', [[{ introduced: 'a b' }, { fixed: 'c' }]]],
  ])('%s', (text, lists) => {
    const type = text.startsWith('vers:semver') ? 'SEMVER' : 'ECOSYSTEM';
    expect(said(text)).toEqual(lists.map((events) => ({ type, events })));
  });

  test.each([
    ['vers:intdot/>=1|!=2|<3', '!=2', 'cannot except 2'],
    ['vers:intdot/>1|<3', '>1', 'begins with an affected version'],
    ['vers:semver/1.2.3+b', '1.2.3+b', 'build metadata has no order'],
    ['vers:lexicographic/>=0|<a', '>=0', "'0' for everything before"],
    ['vers:lexicographic/0', '0', "'0' for everything before"],
  ])('%s cannot be said', (text, part, reason) => {
    expect(said(text)).toEqual({ ok: false, part, reason: expect.stringContaining(reason) });
  });
});

describe('what events affect', () => {
  test.each<[string, object[][], string]>([
    ['in any order', [[{ fixed: '2' }, { introduced: '1' }]], '>=1|<2'],
    ['introduced twice', [[{ introduced: '1' }, { introduced: '2' }, { fixed: '3' }]], '>=1|<3'],
    ['fixed twice', [[{ introduced: '1' }, { fixed: '2' }, { fixed: '3' }]], '>=1|<2'],
    ['fixed where it is introduced', [[{ introduced: '1' }, { fixed: '1' }]], '>=1'],
    ['fixed before anything', [[{ fixed: '1' }, { introduced: '2' }]], '>=2'],
    [
      'fixed and introduced again',
      [[{ introduced: '1' }, { fixed: '2' }, { introduced: '2' }]],
      '>=1',
    ],
    [
      'lists that overlap',
      [
        [{ introduced: '1' }, { fixed: '5' }],
        [{ introduced: '3' }, { last_affected: '5' }],
      ],
      '>=1|<=5',
    ],
    ['lists that touch', [[{ introduced: '0' }, { fixed: '2' }], [{ introduced: '2.0' }]], '*'],
    ['one within another', [[{ introduced: '1' }], [{ introduced: '3' }, { fixed: '4' }]], '>=1'],
    ['a single version', [[{ introduced: '3' }, { last_affected: '3.0' }]], '3'],
    [
      'last affected where it is introduced again',
      [[{ introduced: '1' }, { last_affected: '2' }, { introduced: '2' }, { last_affected: '3' }]],
      '>=1|<=3',
    ],
    [
      'the same in another order',
      [[{ introduced: '2' }, { last_affected: '3' }, { introduced: '1' }, { last_affected: '2' }]],
      '>=1|<=3',
    ],
    [
      'introduced again where it was last affected, for ever',
      [[{ introduced: '1' }, { last_affected: '2' }, { introduced: '2' }]],
      '>=1',
    ],
    [
      'last affected twice',
      [[{ introduced: '1' }, { last_affected: '2' }, { last_affected: '3' }]],
      '>=1|<=2',
    ],
    [
      'fixed, and for a single version introduced again',
      [
        [{ introduced: '1' }, { fixed: '3' }],
        [{ introduced: '3' }, { last_affected: '3' }],
      ],
      '>=1|<=3',
    ],
  ])('%s', (_, lists, constraints) => {
    expect(back('intdot', ...lists)).toBe(`vers:intdot/${constraints}`);
  });

  test.each<[string, Scheme, object[][], string, string]>([
    ['no event at all', 'intdot', [[]], '/ranges/0/events', 'introduced'],
    [
      'nothing introduced',
      'intdot',
      [[{ fixed: '1' }]],
      '/ranges/0/events',
      "Add an event 'introduced'",
    ],
    ['no list', 'intdot', [], '', 'Nothing is affected'],
    [
      'a limit',
      'intdot',
      [[{ introduced: '1' }, { limit: '2' }]],
      '/ranges/0/events/1',
      "an event 'limit'",
    ],
    [
      'two in one',
      'intdot',
      [[{ introduced: '1', fixed: '2' }]],
      '/ranges/0/events/0',
      'one field',
    ],
    [
      'another scheme',
      'semver',
      [[{ introduced: '0' }, { fixed: '1.2' }]],
      '/ranges/0/events/1',
      "'1.2' is no semver version: character 4",
    ],
    ['a number', 'intdot', [[{ introduced: 1 }]], '/ranges/0/events/0', 'as text'],
    ['a build', 'semver', [[{ introduced: '1.0.0+b' }]], '/ranges/0/events/0', 'build metadata'],
  ])('%s is refused', (_, scheme, lists, place, reason) => {
    expect(back(scheme, ...lists)).toEqual({
      ok: false,
      place,
      reason: expect.stringContaining(reason),
    });
  });
});

const versions = Array.from({ length: 9 }, (_, number) => number + 1);
const texts: Readonly<Record<'intdot' | 'semver', (version: number) => string>> = {
  intdot: (version) => `${version}.0`,
  semver: (version) => `1.${version}.0`,
};

/** Canonical ranges of `>=`, `<`, `<=` and single versions. */
const sayable = fc
  .tuple(
    fc.constantFrom('intdot' as const, 'semver' as const),
    fc.subarray(versions, { minLength: 1 }),
    fc.array(fc.constantFrom('open', 'fixed', 'last', 'single'), { minLength: 9, maxLength: 9 }),
    fc.boolean(),
  )
  .map(([scheme, named, kinds, fromBeginning]) => {
    const parts: string[] = [];
    let isOpen = fromBeginning;
    for (const version of named) {
      const text = texts[scheme](version);
      const kind = kinds[version - 1];
      if (isOpen) {
        parts.push(`${kind === 'fixed' || kind === 'open' ? '<' : '<='}${text}`);
        isOpen = false;
      } else if (kind === 'single') {
        parts.push(text);
      } else {
        parts.push(`>=${text}`);
        isOpen = true;
      }
    }
    return { scheme, text: `vers:${scheme}/${parts.join('|')}` };
  });

test('a range that can be said comes back as it was', () => {
  fc.assert(
    fc.property(sayable, ({ scheme, text }) => {
      const written = osvRangesOf(range(text));
      if (!written.ok) throw new Error(written.reason);
      for (const { events } of written.ranges) {
        const kinds = new Set(events.flatMap((event) => Object.keys(event)));
        expect(kinds.has('fixed') && kinds.has('last_affected')).toBe(false);
      }
      const read = rangeOfOsv(scheme, { ranges: written.ranges });
      expect(read.ok && printRange(read.range)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

const anyEvent = fc.tuple(
  fc.constantFrom('introduced', 'fixed', 'last_affected'),
  fc.integer({ min: 0, max: 9 }),
);

/** Walked from version to version: what is open behind one, and whether the version itself is affected. */
function affects(events: readonly (readonly [string, number])[], version: number): boolean {
  // Introduced at 0 is before every version.
  let open = events.some(([kind, at]) => kind === 'introduced' && at === 0);
  for (let at = 0; at <= version; at++) {
    const count = (kind: string) => events.filter((event) => event[0] === kind && event[1] === at);
    const introduced = at > 0 && count('introduced').length > 0;
    const before = open && count('fixed').length === 0;
    if (at === version) return before || introduced;
    const ends = count('last_affected').length;
    open = introduced ? ends - (before ? 1 : 0) <= 0 : before && ends === 0;
  }
  return open;
}

test('single versions are affected beside ranges, and without any', () => {
  const ranges = [{ events: [{ introduced: '1' }, { fixed: '2' }] }];
  const read = (versions: unknown[], beside = ranges) => {
    const reading = rangeOfOsv('intdot', { ranges: beside, versions });
    return reading.ok ? printRange(reading.range) : reading;
  };
  expect(read(['5.0', '1.5', '2', '7'])).toBe('vers:intdot/>=1|<=2|5.0|7');
  expect(read(['5.0'], [])).toBe('vers:intdot/5.0');
  expect(read(['5.0', 'x'])).toMatchObject({ ok: false, place: '/versions/1' });
  expect(read([5])).toMatchObject({ place: '/versions/0', reason: 'Write a version as text.' });
});

test('events mean what OSV says that they mean', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anyEvent, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      (drawn) => {
        const lists = drawn.map((events) => [...events, ['introduced', 9] as [string, number]]);
        const ranges = lists.map((events) => ({
          events: events.map(([kind, at]) => ({ [kind]: String(at) })),
        }));
        const read = rangeOfOsv('intdot', { ranges });
        if (!read.ok) {
          for (let version = 0; version <= 10; version++) {
            expect(lists.some((events) => affects(events, version))).toBe(false);
          }
          return;
        }
        for (let version = 0; version <= 10; version++) {
          const expected = lists.some((events) => affects(events, version));
          expect(contains(read.range, String(version)), `${version}`).toBe(expected);
        }
      },
    ),
    { numRuns: 500 },
  );
});
