/** What holds an incident leads to, and that none of them lets a machine go that the incident harms. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActiveHold } from '../../../src/drivers/holds/active-holds.ts';
import { evaluateHolds } from '../../../src/drivers/holds/evaluate.ts';
import { prepareMatch } from '../../../src/drivers/holds/match.ts';
import { holdsFrom } from '../../../src/drivers/holds/propose.ts';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import {
  type Conditions,
  evaluateMachine,
  indexCatalogue,
  type Machine,
} from '../../../src/drivers/matching/index.ts';
import { recordRange } from '../../../src/drivers/matching/range-place.ts';
import type { Affected, InvolvedDriver } from '../../../src/incidents/record.ts';
import { decided, hold, incident, release } from '../../support/gate-facts.ts';
import { authentihash, driver, harbor, sha256 } from '../matching/recorded.ts';

const catalogueDrivers = [
  harbor,
  driver('lock', {
    fileNames: ['Lock.sys', 'HarborBus.sys'],
    signers: ['Lock Ltd'],
    sha256: ['c'.repeat(64)],
  }),
];

function affected(given: Partial<Affected> = {}): Affected {
  return {
    product: 'fjord',
    versions: 'vers:intdot/>=2|<3',
    noVersionsBecause: null,
    fixedIn: [],
    conditions: null,
    ...given,
  };
}

function involved(driver: string, given: Partial<InvolvedDriver> = {}): InvolvedDriver {
  return {
    driver,
    versions: 'vers:intdot/>=10|<11',
    versionOf: 'file',
    role: 'trigger',
    effect: null,
    resolution: null,
    foundUnaffected: [],
    visibility: 'public',
    ...given,
  };
}

const proposedFrom = (record: { affected: Affected[]; drivers: InvolvedDriver[] }) =>
  holdsFrom({
    key: 'HF-1',
    record: { ...record, checks: [] },
    schemes: new Map([['fjord', 'intdot']]),
    driverNames: new Map([['harbor-bus', 'Harbor bus']]),
  });

const onWindows: Conditions = { platforms: ['windows'] };
const inGerman: Conditions = { locales: ['de'] };

test('drivers under the same conditions: the conditions, and any of the drivers', () => {
  const drivers = [involved('harbor-bus'), involved('lock'), involved('lock', { role: 'victim' })];
  const { proposed } = proposedFrom({ affected: [affected({ conditions: onWindows })], drivers });
  expect(proposed.map(({ body }) => body.match)).toMatchObject([
    {
      allOf: [{ driver: null, conditions: onWindows }],
      anyOf: [
        { driver: 'harbor-bus', conditions: null },
        { driver: 'lock', conditions: null },
      ],
    },
  ]);
});

test('under several conditions: each driver under each', () => {
  const { proposed } = proposedFrom({
    affected: [affected({ conditions: onWindows }), affected({ conditions: inGerman })],
    drivers: [involved('harbor-bus')],
  });
  expect(proposed.map(({ body }) => body.match.anyOf)).toMatchObject([
    [
      { driver: 'harbor-bus', conditions: onWindows },
      { driver: 'harbor-bus', conditions: inGerman },
    ],
  ]);
});

test('several ranges: a hold for each, and each holds all that the incident harms', () => {
  const { proposed } = proposedFrom({
    affected: [
      affected({ conditions: onWindows }),
      affected({ conditions: inGerman, versions: null }),
    ],
    drivers: [],
  });
  expect(proposed.map(({ body }) => body.versions)).toEqual([
    'vers:intdot/>=2|<3',
    'vers:intdot/*',
  ]);
  const [first, second] = proposed.map(({ body }) => body.match);
  expect(first).toEqual(second);
  expect(first?.anyOf).toHaveLength(2);
});

test('what is proposed is internal, whatever is public of the drivers: the words may be a draft', () => {
  const proposed = (['public', 'on_match', 'internal'] as const).flatMap(
    (visibility) =>
      proposedFrom({ affected: [affected()], drivers: [involved('lock', { visibility })] })
        .proposed,
  );
  expect(proposed.map(({ body }) => body.visibility)).toEqual(Array(3).fill('internal'));
});

test('what harms everywhere cannot be held', () => {
  const entries = [affected({ conditions: onWindows }), affected()];
  expect(proposedFrom({ affected: entries, drivers: [] })).toEqual({
    proposed: [],
    unholdable: ['fjord'],
  });
});

test('a title names only drivers that everybody may know', () => {
  const title = (...drivers: InvolvedDriver[]) =>
    proposedFrom({ affected: [affected()], drivers }).proposed[0]?.body.title;
  expect(title(involved('harbor-bus'))).toContain('Harbor bus');
  const untold = 'Kept from the machines that HF-1 harms.';
  const onMatch = involved('lock', { visibility: 'on_match' });
  expect(title(involved('harbor-bus'), onMatch)).toBe(untold);
  const wider = involved('harbor-bus', { versions: null, visibility: 'internal' });
  expect(title(involved('harbor-bus'), wider)).toBe(untold);
});

const version = fc.constantFrom('1.0', '2.1', '3.5', 'odd');
const range = fc.constantFrom('vers:intdot/>=2|<3', 'vers:intdot/<3', null);
const conditions = fc.constantFrom(
  null,
  onWindows,
  inGerman,
  { osBuilds: 'vers:intdot/>=10.0.26100' },
  { inWords: 'Where it is cold.' },
  { ...onWindows, ...inGerman },
);
const visibility = fc.constantFrom('public' as const, 'internal' as const, 'on_match' as const);
/** Each driver is told in one way: one that is told openly somewhere is told openly by its hold. */
const record = fc
  .record({
    visibilities: fc.record({ 'harbor-bus': visibility, lock: visibility }),
    affected: fc.array(
      fc.record({ versions: range, conditions }).map((given) => affected(given)),
      { minLength: 1, maxLength: 3 },
    ),
    drivers: fc.array(
      fc.record({
        driver: fc.constantFrom('harbor-bus' as const, 'lock' as const),
        versions: fc.constantFrom('vers:intdot/>=10|<11', 'vers:intdot/12', null),
        versionOf: fc.constantFrom('file' as const, 'product' as const),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ affected, drivers, visibilities }) => ({
    affected,
    drivers: drivers.map(({ driver, ...given }) =>
      involved(driver, { ...given, visibility: visibilities[driver] }),
    ),
  }));

const sometimes = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const item = fc
  .record({
    fileName: sometimes('HarborBus.sys', 'Lock.sys', 'Other.sys'),
    fileVersion: sometimes('10.4', '12', '9', 'none'),
    productVersion: sometimes('10.4'),
    signer: sometimes('Harbor Audio Ltd', 'Lock Ltd', 'Nobody'),
    sha256: sometimes(sha256, 'c'.repeat(64), 'd'.repeat(64)),
    authentihashSha256: sometimes(authentihash),
  })
  .map((said) => defined(said) as InventoryItem);
const machine = fc
  .record({
    product: fc.constant('fjord'),
    version,
    items: fc.option(fc.array(item, { maxLength: 4 })),
    unreadableLines: fc.constantFrom(0, 0, 1),
    platform: sometimes('windows', 'linux'),
    locale: sometimes('de-AT', 'fr'),
    osBuild: sometimes('10.0.26100.1', '10.0.22000.1'),
  })
  .map((said) => defined(said) as unknown as Machine);

test('no machine proceeds that the incident harms, and none that it may harm is taken for another', () => {
  let [harmed, spared] = [0, 0];
  fc.assert(
    fc.property(record, machine, (given, asked) => {
      const { proposed, unholdable } = proposedFrom(given);
      fc.pre(unholdable.length === 0);
      const index = indexCatalogue({
        revision: '',
        drivers: catalogueDrivers,
        incidents: [{ key: 'HF-1', title: '', whatToDo: '', ...given }],
      });
      const [answer] = evaluateMachine(index, asked).incidents;
      const holds = proposed.map(({ body }, index): ActiveHold => {
        return {
          id: String(index),
          product: 'fjord',
          incident: 'HF-1',
          title: null,
          toldOfOverrides: true,
          published: false,
          range: recordRange(body.versions),
          overrides: [],
          speaksOf: prepareMatch('fjord', body.match, catalogueDrivers, given.drivers),
        };
      });
      const { verdict } = evaluateHolds(holds, asked, null, '2024-08-12T12:00:00Z');
      if (answer?.verdict === 'affected' || answer?.verdict === 'probably_affected') {
        harmed += 1;
        expect(verdict).toBe('hold');
      }
      if (answer?.verdict === 'cannot_tell') expect(verdict).not.toBe('proceed');
      if (verdict === 'proceed') spared += 1;
    }),
    { numRuns: 2000 },
  );
  // The generated world has both.
  expect(Math.min(harmed, spared)).toBeGreaterThan(50);
});

test('the gate takes what is proposed for enough: the release is held from all that the incident harms', () => {
  const ranges = (given: { affected: Affected[] }) =>
    given.affected.map(({ versions }) => versions ?? 'vers:intdot/*');
  fc.assert(
    fc.property(record, fc.constantFrom('1.0', '2.1'), (given, version) => {
      const { proposed } = proposedFrom(given);
      const fault = incident('HF-1', { affectedVersions: ranges(given) });
      const holds = proposed.map(({ body: { match, versions } }, id) =>
        hold(String(id), 'HF-1', { match, versions, harmed: [{ state: 'recorded', ...given }] }),
      );
      const decision = decided({ release: release({ version }), incidents: [fault], holds });
      const faulty = decision.answers.some(({ status }) => status === 'known_faulty');
      expect(faulty).toBe(proposed.length === 0 && decision.answers.length > 0);
    }),
    { numRuns: 300 },
  );
});

function defined(said: object): object {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
