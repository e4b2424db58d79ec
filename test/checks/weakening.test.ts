/** What makes a check weaker, and that nothing gets past it unseen. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckBody, completeCheck } from '../../src/checks/check.ts';
import { weakenings } from '../../src/checks/weakening.ts';
import { type CheckFact, decide, type Facts } from '../../src/gate/index.ts';
import { generatedFacts, instant } from '../gate/generated-facts.ts';
import { aCheck } from './a-check.ts';

const body = (changes: Partial<CheckBody>): CheckBody => ({ ...completeCheck(aCheck), ...changes });
const pointers = (before: Partial<CheckBody>, after: Partial<CheckBody>) =>
  weakenings(body(before), body(after)).map(({ pointer }) => pointer);

const [s1, s2] = [{ os: 's1' }, { os: 's2', arch: 'x' }];
const all = { drivers: 'all' } as const;
const early = '2030-01-01T00:00:00Z';
const late = '2031-01-01T00:00:00Z';

describe('weaker', () => {
  test.each<[string, Partial<CheckBody>, Partial<CheckBody>, string]>([
    ['advisory', {}, { enforcement: 'advisory' }, '/enforcement'],
    ["a person's word", {}, { kind: 'sign_off' }, '/kind'],
    ['manual steps', { kind: 'compatibility_lab' }, { kind: 'manual' }, '/kind'],
    ['word for steps', { kind: 'manual' }, { kind: 'sign_off' }, '/kind'],
    ['a facet more', {}, { appliesTo: { rings: ['general'] } }, '/appliesTo/rings'],
    [
      'a name less',
      { appliesTo: { platforms: ['a', 'b'] } },
      { appliesTo: { platforms: ['a', 'c'] } },
      '/appliesTo/platforms',
    ],
    [
      'a glob less',
      { appliesTo: { paths: ['src/**'] } },
      { appliesTo: { paths: ['src/*'] } },
      '/appliesTo/paths',
    ],
    [
      'a narrower range',
      { appliesTo: { versions: 'vers:intdot/>=1' } },
      { appliesTo: { versions: 'vers:intdot/>=2' } },
      '/appliesTo/versions',
    ],
    ['a range at all', {}, { appliesTo: { versions: 'vers:intdot/>=1' } }, '/appliesTo/versions'],
    [
      'a range of another scheme',
      { appliesTo: { versions: 'vers:intdot/>=1' } },
      { appliesTo: { versions: 'vers:semver/>=1.0.0' } },
      '/appliesTo/versions',
    ],
    ['a variant less', { variants: [s1, s2] }, { variants: [s1] }, '/variants'],
    ['some variants instead of all', {}, { variants: [s1] }, '/variants'],
    ['no variants to miss', { variants: [s1] }, { variants: [] }, '/variants'],
    ['variants of drivers instead of all', {}, { variantsFrom: all }, '/variants'],
    [
      'some variants where no incident may name a driver',
      { variantsFrom: all },
      { variantsFrom: all, variants: [s1] },
      '/variants',
    ],
    ['no variants of drivers', { variantsFrom: all }, { variantsFrom: null }, '/variantsFrom'],
    ['some drivers', { variantsFrom: all }, { variantsFrom: { drivers: ['a'] } }, '/variantsFrom'],
    [
      'a driver less',
      { variantsFrom: { drivers: ['a', 'b'] } },
      { variantsFrom: { drivers: ['a'] } },
      '/variantsFrom',
    ],
    [
      'a driver only where an incident names it',
      { variantsFrom: { drivers: ['a'] } },
      { variantsFrom: all },
      '/variantsFrom',
    ],
    [
      'a pattern less',
      { reportedAs: [{ name: 'a' }, { name: 'b' }] },
      { reportedAs: [{ name: 'a' }, { name: 'c' }] },
      '/reportedAs',
    ],
    ['skipped cases allowed', {}, { allowSkipped: true }, '/allowSkipped'],
    ['fewer cases', { minCases: 3 }, { minCases: 2 }, '/minCases'],
    [
      'fewer machines',
      { minimum: { machines: 5, hours: 1 } },
      { minimum: { machines: 4, hours: 9 } },
      '/minimum',
    ],
    [
      'fewer hours',
      { minimum: { machines: 5, hours: 1 } },
      { minimum: { machines: 5, hours: 0.5 } },
      '/minimum',
    ],
    ['no minimum', { minimum: { machines: 0, hours: 0 } }, {}, '/minimum'],
    ['a later beginning', { effectiveFrom: early }, { effectiveFrom: late }, '/effectiveFrom'],
    ['a beginning at all', {}, { effectiveFrom: early }, '/effectiveFrom'],
    ['an earlier end', { retiredAt: late }, { retiredAt: early }, '/retiredAt'],
    ['an end at all', {}, { retiredAt: late }, '/retiredAt'],
  ])('%s', (_, before, after, pointer) => {
    expect(pointers(before, after)).toEqual([pointer]);
  });

  test('every way is named', () => {
    const after = body({ allowSkipped: true, enforcement: 'advisory', variants: [s1] });
    expect(weakenings(body({ variants: [s1, s2] }), after)).toEqual([
      { pointer: '/enforcement', detail: 'It would be advisory only.' },
      {
        pointer: '/variants',
        detail: 'It would not ask for {"os":"s2","arch":"x"} any more.',
      },
      { pointer: '/allowSkipped', detail: 'It would pass although cases were skipped.' },
    ]);
  });
});

describe('no weaker', () => {
  test.each<[string, Partial<CheckBody>, Partial<CheckBody>]>([
    ['nothing', {}, {}],
    ['other words', {}, { title: 'T', purpose: 'P', owner: 'o', howToRun: { command: 'make' } }],
    ['required', { enforcement: 'advisory' }, {}],
    ['an advisory check narrowed', { enforcement: 'advisory' }, { appliesTo: { rings: ['a'] } }],
    ["more than a person's word", { kind: 'sign_off' }, { kind: 'automated' }],
    ['real machines', {}, { kind: 'canary', minimum: { machines: 1, hours: 1 } }],
    ['a facet less', { appliesTo: { rings: ['general'] } }, {}],
    ['a name more', { appliesTo: { rings: ['a'] } }, { appliesTo: { rings: ['b', 'a'] } }],
    [
      'a wider range',
      { appliesTo: { versions: 'vers:intdot/>=1|<2' } },
      { appliesTo: { versions: 'vers:intdot/>=1' } },
    ],
    ['a variant more', { variants: [s2] }, { variants: [s1, { arch: 'x', os: 's2' }] }],
    ['variants of drivers more', { variants: [s1] }, { variants: [s1], variantsFrom: all }],
    [
      'a driver more',
      { variantsFrom: { drivers: ['a'] } },
      { variantsFrom: { drivers: ['b', 'a'] }, variants: [s1] },
    ],
    [
      'a pattern more, in any order',
      { reportedAs: [{ name: 'a', suite: 's' }] },
      { reportedAs: [{ name: 'b' }, { suite: 's', name: 'a' }] },
    ],
    ['skipped cases refused', { allowSkipped: true }, {}],
    ['more cases', {}, { minCases: 2 }],
    [
      'more machines',
      { minimum: { machines: 1, hours: 1 } },
      { minimum: { machines: 2, hours: 1 } },
    ],
    ['an earlier beginning', { effectiveFrom: late }, { effectiveFrom: early }],
    ['no beginning', { effectiveFrom: late }, {}],
    ['a later end', { retiredAt: early }, { retiredAt: late }],
    ['no end', { retiredAt: early }, {}],
  ])('%s', (_, before, after) => {
    expect(pointers(before, after)).toEqual([]);
  });
});

/** What the gate reads of a check, in few enough values that two of them are often near each other. */
const anyBody: fc.Arbitrary<CheckBody> = fc
  .record({
    enforcement: fc.constantFrom('required', 'required', 'required', 'advisory'),
    appliesTo: fc.record(
      {
        components: fc.constantFrom(['x'], ['x', 'y'], ['y']),
        rings: fc.constantFrom(['general'], ['canary'], ['canary', 'general']),
        versions: fc.constantFrom('vers:intdot/<3', 'vers:intdot/>=3', 'vers:intdot/>=2'),
      },
      { requiredKeys: [] },
    ),
    variants: fc.subarray([s1, s2]),
    minimum: fc.constantFrom(null, { machines: 4, hours: 5 }, { machines: 5, hours: 6 }),
    effectiveFrom: fc.option(instant, { freq: 2 }),
    retiredAt: fc.option(instant, { freq: 2 }),
  })
  .map((said) => body(said as Partial<CheckBody>));

/** One change at a time is what leaves most checks as strong as they were. */
const pair = fc
  .tuple(
    anyBody,
    anyBody,
    fc.subarray(
      ['enforcement', 'appliesTo', 'variants', 'minimum', 'effectiveFrom', 'retiredAt'] as const,
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([before, other, fields]) => {
    const changed = Object.fromEntries(fields.map((field) => [field, other[field]]));
    return { before, after: { ...before, ...changed } };
  });

function withCheck(
  facts: Facts,
  { title, kind, enforcement, appliesTo, variants, minimum, ...rest }: CheckBody,
): Facts {
  const { effectiveFrom, retiredAt } = rest;
  const createdAt = '2024-08-01T00:00:00Z';
  const said = { title, kind, enforcement, appliesTo, variants, minimum };
  const check: CheckFact = { ...said, key: 'T', createdAt, effectiveFrom, retiredAt };
  return { ...facts, checks: [check, ...facts.checks.filter(({ key }) => key !== 'T')] };
}

const gravity = { not_applicable: 0, passed: 0, passed_with_waivers: 0, pending: 1, blocked: 2 };

test('what is not called weaker lets no release past that the check stopped, whatever the facts', () => {
  let compared = 0;
  fc.assert(
    fc.property(pair, generatedFacts, instant, ({ before, after }, facts, asOf) => {
      fc.pre(weakenings(before, after).length === 0);
      const was = decide(withCheck(facts, before), asOf).verdict;
      const is = decide(withCheck(facts, after), asOf).verdict;
      if (was !== is) compared += 1;
      expect(gravity[is]).toBeGreaterThanOrEqual(gravity[was]);
    }),
    { numRuns: 3000 },
  );
  // The facts do tell checks apart.
  expect(compared).toBeGreaterThan(20);
});
