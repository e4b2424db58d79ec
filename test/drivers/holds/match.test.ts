/** Which machines a hold speaks of. */
import { describe, expect, test } from 'vitest';
import { completeHold, type InvolvedDriver } from '../../../src/drivers/holds/hold.ts';
import { prepareMatch } from '../../../src/drivers/holds/match.ts';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import type { Machine } from '../../../src/drivers/matching/index.ts';
import { driver, harbor, sha256 } from '../matching/recorded.ts';

const open = 'vers:intdot/>=10|<11';
const bus = { driver: 'harbor-bus', versions: open };
const fixed = { driver: 'harbor-bus', versions: 'vers:intdot/>=10.5' };
const lock = { driver: 'lock', versions: null };
const onWindows = { conditions: { platforms: ['windows'] } };
const inGerman = { conditions: { locales: ['de'] } };

const drivers = [harbor, driver('lock', { fileNames: ['Lock.sys'], signers: ['Lock Ltd'] })];
const part = { driver: 'harbor-bus', versions: open, versionOf: 'file' } as const;
const involved: InvolvedDriver[] = [{ ...part, visibility: 'public' }];

const item = (version: string | null, more: Partial<InventoryItem> = {}): InventoryItem => ({
  fileName: 'HarborBus.sys',
  signer: 'Harbor Audio Ltd',
  ...(version !== null && { fileVersion: version }),
  ...more,
});
const unsigned = (version: string): InventoryItem => ({
  fileName: 'HarborBus.sys',
  fileVersion: version,
});
const locked: InventoryItem = { fileName: 'Lock.sys', signer: 'Lock Ltd' };
const german = { locale: 'de-DE', platform: 'windows' };

type Match = Parameters<typeof completeHold>[0]['match'];

function standing(match: Match, machine: Partial<Machine>, told = involved) {
  const { match: whole } = completeHold({
    title: 'T',
    versions: 'vers:intdot/*',
    match,
    releaseWhen: { inWords: 'W' },
  });
  const speaksOf = prepareMatch('fjord', whole, drivers, told);
  return speaksOf({
    product: 'fjord',
    version: '2.1',
    items: null,
    unreadableLines: 0,
    ...machine,
  });
}

test.each<[string, Match, Partial<Machine>, 'yes' | 'no' | 'unknown']>([
  ['the driver is there', { anyOf: [bus] }, { items: [item('10.1')] }, 'yes'],
  ['it is probably there', { anyOf: [bus] }, { items: [unsigned('10.1')] }, 'yes'],
  ['another version of it is', { anyOf: [bus] }, { items: [item('11.1')] }, 'no'],
  ['its version is not said', { anyOf: [bus] }, { items: [item(null)] }, 'unknown'],
  [
    'somebody else signed it',
    { anyOf: [bus] },
    { items: [item('10.1', { signer: 'X' })] },
    'unknown',
  ],
  ['its hash is recorded', { anyOf: [bus] }, { items: [{ fileName: 'x', sha256 }] }, 'yes'],
  ['no driver is', { anyOf: [bus] }, { items: [locked] }, 'no'],
  ['the list is empty', { anyOf: [bus] }, { items: [] }, 'unknown'],
  [
    'the list could not have shown it',
    { anyOf: [bus] },
    { items: [{ originalInf: 'x.inf' }] },
    'unknown',
  ],
  ['nothing is said of drivers', { anyOf: [bus] }, {}, 'unknown'],
  ['a line could not be read', { anyOf: [bus] }, { items: [], unreadableLines: 1 }, 'unknown'],
  ['one of two is', { anyOf: [bus, lock] }, { items: [locked] }, 'yes'],
  ['one of two, and both are asked', { allOf: [bus, lock] }, { items: [locked] }, 'no'],
  ['both are', { allOf: [bus, lock] }, { items: [locked, item('10.1')] }, 'yes'],
  ['a condition holds', { allOf: [inGerman] }, german, 'yes'],
  ['it does not', { allOf: [inGerman] }, { locale: 'fr' }, 'no'],
  ['it is not said', { allOf: [inGerman] }, {}, 'unknown'],
  ['only a person can tell', { allOf: [{ conditions: { inWords: 'Old ones.' } }] }, {}, 'unknown'],
  [
    'a condition that does not hold decides, whatever is unknown',
    { allOf: [inGerman, bus] },
    { locale: 'fr' },
    'no',
  ],
  [
    'of driver and condition in one term one is missing',
    {
      anyOf: [
        { ...bus, ...inGerman },
        { ...lock, ...onWindows },
      ],
    },
    { ...german, items: [item('10.1', {})], locale: 'fr' },
    'no',
  ],
  [
    'both are there',
    { anyOf: [{ ...bus, ...inGerman }] },
    { ...german, items: [item('10.1')] },
    'yes',
  ],
])('%s', (_, match, machine, expected) => {
  expect(standing(match, machine).holds).toBe(expected);
});

describe('noneOf', () => {
  test.each<[string, Partial<Machine>, 'yes' | 'no' | 'unknown']>([
    ['spares a machine with the fixed driver', { items: [item('10.6')] }, 'no'],
    ['spares none with another version', { items: [item('10.1')] }, 'yes'],
    ['leaves open what is only probably the driver', { items: [unsigned('10.6')] }, 'unknown'],
    ['leaves open a driver without its version', { items: [item(null)] }, 'unknown'],
    [
      'spares none whose hash is recorded, and whose version is not the fixed one',
      { items: [item('10.1', { sha256 })] },
      'yes',
    ],
    [
      'leaves open a recorded hash without a version',
      { items: [{ fileName: 'x', sha256 }] },
      'unknown',
    ],
    ['spares none without the driver', { items: [locked] }, 'yes'],
    ['leaves open an empty list', { items: [] }, 'unknown'],
    ['leaves open a machine of which no driver is said', {}, 'unknown'],
  ])('%s', (_, machine, expected) => {
    const match = { allOf: [onWindows], noneOf: [fixed] };
    expect(standing(match, { platform: 'windows', ...machine }).holds).toBe(expected);
  });

  test('spares a machine by a condition, and says so', () => {
    const match = { anyOf: [bus], noneOf: [inGerman] };
    const machine = { ...german, items: [item('10.1')] };
    expect(standing(match, machine)).toMatchObject({
      holds: 'no',
      because: [expect.stringContaining('spared: its language is de-DE')],
    });
  });
});

test('a driver that is told on a match is found by its hash alone', () => {
  const told: InvolvedDriver[] = [{ ...part, visibility: 'on_match' }];
  const asked = (items: InventoryItem[], term: object = bus) =>
    standing({ anyOf: [term] }, { items }, told);
  const byName = asked([item('10.1')]);
  expect(byName.holds).toBe('unknown');
  expect(JSON.stringify(byName).toLowerCase()).not.toContain('harbor');
  expect(asked([{ fileName: 'x', sha256 }]).holds).toBe('yes');
  expect(
    asked([{ fileName: 'x', sha256: 'c'.repeat(64), authentihashSha256: 'd'.repeat(64) }]).holds,
  ).toBe('no');
  // Also in versions that its incident does not name.
  expect(asked([item('10.1')], { driver: 'harbor-bus' }).holds).toBe('unknown');
});
