/** Conditions under which an incident harms: held, not held, or not spoken of. */
import { expect, test } from 'vitest';
import type { Conditions, Machine } from '../../../src/drivers/matching/index.ts';
import { ask, incident } from './recorded.ts';

const window = { from: '2024-07-19T04:09:00Z', until: '2024-07-19T05:27:00Z' };
const online = (from: string, until: string | null) => ({ onlineBetween: [{ from, until }] });

interface Case {
  conditions: Conditions;
  holds: Partial<Machine>[];
  fails: Partial<Machine>[];
  /** Besides saying nothing at all. */
  unknown?: Partial<Machine>[];
  missing: string | null;
}

const cases: Record<string, Case> = {
  companions: {
    conditions: { companions: [{ product: 'harbor', versions: 'vers:intdot/<3' }] },
    holds: [{ companions: [{ product: 'harbor', version: '2.9' }] }],
    fails: [
      { companions: [{ product: 'harbor', version: '3.0' }] },
      { companions: [{ product: 'harbor', version: null }] },
    ],
    unknown: [
      { companions: [{ product: 'other', version: '2.9' }] },
      { companions: [{ product: 'harbor', version: 'newest' }] },
    ],
    missing: 'companions',
  },
  platforms: {
    conditions: { platforms: ['windows', 'macos'] },
    holds: [{ platform: 'Windows' }],
    fails: [{ platform: 'linux' }],
    missing: 'platform',
  },
  osBuilds: {
    conditions: { osBuilds: 'vers:intdot/>=10.0.26100' },
    holds: [{ osBuild: '10.0.26100.1742' }],
    fails: [{ osBuild: '10.0.22631.1' }],
    unknown: [{ osBuild: '24H2' }, { osBuild: '26100.1742' }, { osBuild: 'newest' }],
    missing: 'osBuild',
  },
  architectures: {
    conditions: { architectures: ['x64'] },
    holds: [{ architecture: 'AMD64' }, { architecture: 'x86_64' }],
    fails: [{ architecture: 'aarch64' }],
    unknown: [{ architecture: '64-bit' }],
    missing: 'architecture',
  },
  locales: {
    conditions: { locales: ['de', 'ja-JP'] },
    holds: [{ locale: 'de-AT' }, { locale: 'ja_JP' }],
    fails: [{ locale: 'fr-FR' }, { locale: 'den' }],
    unknown: [{ locale: 'ja' }],
    missing: 'locale',
  },
  patches: {
    conditions: { patches: ['KB5040442'] },
    holds: [{ patches: ['KB1', 'kb5040442'] }],
    fails: [{ patches: [] }, { patches: ['KB1'] }],
    missing: 'patches',
  },
  cpus: {
    conditions: { cpus: ['Intel Xeon'] },
    holds: [{ cpu: 'Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz' }],
    fails: [{ cpu: 'Intel(R) Core(TM) i7' }],
    missing: 'cpu',
  },
  hypervisors: {
    conditions: { hypervisors: ['VMware'] },
    holds: [{ hypervisor: 'VMware, Inc. VMware7,1' }],
    fails: [{ hypervisor: 'KVM' }, { hypervisor: null }],
    missing: 'hypervisor',
  },
  settings: {
    conditions: { settings: [{ name: 'secureBoot', value: 'on' }] },
    holds: [{ settings: [{ name: 'SecureBoot', value: 'On' }] }],
    fails: [
      { settings: [{ name: 'secureBoot', value: 'off' }] },
      { settings: [{ name: 'secureBoot', value: null }] },
    ],
    unknown: [{ settings: [{ name: 'other', value: 'on' }] }],
    missing: 'settings',
  },
  onlineBetween: {
    conditions: { onlineBetween: window },
    holds: [
      online('2024-07-19T05:26:59Z', null),
      online('2024-07-18T00:00:00Z', window.from),
      online('2024-07-19T04:30:00Z', '2024-07-19T04:30:00Z'),
    ],
    fails: [
      { onlineBetween: [] },
      online(window.until, null),
      online('2024-07-01T00:00:00Z', '2024-07-19T04:08:59Z'),
    ],
    missing: 'onlineBetween',
  },
  inWords: {
    conditions: { inWords: 'It was restored from sleep.' },
    holds: [],
    fails: [],
    missing: null,
  },
};

const asked = (conditions: Conditions, machine: Partial<Machine>) => {
  const answer = ask([], [incident('HF-1', [], [{ conditions }])], machine).incidents[0];
  if (answer === undefined) throw new Error('No answer was given for the incident.');
  return answer;
};

test.each(Object.entries(cases))('%s', (_, { conditions, holds, fails, unknown = [], missing }) => {
  for (const machine of holds)
    expect(asked(conditions, machine)).toMatchObject({ verdict: 'affected', missing: [] });
  for (const machine of fails)
    expect(asked(conditions, machine)).toMatchObject({ verdict: 'not_affected', missing: [] });
  for (const machine of [{}, ...unknown]) {
    expect(asked(conditions, machine)).toMatchObject({
      verdict: 'cannot_tell',
      missing: [{ field: missing }],
    });
  }
});

test('all conditions must hold; one that does not decides, whatever is not known of the others', () => {
  const conditions = { platforms: ['windows'], architectures: ['x64'] };
  const windows = { platform: 'windows', architecture: 'x64' };
  expect(asked(conditions, windows).verdict).toBe('affected');
  expect(asked(conditions, { platform: 'windows' })).toMatchObject({
    verdict: 'cannot_tell',
    missing: [{ field: 'architecture', command: '$env:PROCESSOR_ARCHITECTURE' }],
  });
  expect(asked(conditions, { platform: 'linux' }).verdict).toBe('not_affected');
});

test('of several companions or settings, one is enough', () => {
  const conditions = {
    companions: [
      { product: 'harbor', versions: 'vers:intdot/<3' },
      { product: 'sound', versions: 'vers:intdot/<3' },
    ],
  };
  const companions = (...versions: [string, string | null][]) => ({
    companions: versions.map(([product, version]) => ({ product, version })),
  });
  expect(asked(conditions, companions(['sound', '1.0'])).verdict).toBe('affected');
  expect(asked(conditions, companions(['sound', null])).verdict).toBe('cannot_tell');
  expect(asked(conditions, companions(['sound', null], ['harbor', '4'])).verdict).toBe(
    'not_affected',
  );
});

test('every condition that nobody spoke of is named', () => {
  const conditions = { platforms: ['windows'], patches: ['KB1'], inWords: 'It was cold.' };
  expect(asked(conditions, {}).missing.map(({ field }) => field)).toEqual([
    'platform',
    'patches',
    null,
  ]);
  expect(asked(conditions, {}).missing.at(-1)?.detail).toContain('It was cold.');
});
