/** Whether every version of one range lies in another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, includesRange, parseRange } from '../../src/versions/index.ts';

function rangeOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
  return parsed.range;
}

test.each([
  ['intdot/*', 'intdot/>=1|<2', true],
  ['intdot/>=1|<2', 'intdot/*', false],
  ['intdot/>=1|<2', 'intdot/>=1|<2', true],
  ['intdot/>=1|<=2', 'intdot/>=1|<2', true],
  ['intdot/>=1|<2', 'intdot/>=1|<=2', false],
  ['intdot/>1', 'intdot/>=1', false],
  ['intdot/>=1', 'intdot/>1', true],
  ['intdot/>1', 'intdot/>1.0', true],
  ['intdot/>=1|<2|>=3|<4', 'intdot/3.5', true],
  ['intdot/>=1|<2|>=3|<4', 'intdot/>=1.5|<3.5', false],
  ['intdot/1.0', 'intdot/1', true],
  ['intdot/>=1|!=1.5|<2', 'intdot/>=1|<2', false],
  ['intdot/>=1|!=1.5|<2', 'intdot/>=1|!=1.5|<2', true],
  ['intdot/>=1|!=1.5|<2', 'intdot/>=1.6|<2', true],
  ['intdot/>=1|<2', 'intdot/>=1|!=1.5|<2', true],
  ['intdot/*', 'semver/>=1.0.0', false],
  ['semver/1.2.3', 'semver/1.2.3+b', true],
  ['semver/1.2.3+b', 'semver/1.2.3', false],
  ['semver/1.2.3+b', 'semver/1.2.3+b', true],
  ['semver/!=1.2.3+b', 'semver/1.2.3+c', true],
  ['semver/!=1.2.3', 'semver/1.2.3+c', false],
  ['semver/!=1.2.3', 'semver/!=1.2.3+b', false],
  ['semver/!=1.2.3+b', 'semver/!=1.2.3', true],
])('%s includes %s: %s', (outer, inner, included) => {
  expect(includesRange(rangeOf(`vers:${outer}`), rangeOf(`vers:${inner}`))).toBe(included);
});

const versions = ['0', '1', '1.5', '2', '2.5', '3', '4'];

/** Up to four constraints in order, as far as they make a range. */
const range = fc
  .subarray(versions.slice(1, -1), { minLength: 1, maxLength: 4 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((version) =>
        fc.constantFrom('', '!=', '<', '<=', '>', '>=').map((comparator) => comparator + version),
      ),
    ),
  )
  .map((constraints) => `vers:intdot/${constraints.join('|')}`)
  .filter((text) => parseRange(text).ok);

test('a range that includes another contains every version of it', () => {
  fc.assert(
    fc.property(range, range, (outer, inner) => {
      fc.pre(includesRange(rangeOf(outer), rangeOf(inner)));
      for (const version of versions) {
        if (contains(rangeOf(inner), version)) expect(contains(rangeOf(outer), version)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
