/** Facts of every sort within a small world, so that they often concern each other. */
import fc from 'fast-check';
import type {
  CheckFact,
  Facts,
  HoldFact,
  HoldMatchFact,
  IncidentFact,
  Instant,
  MachinesFact,
  ResultFact,
  RunFact,
  Variant,
  WaiverFact,
} from '../../src/gate/index.ts';

const checkKeys = ['T', 'U'];
const ranges = ['vers:intdot/<3', 'vers:intdot/>=3'];
const statuses = [
  'passed',
  'failed',
  'errored',
  'running',
  'skipped',
  'insufficient',
  'missing',
  'other_build',
] as const;

/** Ten minutes of one day, written in either of the two ways, some of them a fraction later. */
export const instant: fc.Arbitrary<Instant> = fc
  .tuple(fc.nat({ max: 9 }), fc.constantFrom('Z', '.000000Z', '.000001Z'))
  .map(([minute, end]) => `2024-08-12T12:0${minute}:00${end}`);

const variant = fc.constantFrom<Variant | null>(
  null,
  { driver: 'd' },
  { os: 's1' },
  { os: 's2', arch: 'x' },
  { arch: 'x', os: 's2' },
);

/** Mostly null. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

/** One outcome of one check, without the run that it came in. */
export const outcomeOf = (
  outcome: fc.Arbitrary<ResultFact['outcome']>,
): fc.Arbitrary<GeneratedOutcome> =>
  fc.record({
    check: fc.constantFrom(...checkKeys),
    variant,
    outcome,
    artifacts: fc.constantFrom(['a', 'b'], ['a'], ['b', 'z'], ['z'], []),
    machines: fc.constantFrom(null, 3, 5, 5),
    hours: fc.constantFrom(null, 5, 9, 9),
  });

export type GeneratedOutcome = Pick<
  ResultFact,
  'check' | 'variant' | 'outcome' | 'artifacts' | 'machines' | 'hours'
>;

const anyOutcome = outcomeOf(
  fc.constantFrom('passed', 'passed', 'passed', 'failed', 'errored', 'running', 'skipped'),
);

/** Some reports as one run, with the results that they brought. */
export function runOf(
  key: string,
  shards: number | null,
  reports: readonly { receivedAt: Instant; outcomes: readonly GeneratedOutcome[] }[],
): { run: RunFact; results: ResultFact[] } {
  const inOrder = reports.map(({ receivedAt }) => receivedAt).sort(textOrder);
  return {
    run: { key, shards, receivedAt: inOrder, firstReceivedAt: inOrder[0] ?? '' },
    results: reports.flatMap(({ receivedAt, outcomes }, report) =>
      outcomes.map((outcome, n) => ({
        ...outcome,
        id: `${key} ${report} ${n}`,
        run: key,
        receivedAt,
        reason: null,
        evidenceUrl: null,
        failedCases: [],
      })),
    ),
  };
}

const run = fc.record({
  shards: fc.constantFrom(null, null, 1, 2),
  reports: fc.array(
    fc.record({ receivedAt: instant, outcomes: fc.array(anyOutcome, { maxLength: 4 }) }),
    { minLength: 1, maxLength: 2 },
  ),
});

const check = (key: string): fc.Arbitrary<CheckFact> =>
  fc.record({
    key: fc.constant(key),
    title: fc.constant(`The check ${key}`),
    kind: fc.constant('automated' as const),
    enforcement: fc.constantFrom('required', 'required', 'required', 'advisory'),
    appliesTo: fc.constantFrom({}, {}, { components: ['x'] }),
    variants: fc.constantFrom<Variant[]>(
      [],
      [],
      [],
      [{ os: 's1' }],
      [{ os: 's1' }, { arch: 'x', os: 's2' }],
      [{ driver: 'd' }, { driver: 'e', fileVersion: '<3' }],
    ),
    minimum: fc.constantFrom(null, null, { machines: 5, hours: 5 }),
    createdAt: fc.oneof({ weight: 4, arbitrary: fc.constant('2024-08-01T00:00:00Z') }, instant),
    effectiveFrom: rarely(instant),
    retiredAt: rarely(instant),
  });

const incident = (key: string): fc.Arbitrary<IncidentFact> =>
  fc.record({
    key: fc.constant(key),
    title: fc.constant(`The incident ${key}`),
    publicTitle: fc.constantFrom(null, `The incident ${key}`),
    severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4'),
    withdrawn: fc.boolean(),
    products: fc.constant([]),
    affectedVersions: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(ranges)),
    checks: fc.subarray(checkKeys).map((keys) =>
      keys.map((check) => ({
        check,
        why: `${key} names it.`,
        publicWhy: null,
        proof: 'unproven',
      })),
    ),
    knownAt: instant,
  });

const day = 86_400_000;
const lifetimes = [
  5 * 60_000,
  day,
  7 * day,
  7 * day + 1000,
  30 * day,
  60 * day,
  90 * day,
  91 * day,
];

const waiver = (id: string): fc.Arbitrary<WaiverFact> =>
  fc
    .record({
      check: fc.constantFrom(...checkKeys),
      variant,
      versions: rarely(fc.constantFrom(...ranges)),
      requestedAt: fc.oneof({ weight: 2, arbitrary: fc.constant('2024-08-12T11:00:00Z') }, instant),
      lifetime: fc.constantFrom(...lifetimes),
      approval: fc.option(
        fc.record({
          by: fc.constantFrom('pip', 'ada'),
          at: instant,
          over: fc.constantFrom(...statuses),
        }),
        { freq: 6 },
      ),
      revokedAt: rarely(instant),
    })
    .map(({ lifetime, ...waiver }) => ({
      ...waiver,
      id,
      reason: 'The lab is down.',
      requestedBy: 'pip',
      expiresAt:
        new Date(Date.parse(waiver.requestedAt) + lifetime).toISOString().slice(0, 19) +
        waiver.requestedAt.slice(19),
    }));

const override: fc.Arbitrary<HoldFact['overrides'][number]> = fc.record({
  versions: fc.constantFrom(null, ...ranges),
  rings: fc.constantFrom(null, ['general'], ['canary']),
  from: instant,
  expiresAt: fc.oneof(instant, fc.constant('2024-08-13T00:00:00Z')),
  revokedAt: rarely(instant),
});

/**
 * Terms of which, in any order, one takes all that the others take: where several share machines among them, the gate may
 * miss it. The last of them is met by no machine that is on one of the two platforms.
 */
const termConditions = [null, { platforms: ['p1', 'p2'] }, { platforms: ['p1'] }] as const;
const driverVersions = fc.record({
  driver: fc.constantFrom('d', 'd', 'e'),
  versions: fc.constantFrom(null, 'vers:intdot/<3'),
  versionOf: fc.constant('file' as const),
});
const term: fc.Arbitrary<MachinesFact> = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: driverVersions },
      fc.constant({ driver: null, versions: null, versionOf: 'file' as const }),
    ),
    fc.constantFrom(null, null, null, ...termConditions),
  )
  .map(([driver, conditions]) => ({ ...driver, conditions }));
const spared: fc.Arbitrary<MachinesFact> = fc.oneof(
  term,
  fc.constant({
    ...{ driver: null, versions: null, versionOf: 'file' as const },
    conditions: { platforms: ['p3'] },
  }),
);

const match: fc.Arbitrary<HoldMatchFact> = fc.record({
  allOf: fc.array(term, { maxLength: 1 }),
  anyOf: fc.array(term, { maxLength: 3 }),
  noneOf: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(spared, { maxLength: 1 })),
});

const harmed = fc.array(
  fc.record({
    state: fc.constantFrom('recorded' as const, 'published' as const),
    affected: fc.array(
      fc.record({
        versions: fc.constantFrom(null, ...ranges),
        conditions: fc.constantFrom(...termConditions),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    drivers: fc.array(driverVersions, { maxLength: 2 }),
  }),
  { maxLength: 2 },
);

const hold = (id: string): fc.Arbitrary<HoldFact> =>
  fc.record({
    match,
    harmed: fc.constant([]),
    id: fc.constant(id),
    incident: fc.constantFrom('HF-1', 'HF-1', 'HF-2', 'HF-3'),
    severity: fc.constant('sev1'),
    products: fc.constant([]),
    title: fc.constant(`The hold ${id}`),
    publicTitle: fc.constant(null),
    versions: fc.constantFrom(...ranges),
    activeFrom: instant,
    overrides: fc.array(override, { maxLength: 2 }),
  });

export const generatedFacts: fc.Arbitrary<Facts> = fc
  .record({
    waiverDaysMax: fc.constantFrom({}, { sev1: 1 }, { sev4: 30 }),
    version: fc.constantFrom('2', '2', '3', null),
    components: fc.constantFrom(null, [], ['x']),
    artifacts: fc.constantFrom([], ['a'], ['a', 'b']),
    enteredRingAt: rarely(instant),
    checks: fc.tuple(...checkKeys.map(check)),
    incidents: fc.tuple(incident('HF-1'), incident('HF-2')).chain((all) => fc.subarray(all)),
    runs: fc.array(run, { maxLength: 5 }),
    waivers: fc.tuple(waiver('w1'), waiver('w2'), waiver('w3')).chain((all) => fc.subarray(all)),
    holds: fc.tuple(hold('8'), hold('9'), hold('10')).chain((all) => fc.subarray(all)),
    harmed,
  })
  .map(({ waiverDaysMax, version, components, artifacts, runs, holds, harmed, ...rest }) => {
    const handedIn = runs.map(({ shards, reports }, n) => runOf(`r${n}`, shards, reports));
    return {
      product: { key: 'sensor', versionScheme: 'intdot', rings: ['general'], waiverDaysMax },
      release: { version, kind: 'code', components, platforms: [], changedPaths: [], artifacts },
      ring: 'general',
      ...rest,
      holds: holds.map((hold) => ({ ...hold, harmed })),
      proposedHolds: [],
      runs: handedIn.map(({ run }) => run),
      results: handedIn.flatMap(({ results }) => results),
    };
  });

/** Of instants that differ in their fraction or not at all, written in either way. */
function textOrder(a: Instant, b: Instant): number {
  const padded = (one: Instant) => one.replace(/:00Z$/, ':00.000000Z');
  return padded(a) < padded(b) ? -1 : padded(a) > padded(b) ? 1 : 0;
}
