/** Which versions lie in a range: tables of our own, and a slow model that paints the line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, parseRange, type Range } from '../../src/versions/index.ts';

function rangeOf(text: string): Range {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`${text} at ${parsed.position}: ${parsed.reason}`);
  return parsed.range;
}

/** One range, the versions inside it, and the versions outside. */
const TABLE: [range: string, inside: string[], outside: string[]][] = [
  ['vers:intdot/*', ['0', '1.2.3', '99999999999999999999'], []],
  ['vers:intdot/1.2', ['1.2', '1.2.0', '01.2.0.0'], ['1', '1.2.1', '1.20']],
  ['vers:intdot/>=1.2', ['1.2', '1.2.0', '1.10', '2', '1.2.0.1'], ['1.1.9', '1', '0']],
  ['vers:intdot/>1.2', ['1.2.0.1', '1.3', '1.10'], ['1.2', '1.2.0', '1.1']],
  ['vers:intdot/<1.2', ['0', '1', '1.1.99'], ['1.2', '1.2.0', '1.10', '2']],
  ['vers:intdot/<=1.2', ['0', '1.2', '1.2.0.0', '1.1.99'], ['1.2.0.1', '1.3', '1.10']],
  ['vers:intdot/!=1.2', ['0', '1.2.1', '2'], ['1.2', '1.2.0']],
  ['vers:intdot/!=1.2|!=1.3', ['1', '1.2.5', '2'], ['1.2', '1.3']],
  ['vers:intdot/>=1.2|<2.0', ['1.2', '1.5.0', '1.99.99'], ['1.1', '2.0', '2', '2.0.1']],
  ['vers:intdot/>1.2|<=2.0', ['1.2.1', '2.0', '2'], ['1.2', '2.0.0.1']],
  ['vers:intdot/<1|>2', ['0.9', '2.1', '3'], ['1', '1.5', '2']],
  ['vers:intdot/<=1|>=2', ['1', '2'], ['1.0.1', '1.9']],
  ['vers:intdot/<1|2|>3', ['0', '2', '4'], ['1', '2.1', '1.9', '3']],
  ['vers:intdot/1|3|>=5|<6|8', ['1', '3', '5', '5.9', '8'], ['0', '2', '4', '6', '7', '8.1', '9']],
  ['vers:intdot/>=1|!=1.5|<2', ['1', '1.4', '1.5.1', '1.9'], ['1.5', '1.5.0', '2']],
  ['vers:intdot/!=0.5|>=1|<2|!=3', ['1', '1.9'], ['0.5', '0.6', '2', '3', '4']],
  ['vers:intdot/!=1|2', ['2'], ['0', '1', '3']],
  ['vers:intdot/!=1|<2', ['0', '1.5'], ['1', '2', '3']],
  [
    'vers:intdot/>=10.29.0.0|<=10.29.0.5152|>=10.30.0.0|<=10.30.0.5152',
    ['10.29', '10.29.0.5152', '10.29.0.1', '10.30.0.0', '10.30.0.5152', '10.29.0.5152 (WinBuild)'],
    ['10.28.9.9', '10.29.0.5153', '10.29.0.5152.1', '10.29.1', '10.30.0.5153', '11'],
  ],
  [
    'vers:intdot/>=291.20240719.409|<291.20240719.527',
    ['291.20240719.409', '291.20240719.0526'],
    ['291.20240719.408', '291.20240719.527', '291.20240812.900', '290.20240719.409'],
  ],
  ['vers:semver/>=1.0.0', ['1.0.0', '1.0.0+b', '1.0.1-0'], ['1.0.0-rc.1', '0.9.9']],
  ['vers:semver/<2.0.0', ['2.0.0-rc.1', '1.9.9'], ['2.0.0', '2.0.0+b']],
  ['vers:semver/<2.0.0-0', ['1.9.9'], ['2.0.0-0', '2.0.0-rc.1']],
  ['vers:semver/1.2.3', ['1.2.3', '1.2.3+b'], ['1.2.3-b', '1.2.4']],
  ['vers:semver/1.2.3+b', ['1.2.3+b'], ['1.2.3', '1.2.3+c', '1.2.3+B', '1.2.3+b.0']],
  ['vers:semver/1.2.3+a|1.2.3+b', ['1.2.3+a', '1.2.3+b'], ['1.2.3', '1.2.3+c']],
  ['vers:semver/1.2.3|!=1.2.3+b', ['1.2.3', '1.2.3+a'], ['1.2.3+b']],
  ['vers:semver/<1.2.3|1.2.3+b', ['1.2.2+x', '1.2.3+b'], ['1.2.3', '1.2.3+a', '1.2.4']],
  [
    'vers:semver/>=1.0.0|!=1.2.3+build.5|<2.0.0',
    ['1.0.0', '1.2.3', '1.2.3+build.4', '1.2.3+build.50'],
    ['1.2.3+build.5', '2.0.0'],
  ],
  [
    'vers:semver/>=1.0.0|!=1.0.0+hotfix|<=1.2.0|!=1.2.0+hotfix',
    ['1.0.0', '1.0.0+other', '1.2.0'],
    ['1.0.0+hotfix', '1.2.0+hotfix'],
  ],
  ['vers:semver/!=1.2.3', ['1.2.2', '1.2.3-rc.1'], ['1.2.3', '1.2.3+b']],
  ['vers:semver/!=1.2.3+b', ['1.2.3', '1.2.3+c'], ['1.2.3+b']],
  [
    'vers:datetime/>=2024-07-19T04:09:00Z|<2024-07-19T05:27:00Z',
    ['2024-07-19T04:09:00.000Z', '2024-07-19T06:09:00+02:00', '2024-07-19T05:26:59.999999999Z'],
    ['2024-07-19T04:08:59.999Z', '2024-07-19T07:27:00+02:00', '2024-07-19T04:30:00+02:00'],
  ],
  ['vers:lexicographic/>=b|<%C3%A9', ['b', 'z', 'e\u0301', 'ß'], ['a', 'B', 'é', '😀']],
  ['vers:lexicographic/>%EF%BF%AE', ['😀'], ['\uffee', '\ue000']],
];

describe.each(TABLE)('%s', (text, inside, outside) => {
  const range = rangeOf(text);
  test.each(inside)('contains %s', (version) => {
    expect(contains(range, version)).toBe(true);
  });
  test.each(outside)('does not contain %s', (version) => {
    expect(contains(range, version)).toBe(false);
  });
});

test('a range shows its intervals in order, and its exceptions beside them', () => {
  const { intervals, exceptions } = rangeOf(
    'vers:semver/<1.0.0|1.5.0+b|>=2.0.0|!=2.1.0|<=3.0.0|>4.0.0',
  );
  const shown = (bound: Range['intervals'][number]['from']) =>
    bound && `${bound.version.text}${bound.inclusive ? ' included' : ''}`;
  expect(intervals.map(({ from, to }) => [shown(from), shown(to)])).toEqual([
    [null, '1.0.0'],
    ['1.5.0+b included', '1.5.0+b included'],
    ['2.0.0 included', '3.0.0 included'],
    ['4.0.0', null],
  ]);
  expect(exceptions.map(({ text }) => text)).toEqual(['2.1.0']);
});

test('every version is one open interval', () => {
  expect(rangeOf('vers:intdot/*').intervals).toEqual([{ from: null, to: null }]);
  expect(rangeOf('vers:intdot/!=1').intervals).toEqual([{ from: null, to: null }]);
});

test('a version that cannot be read in the scheme of the range is a fault of the caller', () => {
  expect(() => contains(rangeOf('vers:semver/*'), '1.2')).toThrow('cannot be read as semver');
  expect(() => contains(rangeOf('vers:intdot/<2'), 'unknown')).toThrow('cannot be read as intdot');
});

/** Where a signpost stands on a line of whole steps, and what it says. */
type Signpost = [step: number, comparator: '=' | '!=' | '<' | '<=' | '>' | '>='];

const STEPS = 12;

/** Signposts in the order that canonical VERS allows, from free choices at rising steps. */
const signposts: fc.Arbitrary<Signpost[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 2 }), fc.boolean()), {
      minLength: STEPS,
      maxLength: STEPS,
    }),
    fc.boolean(),
  )
  .map(([choices, startsInside]) => {
    let open = startsInside;
    const posts: Signpost[] = [];
    for (const [step, [present, kind, inclusive]] of choices.entries()) {
      if (!present) continue;
      if (kind === 0) posts.push([step, '!=']);
      else if (open) posts.push([step, inclusive ? '<=' : '<']);
      else if (kind === 1) posts.push([step, '=']);
      else posts.push([step, inclusive ? '>=' : '>']);
      const last = posts.at(-1)?.[1];
      if (last?.startsWith('<')) open = false;
      if (last?.startsWith('>')) open = true;
    }
    return posts;
  })
  .filter((posts) => posts.length > 0);

/**
 * Walks the line from its start, half a step at a time, with a brush that a signpost lowers or
 * lifts. Everything is painted at first where the first bound closes, or where only `!=` stands.
 */
function paint(posts: readonly Signpost[]): Map<number, boolean> {
  const including = posts.filter(([, comparator]) => comparator !== '!=');
  const firstBound = including.find(([, comparator]) => comparator !== '=');
  let down = including.length === 0 || (firstBound?.[1].startsWith('<') ?? false);
  const painted = new Map<number, boolean>();
  for (let place = -0.5; place <= STEPS; place += 0.5) {
    const comparator = posts.find(([step]) => step === place)?.[1];
    const here = comparator === undefined ? down : comparator.endsWith('=') && comparator !== '!=';
    painted.set(place, here);
    if (comparator?.startsWith('<')) down = false;
    if (comparator?.startsWith('>')) down = true;
  }
  return painted;
}

/** How a place on the line is written in each scheme; places between steps are versions too. */
const LINES: [scheme: string, at: (place: number) => string][] = [
  ['intdot', (place) => `7.${Math.floor(place + 2)}${place % 1 === 0 ? '' : '.1'}`],
  ['semver', (place) => `7.${Math.ceil(place + 2)}.0${place % 1 === 0 ? '' : '-rc.1'}`],
  ['datetime', (place) => new Date(Date.UTC(2024, 0, 1, 0, 0, 0, place * 1000)).toISOString()],
  ['lexicographic', (place) => `é${String.fromCharCode(100 + 2 * place)}`],
];

const written = (scheme: string, constraints: readonly string[]) =>
  rangeOf(`vers:${scheme}/${constraints.join('|')}`);
const constraint = (comparator: string, version: string) =>
  `${comparator === '=' ? '' : comparator}${encodeURI(version)}`;

test.each(LINES)('contains agrees with painting the line: %s', (scheme, at) => {
  fc.assert(
    fc.property(signposts, (posts) => {
      const range = written(
        scheme,
        posts.map(([step, comparator]) => constraint(comparator, at(step))),
      );
      for (const [place, painted] of paint(posts)) {
        expect([at(place), contains(range, at(place))]).toEqual([at(place), painted]);
      }
    }),
  );
});

test('one semver build can be excepted from any range, and nothing else changes', () => {
  const at = (place: number) => `7.${place}.0`;
  fc.assert(
    fc.property(signposts, fc.nat({ max: STEPS - 1 }), (posts, excepted) => {
      const constraints = posts.map(([step, sign]) => constraint(sign, at(step)));
      const before = posts.filter(([step]) => step <= excepted).length;
      const range = written('semver', constraints);
      const narrower = written('semver', constraints.toSpliced(before, 0, `!=${at(excepted)}+one`));
      for (let place = 0; place < STEPS; place += 1) {
        for (const build of ['', '+one', '+two']) {
          const version = `${at(place)}${build}`;
          const spared = place === excepted && build === '+one';
          expect(contains(narrower, version)).toBe(contains(range, version) && !spared);
        }
      }
    }),
  );
});
