/** A requirement whose variant is a driver, beside holds that keep the release from who has it. */
import { expect, test } from 'vitest';
import type { Facts, HoldMatchFact, Outcome } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  hold,
  outline,
  override,
  report,
  reported,
  result,
} from '../support/gate-facts.ts';
import { allOf, anyOf, bus, net, term } from '../support/hold-facts.ts';

const windows = { platforms: ['windows'] };
const came = (outcome: Outcome) =>
  reported(report(at('09:00'), [result('T', outcome, { variant })]));
const variant = { driver: 'bus', fileVersion: '>=2|<3' };
const canary = check('T', { kind: 'canary', variants: [variant, { driver: 'net' }] });
const asked = (keeping: HoldMatchFact, given: Partial<Facts> = {}, of = variant as object) =>
  outline(
    decided({
      checks: [{ ...canary, variants: [of as Record<string, string>] }],
      holds: [hold('7', 'HF-1', { match: keeping, harmed: [] })],
      ...given,
    }),
  );
const on = (text: string, status: string) => `T on ${text} ${status}`;
const words = 'driver=bus, fileVersion=>=2|<3';

test.each<[string, HoldMatchFact, object, string]>([
  ['is not asked where a hold keeps the release from all who have it', anyOf(bus), variant, 'held'],
  ['also by a wider range', anyOf({ driver: 'bus' }), variant, 'held'],
  [
    'is asked where a hold keeps some of its versions',
    anyOf({ ...bus, versions: 'vers:intdot/2.1' }),
    variant,
    'missing',
  ],
  ['or keeps it under conditions', anyOf({ ...bus, conditions: windows }), variant, 'missing'],
  ['or beside another driver', allOf(bus, net), variant, 'missing'],
  ['or spares some', { ...anyOf(bus), noneOf: [term(net)] }, variant, 'missing'],
  [
    'or speaks of another sort of version',
    anyOf({ ...bus, versionOf: 'package' }),
    variant,
    'missing',
  ],
  ['or of another driver', anyOf(net), variant, 'missing'],
  ['in every version, where a hold keeps some', anyOf(bus), { driver: 'bus' }, 'missing'],
  [
    'in a range too long to be written out, where a hold keeps some',
    anyOf({ ...bus, versions: 'vers:lexicographic/>=2' }),
    { driver: 'bus', fileVersion: `>=2${'~0123456789abcdef'.padEnd(33, '0')}` },
    'missing',
  ],
  [
    'in what is no range, where a hold keeps some',
    anyOf(bus),
    { driver: 'bus', fileVersion: 'new' },
    'missing',
  ],
  [
    'of a driver and a system, where a hold keeps the driver',
    anyOf(bus),
    { ...variant, os: 's1' },
    'held',
  ],
])('a requirement on a driver %s', (_, keeping, of, status) => {
  expect(asked(keeping, {}, of).at(-1)).toMatch(new RegExp(` ${status}$`));
});

test('beside a hold it speaks neither for the release nor against it, and a pass stays a pass', () => {
  expect(asked(anyOf(bus), came('failed'))).toEqual(['passed', on(words, 'held')]);
  expect(asked(anyOf(bus), came('passed'))).toEqual(['passed', on(words, 'passed')]);
});

test('beside a hold it keeps what it would be without the hold, and says what to do', () => {
  const decision = decided({
    checks: [canary],
    holds: [hold('7', 'HF-1', { match: anyOf(bus), harmed: [] })],
    ...came('failed'),
  });
  expect(decision).toMatchObject({
    verdict: 'pending',
    summary: 'Pending: 1 of 2 requirements has no result yet, 1 is for held machines alone.',
    answers: [
      {
        status: 'held',
        insteadOf: 'failed',
        waiver: null,
        next: 'Keep it from the machines that the hold 7 speaks of, and make T pass on driver=bus, fileVersion=>=2|<3 before it is released.',
      },
      { status: 'missing', variant: { driver: 'net' } },
    ],
  });
});

test('it is asked where the hold is overridden, and in facts that do not tell of its machines', () => {
  const overridden = hold('7', 'HF-1', {
    match: anyOf(bus),
    harmed: [],
    overrides: [override()],
  });
  expect(asked(anyOf(bus), { holds: [overridden] })).toEqual(['pending', on(words, 'missing')]);
  expect(asked(anyOf(bus), { holds: [hold('7', 'HF-1')] })).toEqual([
    'pending',
    on(words, 'missing'),
  ]);
});
