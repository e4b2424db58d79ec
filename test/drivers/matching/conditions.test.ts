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
      {
        companions: [
          { product: 'harbor', version: '2.9' },
          { product: 'harbor', version: null },
        ],
      },
    ],
    missing: 'companions',
  },
  platforms: {
    conditions: { platforms: ['windows', 'macos'] },
    holds: [
      { platform: 'Windows' },
      { platform: 'Windows 11' },
      { platform: 'Microsoft Windows 10 Pro' },
      { platform: 'win32' },
      { platform: 'Darwin' },
      { platform: 'Mac OS X 10.15' },
    ],
    fails: [{ platform: 'linux' }, { platform: 'Ubuntu 22.04' }, { platform: 'Android 14' }],
    unknown: [{ platform: 'windows-server' }, { platform: 'appliance' }],
    missing: 'platform',
  },
  osBuilds: {
    conditions: { osBuilds: 'vers:intdot/>=10.0.26100.1742' },
    holds: [
      { osBuild: '10.0.26100.1742' },
      { osBuild: '\r\nMicrosoft Windows [Version 10.0.26100.1742]\r\n' },
      { osBuild: 'Microsoft Windows [版本 10.0.26100.2033]' },
      { osBuild: '10.0.26200' },
    ],
    fails: [
      { osBuild: '10.0.22631.1' },
      { osBuild: 'Microsoft Windows [Version 10.0.22631.4317]' },
      { osBuild: '10.0.22631 N/A Build 22631' },
    ],
    unknown: [
      ...['24H2', '26100.1742', 'newest', '10.0.26100', '10.0', '10.0.26100 N/A Build 26100'],
      ...['10,0,26099', '10.0.26099-26100'],
    ].map((osBuild) => ({ osBuild })),
    missing: 'osBuild',
  },
  'osBuilds of a kernel': {
    conditions: { osBuilds: 'vers:intdot/<6.8.8' },
    holds: [{ osBuild: '6.8.7-arch1-1' }, { osBuild: '5.14.0-427.13.1.el9_4.x86_64' }],
    fails: [{ osBuild: '6.8.8-arch1-1' }],
    missing: 'osBuild',
  },
  'osBuilds of macOS, which leaves out zeros': {
    conditions: { osBuilds: 'vers:intdot/<=14.5.0' },
    holds: [{ osBuild: '14.5', platform: 'macos' }],
    fails: [{ osBuild: '14.5.1', platform: 'macos' }],
    unknown: [{ osBuild: '14.5' }],
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
    holds: ['de-AT', 'ja_JP', 'de_DE.UTF-8', 'LANG="de_DE@euro"', 'ja-Jpan-JP', 'de'].map(
      (locale) => ({ locale }),
    ),
    fails: ['fr-FR', 'den', 'en_US.UTF-8', 'ja-US'].map((locale) => ({ locale })),
    unknown: ['ja', 'C.UTF-8', 'POSIX', 'English (United States)', '0409'].map((locale) => ({
      locale,
    })),
    missing: 'locale',
  },
  patches: {
    conditions: { patches: ['KB5040442'] },
    holds: [
      { patches: ['KB1', 'kb5040442'] },
      { patches: ['5040442'] },
      { patches: ['Security Update for Windows (KB5040442)'] },
    ],
    fails: [{ patches: [] }, { patches: ['KB1'] }, { patches: ['5040443'] }],
    unknown: [{ patches: ['KB1', '2024-07 Cumulative Update'] }],
    missing: 'patches',
  },
  cpus: {
    conditions: { cpus: ['Intel Xeon'] },
    holds: [{ cpu: 'Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz' }],
    fails: [
      { cpu: 'Intel(R) Core(TM) i7' },
      { cpu: 'i7-13700' },
      { cpu: 'AMD EPYC 7763 64-Core Processor' },
      { cpu: 'Apple M2' },
    ],
    unknown: [{ cpu: 'Xeon' }, { cpu: 'GenuineIntel' }, { cpu: 'E5-2680 v4' }],
    missing: 'cpu',
  },
  'cpus of a tier': {
    conditions: { cpus: ['Intel Core i7'] },
    holds: [{ cpu: 'Intel(R) Core(TM) i7-13700 CPU' }],
    fails: [{ cpu: 'Intel(R) Core(TM) i5-1135G7' }, { cpu: 'AMD EPYC 7763 64-Core Processor' }],
    unknown: [{ cpu: 'i7-13700' }],
    missing: 'cpu',
  },
  hypervisors: {
    conditions: { hypervisors: ['VMware'] },
    holds: ['VMware, Inc. VMware7,1', 'VMware20,1', 'vmware'].map((hypervisor) => ({ hypervisor })),
    fails: [
      ...['KVM', 'Virtual Machine', 'microsoft', 'oracle', 'none', 'Dell Inc. Latitude 7420'],
      null,
    ].map((hypervisor) => ({ hypervisor })),
    unknown: [{ hypervisor: 'Latitude 7420' }, { hypervisor: 'Alibaba Cloud ECS' }],
    missing: 'hypervisor',
  },
  'hypervisors by what machines call them': {
    conditions: { hypervisors: ['Hyper-V', 'VirtualBox', 'KVM'] },
    holds: [
      ...['Virtual Machine', 'microsoft', 'Microsoft Corporation Virtual Machine', 'oracle'],
      ...['innotek GmbH VirtualBox', 'kvm', 'Red Hat KVM'],
    ].map((hypervisor) => ({ hypervisor })),
    fails: ['VMware20,1', 'Parallels ARM Virtual Machine'].map((hypervisor) => ({ hypervisor })),
    unknown: ['QEMU Standard PC (Q35 + ICH9, 2009)', 'Nutanix AHV', 'amazon'].map((hypervisor) => ({
      hypervisor,
    })),
    missing: 'hypervisor',
  },
  settings: {
    conditions: { settings: [{ name: 'secureBoot', value: 'on' }] },
    holds: ['On', 'true', '1', '0x1', 'Enabled'].map((value) => ({
      settings: [{ name: 'SecureBoot', value }],
    })),
    fails: [
      { settings: [{ name: 'secureBoot', value: 'off' }] },
      { settings: [{ name: 'secureBoot', value: null }] },
    ],
    unknown: [
      { settings: [{ name: 'other', value: 'on' }] },
      { settings: [{ name: 'secureBoot', value: 'audit' }] },
      {
        settings: [
          { name: 'secureBoot', value: 'on' },
          { name: 'SecureBoot', value: 'off' },
        ],
      },
    ],
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
    unknown: [online('2024-07-19T05:00:00Z', '2024-07-19T04:30:00Z')],
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
