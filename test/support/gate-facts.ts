/** Builds facts for the gate, so that a test names only what matters to it. */
import {
  type Answer,
  type CheckFact,
  type Decision,
  decide,
  type Facts,
  type HoldFact,
  type IncidentFact,
  type Instant,
  type Outcome,
  type ResultFact,
  type RunFact,
  type Variant,
  variantText,
  type WaiverFact,
} from '../../src/gate/index.ts';

/** The instant asked about where a test names none. */
export const noon: Instant = '2024-08-12T12:00:00Z';

/** An instant of that day: `at('09:10')`. */
export function at(time: string): Instant {
  return `2024-08-12T${time}:00Z`;
}

/** A release `2.0` of the product `sensor`, asked about for the ring `general`, of which nothing else is known. */
export function facts(given: Partial<Facts> = {}): Facts {
  return {
    product: {
      key: 'sensor',
      versionScheme: 'intdot',
      rings: ['canary', 'general'],
      waiverDaysMax: {},
    },
    release: release(),
    ring: 'general',
    enteredRingAt: null,
    checks: [],
    incidents: [],
    runs: [],
    results: [],
    waivers: [],
    ...given,
  };
}

/** Says that it ships content and touches, runs on, changes and lists nothing. */
export function release(given: Partial<Facts['release']> = {}): Facts['release'] {
  return {
    version: '2.0',
    kind: 'content',
    components: [],
    platforms: [],
    changedPaths: [],
    artifacts: [],
    ...given,
  };
}

/** Required of every release, without variants, since the year before. */
export function check(key: string, given: Partial<CheckFact> = {}): CheckFact {
  return {
    key,
    title: `The check ${key}`,
    kind: 'automated',
    enforcement: 'required',
    appliesTo: {},
    variants: [],
    minimum: null,
    createdAt: '2023-08-12T00:00:00Z',
    effectiveFrom: null,
    retiredAt: null,
    ...given,
  };
}

/** A sev3, published that morning, that affects no version and names no check. */
export function incident(key: string, given: Partial<IncidentFact> = {}): IncidentFact {
  return {
    key,
    title: `The incident ${key}`,
    publicTitle: `The incident ${key}`,
    severity: 'sev3',
    withdrawn: false,
    products: ['content'],
    affectedVersions: [],
    checks: [],
    knownAt: at('08:00'),
    ...given,
  };
}

/** The incident names the check. */
export function guardedBy(key: string): Pick<IncidentFact, 'checks'> {
  const why = `${key} would have caught it.`;
  return { checks: [{ check: key, why, publicWhy: why, proof: 'unproven' }] };
}

type ResultGiven = Partial<Omit<ResultFact, 'check' | 'outcome' | 'run' | 'receivedAt'>>;
type Outline = Omit<ResultFact, 'run' | 'receivedAt'>;

export interface Report {
  run: string;
  shards: number | null;
  receivedAt: Instant;
  results: readonly Outline[];
}

export function result(check: string, outcome: Outcome, given: ResultGiven = {}): Outline {
  return {
    id: `${check} ${outcome}`,
    check,
    variant: null,
    outcome,
    reason: null,
    artifacts: [],
    evidenceUrl: null,
    machines: null,
    hours: null,
    failedCases: [],
    ...given,
  };
}

/** A report that came at that instant; a run of its own unless it names one. */
export function report(
  receivedAt: Instant,
  results: readonly Outline[],
  { run = `run of ${receivedAt}`, shards = null as number | null } = {},
): Report {
  return { run, shards, receivedAt, results };
}

/** The runs and results of these reports, each result with an id of its own. */
export function reported(...reports: readonly Report[]): Pick<Facts, 'runs' | 'results'> {
  const runs = new Map<string, RunFact>();
  const results: ResultFact[] = [];
  for (const { run, shards, receivedAt, results: outlines } of reports) {
    const before = runs.get(run);
    const instants = [...(before?.receivedAt ?? []), receivedAt];
    const firstReceivedAt = [...instants].sort()[0] ?? receivedAt;
    runs.set(run, { key: run, shards, receivedAt: instants, firstReceivedAt });
    for (const outline of outlines) results.push({ ...outline, run, receivedAt });
  }
  return { runs: [...runs.values()], results };
}

/** One report for each outcome of the check, an hour apart from nine o'clock: the last one is the newest. */
export function outcomes(
  check: string,
  ...given: readonly Outcome[]
): Pick<Facts, 'runs' | 'results'> {
  return reported(
    ...given.map((outcome, hour) =>
      report(`2024-08-12T${String(9 + hour).padStart(2, '0')}:00:00Z`, [result(check, outcome)]),
    ),
  );
}

/** Requested by pip at ten, approved by ada at half past over a failure, for every variant, until the next noon. */
export function waiver(check: string, given: Partial<WaiverFact> = {}): WaiverFact {
  return {
    id: `waiver of ${check}`,
    check,
    variant: null,
    versions: null,
    reason: 'The lab is down.',
    requestedBy: 'pip',
    requestedAt: at('10:00'),
    expiresAt: '2024-08-13T12:00:00Z',
    approval: { by: 'ada', at: at('10:30'), over: 'failed' },
    revokedAt: null,
    ...given,
  };
}

/** A public hold of every version, active since nine, that nothing overrides. */
export function hold(id: string, incident: string, given: Partial<HoldFact> = {}): HoldFact {
  return {
    id,
    incident,
    severity: 'sev3',
    products: ['content'],
    title: `The hold ${id}`,
    publicTitle: `The hold ${id}`,
    versions: 'vers:intdot/*',
    activeFrom: at('09:00'),
    overrides: [],
    ...given,
  };
}

/** Set at ten for every version and ring, until the next noon. */
export function override(given: Partial<HoldFact['overrides'][number]> = {}) {
  return {
    versions: null,
    rings: null,
    from: at('10:00'),
    expiresAt: '2024-08-13T12:00:00Z',
    revokedAt: null,
    ...given,
  };
}

/** The decision on these facts at noon, or when a test says. */
export function decided(given: Partial<Facts>, asOf: Instant = noon): Decision {
  return decide(facts(given), asOf);
}

/** The verdict and every answer in a few words: `['blocked', 'T failed', 'U on os=s1 waived']`. */
export function outline(decision: Decision): string[] {
  return [decision.verdict, ...decision.answers.map(answerOutline)];
}

/** The only answer there is. */
export function onlyAnswer(decision: Decision): Answer {
  const [answer, ...others] = decision.answers;
  if (answer === undefined || others.length > 0) {
    throw new Error(`Expected one answer: ${outline(decision).join(', ')}`);
  }
  return answer;
}

function answerOutline(answer: Answer): string {
  const subject = answer.check === null ? answer.incident : answer.check;
  const variant: Variant | null = answer.variant;
  return `${subject}${variant === null ? '' : ` on ${variantText(variant)}`} ${answer.status}`;
}
