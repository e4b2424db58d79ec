/** Which holds turn a known fault into `held`: those that keep the release from every machine that it harms. */
import { describe, expect, test } from 'vitest';
import type { components } from '../../src/contract/types.gen.ts';
import type { Facts, HarmFact, HoldMatchFact } from '../../src/gate/index.ts';
import { redact } from '../../src/gate/index.ts';
import { decided, hold, incident, onlyAnswer, outline, override } from '../support/gate-facts.ts';
import { allOf, anyOf, bus, harm, net, term } from '../support/hold-facts.ts';

type Conditions = components['schemas']['Conditions'];
const fault = incident('HF-1', { affectedVersions: ['vers:intdot/>=1|<3'] });
const held = ['passed', 'HF-1 held'];
const faulty = ['blocked', 'HF-1 known_faulty'];

const windows: Conditions = { platforms: ['windows'] };

test.each<[string, HarmFact, HoldMatchFact, string[]]>([
  ['the very drivers', harm([bus, net]), anyOf(bus, net), held],
  ['one of two drivers', harm([bus, net]), anyOf(bus), faulty],
  ['more versions of it', harm([bus]), anyOf({ ...bus, versions: 'vers:intdot/<9' }), held],
  ['every version of it', harm([bus]), anyOf({ driver: 'bus' }), held],
  ['every version, as a range', harm([net]), anyOf({ ...net, versions: 'vers:intdot/*' }), held],
  ['fewer versions of it', harm([bus]), anyOf({ ...bus, versions: 'vers:intdot/2.5' }), faulty],
  ['other versions of it', harm([bus]), anyOf({ ...bus, versionOf: 'product' }), faulty],
  ['some versions of what harms in any', harm([net]), anyOf({ ...bus, driver: 'net' }), faulty],
  ['both drivers at once', harm([bus, net]), allOf(bus, net), faulty],
  [
    'a driver, and what no machine has',
    harm([bus, net]),
    allOf(bus, { ...net, versions: 'vers:intdot/99' }),
    faulty,
  ],
  ['the one driver', harm([bus]), allOf(bus), held],
  ['a driver under conditions', harm([bus]), anyOf({ ...bus, conditions: windows }), faulty],
  [
    'a driver under its conditions',
    harm([bus], windows),
    anyOf({ ...bus, conditions: windows }),
    held,
  ],
  [
    'its drivers, and its conditions beside them',
    harm([bus, net], windows),
    { ...anyOf(bus, net), allOf: [term({ conditions: windows })] },
    held,
  ],
  ['its drivers whatever the conditions', harm([bus], windows), anyOf(bus), held],
  [
    'its conditions, whatever the drivers',
    harm([bus], windows),
    anyOf({ conditions: windows }),
    held,
  ],
  [
    'one of two conditions',
    harm([], windows, { locales: ['de'] }),
    anyOf({ conditions: windows }),
    faulty,
  ],
  ['a machine of any sort', harm([]), anyOf(bus), faulty],
  [
    'all but those with another driver',
    harm([bus]),
    { ...anyOf(bus), noneOf: [term(net)] },
    faulty,
  ],
  [
    'all but those with it in another version',
    harm([bus]),
    { ...anyOf({ driver: 'bus' }), noneOf: [term({ ...bus, versions: 'vers:intdot/>=3' })] },
    faulty,
  ],
  [
    'all but those of a platform on which it harms nobody',
    harm([bus], windows),
    { ...anyOf(bus), noneOf: [term({ conditions: { platforms: ['linux'] } })] },
    held,
  ],
  [
    'all but those of a platform on which it harms',
    harm([bus], { platforms: ['linux', 'windows'] }),
    { ...anyOf(bus), noneOf: [term({ conditions: { platforms: ['linux'] } })] },
    faulty,
  ],
])('a hold of %s', (_, harmed, keeping, expected) => {
  const holds = [hold('7', 'HF-1', { match: keeping, harmed: [harmed] })];
  expect(outline(decided({ incidents: [fault], holds }))).toEqual(expected);
});

/** For each condition that there is: what it is held against, within and not. */
const conditions: Record<keyof Conditions, [Conditions, Conditions[], Conditions[]]> = {
  companions: [
    { companions: [{ product: 'app', versions: 'vers:intdot/>=1|<3' }] },
    [{ companions: [{ product: 'app', versions: 'vers:intdot/2' }] }],
    [
      { companions: [{ product: 'app', versions: 'vers:intdot/>=1' }] },
      { companions: [{ product: 'web', versions: 'vers:intdot/2' }] },
    ],
  ],
  platforms: [
    { platforms: ['windows', 'linux'] },
    [{ platforms: ['linux'] }, { platforms: ['Linux', 'windows'] }],
    [{ platforms: ['linux', 'macos'] }],
  ],
  osBuilds: [
    { osBuilds: 'vers:intdot/>=10.0.26100' },
    [{ osBuilds: 'vers:intdot/>=10.0.26100.1742' }],
    [{ osBuilds: 'vers:intdot/>=10' }],
  ],
  architectures: [
    { architectures: ['x64'] },
    [{ architectures: ['X64'] }],
    [{ architectures: ['x64', 'arm64'] }],
  ],
  locales: [
    { locales: ['de'] },
    [{ locales: ['de_AT', 'DE'] }],
    [{ locales: ['den'] }, { locales: ['de', 'fr'] }],
  ],
  patches: [{ patches: ['KB1', 'KB2'] }, [{ patches: ['kb2'] }], [{ patches: ['KB2', 'KB3'] }]],
  cpus: [{ cpus: ['Intel Xeon'] }, [{ cpus: ['intel xeon'] }], [{ cpus: ['Intel'] }]],
  hypervisors: [
    { hypervisors: ['VMware', 'KVM'] },
    [{ hypervisors: ['kvm'] }],
    [{ hypervisors: ['KVM', 'Xen'] }],
  ],
  settings: [
    { settings: [{ name: 'hvci', value: 'on' }] },
    [{ settings: [{ name: 'HVCI', value: 'On' }] }],
    [{ settings: [{ name: 'hvci', value: 'off' }] }],
  ],
  onlineBetween: [
    { onlineBetween: { from: '2024-07-19T04:00:00Z', until: '2024-07-19T05:30:00Z' } },
    [{ onlineBetween: { from: '2024-07-19T04:09:00Z', until: '2024-07-19T05:27:00Z' } }],
    [{ onlineBetween: { from: '2024-07-19T03:59:00Z', until: '2024-07-19T05:27:00Z' } }],
  ],
  inWords: [{ inWords: 'In the lab.' }, [{ inWords: 'In the lab.' }], [{ inWords: 'Outside.' }]],
};

test.each(Object.entries(conditions))(
  'conditions on %s keep who is harmed under the same or narrower ones alone',
  (_, [wide, narrower, others]) => {
    const statusUnder = (harmed: Conditions | null) => {
      const keeping = anyOf({ conditions: wide });
      const given = { match: keeping, harmed: [harm([], harmed)] };
      return outline(decided({ incidents: [fault], holds: [hold('7', 'HF-1', given)] }));
    };
    for (const within of [wide, ...narrower, { ...wide, ...windowsUnless(wide) }]) {
      expect(statusUnder(within), JSON.stringify(within)).toEqual(held);
    }
    for (const other of [null, ...others, onlyOther(wide)]) {
      expect(statusUnder(other), JSON.stringify(other)).toEqual(faulty);
    }
  },
);

/** One more condition makes it narrower. */
const windowsUnless = (wide: Conditions) => (wide.platforms ? {} : windows);
const onlyOther = (wide: Conditions): Conditions => (wide.inWords ? windows : { inWords: 'Else.' });

describe('of several holds', () => {
  const keepsBus = { match: anyOf(bus), harmed: [harm([bus, net])] };
  const keepsNet = { match: anyOf(net), harmed: [harm([bus, net])] };

  test('each may keep it from some of the machines', () => {
    const holds = [hold('7', 'HF-1', keepsBus), hold('8', 'HF-1', keepsNet)];
    const decision = decided({ incidents: [fault], holds });
    expect(outline(decision)).toEqual(held);
    expect(onlyAnswer(decision).next).toContain('the holds 7 and 8 speak of');
  });

  test('none counts that is of another incident, or overridden here', () => {
    const others = [
      hold('8', 'HF-2', keepsNet),
      hold('9', 'HF-1', { ...keepsNet, overrides: [override()] }),
    ];
    const holds = [hold('7', 'HF-1', keepsBus), ...others];
    expect(outline(decided({ incidents: [fault], holds }))).toEqual(faulty);
  });
});

test('a range that does not hold this version harms nobody with it', () => {
  const harmed: HarmFact = {
    state: 'recorded',
    affected: [
      { versions: 'vers:intdot/>=1|<3', conditions: windows },
      { versions: 'vers:intdot/>=5', conditions: null },
    ],
    drivers: [],
  };
  const only = { match: anyOf({ conditions: windows }), harmed: [harmed] };
  expect(outline(decided({ incidents: [fault], holds: [hold('7', 'HF-1', only)] }))).toEqual(held);
  const unsaid = { ...harmed, affected: [{ versions: null, conditions: null }] };
  const holds = [hold('7', 'HF-1', { ...only, harmed: [unsaid] })];
  expect(outline(decided({ incidents: [fault], holds }))).toEqual(faulty);
});

test('facts from before holds were compared are answered as they were: any hold holds', () => {
  expect(outline(decided({ incidents: [fault], holds: [hold('7', 'HF-1')] }))).toEqual(held);
});

describe('what to do', () => {
  const harmed = [harm([bus, net])];
  const offered = (id: string, keeping: HoldMatchFact, versions = 'vers:intdot/*') => ({
    ...{ id, incident: 'HF-1', products: ['content'], versions },
    ...{ match: keeping, harmed },
  });
  const next = (given: Partial<Facts>) =>
    onlyAnswer(decided({ incidents: [fault], proposedHolds: [], ...given })).next;
  const ship = 'Ship a version that HF-1 does not affect, or';
  const short = 'The hold 7 does not keep it from every machine that is harmed.';
  const active = [hold('7', 'HF-1', { match: anyOf(bus), harmed })];

  test.each<[string, Partial<Facts>, string]>([
    [
      'no hold is there',
      {},
      `${ship} propose a hold from HF-1 and activate it, where it harms some machines only. No waiver helps.`,
    ],
    [
      'one is proposed that would be enough',
      { proposedHolds: [offered('1', anyOf(bus, net))] },
      `${ship} activate hold 1. No waiver helps.`,
    ],
    [
      'one is proposed that would be enough with the active one',
      { holds: active, proposedHolds: [offered('8', anyOf(net))] },
      `${ship} activate hold 8. ${short} No waiver helps.`,
    ],
    [
      'one is proposed that would not be enough',
      { proposedHolds: [offered('1', anyOf(net))] },
      `${ship} edit hold 1 to keep it from every machine that HF-1 harms, and activate it. No waiver helps.`,
    ],
    [
      'one is proposed of other versions',
      { holds: active, proposedHolds: [offered('8', anyOf(bus, net), 'vers:intdot/9')] },
      `${ship} propose holds from HF-1 anew and activate them. ${short} No waiver helps.`,
    ],
    [
      'the active one is enough by a correction that is not published yet',
      {
        holds: [
          hold('7', 'HF-1', {
            match: anyOf(bus),
            harmed: [harm([bus]), { ...harm([bus, net]), state: 'published' }],
          }),
        ],
      },
      `${ship} have the correction of HF-1 published, by which the hold 7 would be enough. ${short} No waiver helps.`,
    ],
  ])('where %s', (_, given, expected) => {
    expect(next(given)).toBe(expected);
  });

  test('the reason names the machines that are left, to who may read the incident alone', () => {
    const under = [harm([bus, net], { platforms: ['windows'] })];
    const holds = [hold('7', 'HF-1', { match: anyOf(bus), harmed: under })];
    const decision = decided({ incidents: [fault], proposedHolds: [], holds });
    const [reason] = onlyAnswer(decision).guardsAgainst;
    expect(reason?.why).toBe(
      'It affects vers:intdot/>=1|<3. The hold 7 does not keep it from all machines with net under its conditions (platforms).',
    );
    const [told] = redact(decision, { readsUnpublished: false, products: null }).answers;
    expect(told?.guardsAgainst[0]?.why).toBe('It affects vers:intdot/>=1|<3.');
    expect(told?.next).not.toContain('net');
  });
});
