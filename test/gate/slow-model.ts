/** The gate once more, as slowly and plainly as it can be said: what `decide` is compared with. */
import type {
  CheckFact,
  Facts,
  HoldFact,
  IncidentFact,
  Instant,
  MachinesFact,
  ResultFact,
  Variant,
} from '../../src/gate/index.ts';

/** The verdict, and of each answer its subject, status, what it stands in for, its waiver and earlier failures. */
export interface ModelDecision {
  verdict: string;
  answers: ModelAnswer[];
  /** Ids. */
  holds: string[];
}

export interface ModelAnswer {
  subject: string;
  variant: string;
  status: string;
  insteadOf: string | null;
  waiver: string | null;
  earlierFailures: number;
}

export function modelDecision(allFacts: Facts, asOf: Instant): ModelDecision {
  const facts = knownBy(allFacts, asOf);
  const now = micros(asOf);
  const faulty = facts.incidents.filter(
    (incident) =>
      !incident.withdrawn &&
      incident.affectedVersions.some((range) => inRange(facts.release.version, range)),
  );
  const checks = facts.checks.filter((check) => binds(check, facts, now));
  const holds = (facts.holds ?? []).filter((hold) => {
    if (!inRange(facts.release.version, hold.versions)) return false;
    return !hold.overrides.some(
      ({ versions, rings, expiresAt, revokedAt }) =>
        micros(expiresAt) > now &&
        revokedAt === null &&
        (versions === null || inRange(facts.release.version, versions)) &&
        (rings ?? [facts.ring]).includes(facts.ring),
    );
  });
  const statusOf = (key: string) => {
    const own = holds.filter((hold) => hold.incident === key);
    const kept = own.length > 0 && sortsHarmed(facts, own).every((sort) => isKept(sort, own));
    return kept ? 'held' : 'known_faulty';
  };
  const required: string[] = [...faulty.map(({ key }) => statusOf(key))];
  const answers: ModelAnswer[] = faulty.map(({ key }) => ({
    subject: key,
    variant: '',
    status: statusOf(key),
    insteadOf: null,
    waiver: null,
    earlierFailures: 0,
  }));
  for (const check of checks) {
    for (const variant of variantsOf(check, facts)) {
      const answer = besideHolds(answerTo(check, variant, facts, now), holds);
      answers.push(answer);
      if (check.enforcement === 'required') required.push(answer.status);
    }
  }
  return { verdict: verdictOf(required), answers, holds: holds.map(({ id }) => id) };
}

/** In words: `d <3`. */
type Machine = { platform: string; drivers: string[] };

/** Every machine there is, with all the drivers that it may have: old ones lie below 3. */
const machines: Machine[] = ['p1', 'p2', 'p3'].flatMap((platform) =>
  [...Array(16).keys()].map((n) => ({
    platform,
    drivers: ['d old', 'd new', 'e old', 'e new'].filter((_, place) => (n >> place) % 2 === 1),
  })),
);

function meets(machine: Machine, { driver, versions, conditions }: MachinesFact): boolean {
  const onPlatform = conditions?.platforms?.includes(machine.platform) ?? true;
  const ages = versions === null ? ['old', 'new'] : ['old'];
  return (
    onPlatform &&
    (driver === null || ages.some((age) => machine.drivers.includes(`${driver} ${age}`)))
  );
}

function sortsHarmed(facts: Facts, [first]: HoldFact[]): MachinesFact[] {
  const sorts = (first?.harmed ?? []).flatMap(({ affected, drivers }) =>
    affected
      .filter(({ versions }) => versions === null || inRange(facts.release.version, versions))
      .flatMap(({ conditions }) =>
        (drivers.length > 0 ? drivers : [anyMachine]).map((each) => ({ ...each, conditions })),
      ),
  );
  return sorts.length > 0 ? sorts : [{ ...anyMachine, conditions: null }];
}

const anyMachine = { driver: null, versions: null, versionOf: 'file' } as const;

function isKept(sort: MachinesFact, holds: HoldFact[]): boolean {
  return holds.some(({ match }) =>
    machines
      .filter((machine) => meets(machine, sort))
      .every((machine) => {
        const { allOf = [], anyOf = [], noneOf = [] } = match ?? {};
        return (
          allOf.every((term) => meets(machine, term)) &&
          (anyOf.length === 0 || anyOf.some((term) => meets(machine, term))) &&
          !noneOf.some((term) => meets(machine, term))
        );
      }),
  );
}

/** Of the two drivers that variants speak of, one is asked for in every version. */
function besideHolds(answer: ModelAnswer, holds: HoldFact[]): ModelAnswer {
  const driver = /driver=(\w)/.exec(answer.variant)?.[1];
  const versions = answer.variant.includes('<3') ? 'vers:intdot/<3' : null;
  const kept =
    driver !== undefined &&
    answer.status !== 'passed' &&
    isKept({ driver, versions, versionOf: 'file', conditions: null }, holds);
  if (!kept) return answer;
  return { ...answer, status: 'held', insteadOf: answer.insteadOf ?? answer.status, waiver: null };
}

/** The facts as they would have been handed over at that instant: everything later is not there. */
export function knownBy(facts: Facts, asOf: Instant): Facts {
  const now = micros(asOf);
  const known = (instant: Instant) => micros(instant) <= now;
  return {
    ...facts,
    enteredRingAt:
      facts.enteredRingAt !== null && known(facts.enteredRingAt) ? facts.enteredRingAt : null,
    incidents: facts.incidents.filter((incident) => known(incident.knownAt)),
    results: facts.results.filter((result) => known(result.receivedAt)),
    runs: facts.runs
      .filter((run) => known(run.firstReceivedAt))
      .map((run) => ({ ...run, receivedAt: run.receivedAt.filter(known) })),
    waivers: facts.waivers
      .filter((waiver) => known(waiver.requestedAt))
      .map((waiver) => ({
        ...waiver,
        approval: waiver.approval !== null && known(waiver.approval.at) ? waiver.approval : null,
        revokedAt: waiver.revokedAt !== null && known(waiver.revokedAt) ? waiver.revokedAt : null,
      })),
    ...(facts.holds && {
      holds: facts.holds
        .filter((hold) => known(hold.activeFrom))
        .map((hold) => ({
          ...hold,
          overrides: hold.overrides
            .filter(({ from }) => known(from))
            .map((one) => ({
              ...one,
              revokedAt: one.revokedAt !== null && known(one.revokedAt) ? one.revokedAt : null,
            })),
        })),
    }),
  };
}

function binds(check: CheckFact, facts: Facts, now: bigint): boolean {
  const entered = facts.enteredRingAt === null ? now : micros(facts.enteredRingAt);
  const instant = entered < now ? entered : now;
  if (micros(check.createdAt) > instant) return false;
  if (check.effectiveFrom !== null && micros(check.effectiveFrom) > instant) return false;
  if (check.retiredAt !== null && micros(check.retiredAt) <= instant) return false;
  const linked = facts.incidents.filter((incident) => names(incident, check.key));
  if (linked.length > 0 && linked.every((incident) => incident.withdrawn)) return false;
  const { components } = check.appliesTo;
  if (components === undefined || facts.release.components === null) return true;
  return components.some((one) => facts.release.components?.includes(one));
}

function variantsOf(check: CheckFact, facts: Facts): string[] {
  if (check.variants.length > 0) return check.variants.map(pairs);
  const seen = facts.results
    .filter((one) => one.check === check.key)
    .map((one) => pairs(one.variant));
  return seen.length === 0 ? [''] : [...new Set(seen)];
}

function answerTo(check: CheckFact, variant: string, facts: Facts, now: bigint): ModelAnswer {
  const results = facts.results.filter(
    (one) => one.check === check.key && pairs(one.variant) === variant,
  );
  const { status, earlierFailures } = standing(check, results, facts);
  const waiver = status === 'passed' ? null : coveringWaiver(check, variant, status, facts, now);
  return {
    subject: check.key,
    variant,
    status: waiver === null ? status : 'waived',
    insteadOf: waiver === null ? null : status,
    waiver,
    earlierFailures,
  };
}

const gravestFirst = ['errored', 'failed', 'running', 'skipped', 'insufficient', 'passed'];

function standing(check: CheckFact, results: ResultFact[], facts: Facts) {
  const listed = facts.release.artifacts;
  const builds =
    listed.length === 0
      ? [results]
      : listed.map((artifact) => results.filter((one) => one.artifacts.includes(artifact)));
  const latest: string[] = [];
  const replaced = new Set<string>();
  for (const build of builds) {
    const runs = facts.runs
      .filter((run) => build.some((one) => one.run === run.key))
      .sort((a, b) => {
        const [x, y] = [micros(a.firstReceivedAt), micros(b.firstReceivedAt)];
        return x === y ? (a.key < b.key ? -1 : 1) : x < y ? -1 : 1;
      });
    const statuses = runs.map((run) => {
      const all = build.filter((one) => one.run === run.key);
      const ended = all.filter((one) => one.outcome !== 'running');
      const ofRun = ended.length > 0 ? ended : all;
      const said: string[] = ofRun.map((one) => one.outcome);
      if (run.shards !== null && run.receivedAt.length < run.shards) said.push('running');
      if (check.minimum !== null) {
        const machines = ofRun.reduce((sum, one) => sum + (one.machines ?? 0), 0);
        const hours = Math.min(...ofRun.map((one) => one.hours ?? 0));
        if (machines < check.minimum.machines || hours < check.minimum.hours) {
          said.push('insufficient');
        }
      }
      return gravestFirst.find((status) => said.includes(status)) ?? '';
    });
    const last = statuses.at(-1);
    if (last !== undefined) latest.push(last);
    statuses.forEach((status, n) => {
      const grave = status === 'failed' || status === 'errored';
      if (grave && statuses.slice(n).includes('passed')) replaced.add(runs[n]?.key ?? '');
    });
  }
  if (latest.length > 0) {
    const status = gravestFirst.find((one) => latest.includes(one)) ?? '';
    return { status, earlierFailures: replaced.size };
  }
  return { status: results.length === 0 ? 'missing' : 'other_build', earlierFailures: 0 };
}

function coveringWaiver(
  check: CheckFact,
  variant: string,
  status: string,
  facts: Facts,
  now: bigint,
): string | null {
  const severities = facts.incidents
    .filter((incident) => !incident.withdrawn && names(incident, check.key))
    .map((incident) => incident.severity)
    .sort();
  const severity = severities[0] ?? 'sev4';
  const houseDays = { sev1: 7, sev2: 30, sev3: 90, sev4: 90 }[severity];
  const days = Math.min(houseDays, facts.product.waiverDaysMax[severity] ?? houseDays);
  const strict = severity === 'sev1' || severity === 'sev2';
  const covering = facts.waivers.filter((waiver) => {
    if (waiver.check !== check.key) return false;
    if (waiver.variant !== null && pairs(waiver.variant) !== variant) return false;
    if (waiver.approval === null || waiver.revokedAt !== null) return false;
    if (micros(waiver.expiresAt) <= now) return false;
    const lifetime = micros(waiver.expiresAt) - micros(waiver.requestedAt);
    if (lifetime > BigInt(days) * 86_400_000_000n) return false;
    if (strict && waiver.approval.by === waiver.requestedBy) return false;
    if (waiver.versions !== null && (strict || !inRange(facts.release.version, waiver.versions))) {
      return false;
    }
    const { over } = waiver.approval;
    if (over === 'failed' || over === 'errored') return true;
    return over !== 'passed' && status !== 'failed' && status !== 'errored';
  });
  covering.sort((a, b) => {
    const [x, y] = [micros(a.expiresAt), micros(b.expiresAt)];
    return x === y ? (a.id < b.id ? -1 : 1) : x > y ? -1 : 1;
  });
  return covering[0]?.id ?? null;
}

function verdictOf(required: string[]): string {
  const any = (...statuses: string[]) => required.some((status) => statuses.includes(status));
  if (required.length === 0) return 'not_applicable';
  if (any('known_faulty', 'failed', 'errored')) return 'blocked';
  if (any('missing', 'running', 'skipped', 'insufficient', 'other_build')) return 'pending';
  return any('waived') ? 'passed_with_waivers' : 'passed';
}

function names(incident: IncidentFact, check: string): boolean {
  return incident.checks.some((link) => link.check === check);
}

function pairs(variant: Variant | null): string {
  return Object.entries(variant ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ');
}

/** Of the two sorts of range that the generated facts have, on versions that are one number. */
function inRange(version: string | null, range: string): boolean {
  if (version === null) return false;
  const [, sign, bound] = /^vers:intdot\/(<|>=)(\d+)$/.exec(range) ?? [];
  return sign === '<' ? Number(version) < Number(bound) : Number(version) >= Number(bound);
}

function micros(instant: Instant): bigint {
  const fraction = instant.length === 20 ? '0' : instant.slice(20, 26);
  return BigInt(Date.parse(`${instant.slice(0, 19)}Z`)) * 1000n + BigInt(fraction);
}
