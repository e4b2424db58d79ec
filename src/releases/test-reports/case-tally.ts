/** Sorts the cases of one report under the checks that claim them, and says what came of each. */
import { type CaseGlob, caseGlob } from './case-glob.ts';
import { excerpt } from './excerpt.ts';
import { type CaseOutcome, graver, type TestCase } from './test-case.ts';

/** Globs on a case's names. One that is left out matches all; at least one is there. */
export interface CasePattern {
  suite?: string;
  className?: string;
  name?: string;
}

/** What a check says about the cases that count for it. */
export interface CheckClaim {
  key: string;
  /** A case that any of them matches is the check's; none: no case ever is. */
  reportedAs: readonly CasePattern[];
  allowSkipped: boolean;
  /** 1 or more. */
  minCases: number;
}

export interface CheckOutcome {
  check: string;
  outcome: CaseOutcome;
  cases: number;
  /** The first 20 that failed or errored, `suite › name`, each of at most 200 characters. */
  failedCases: string[];
  /** Why it is not passed: the message of the first case that has one and this very outcome. */
  reason: string | null;
}

/** Every check asked about stands in one of the first three, in the order given. */
export interface Tally {
  results: CheckOutcome[];
  checksWithoutCases: string[];
  /** They have cases, but too few to make a result. */
  checksBelowMinimum: { check: string; cases: number; minCases: number }[];
  casesWithoutCheck: number;
}

const failedCasesMax = 20;
const caseLabelCharactersMax = 200;

/** A check with the cases it has so far. */
interface Claimed {
  claim: CheckClaim;
  cases: number;
  passed: number;
  gravest: CaseOutcome;
  reason: string | null;
  failedCases: string[];
}

interface Claimant {
  claimed: Claimed;
  suite: CaseGlob;
  className: CaseGlob;
  name: CaseGlob;
}

/** Is fed the cases one by one, keeps only counts and a few names, and answers in the end. */
export class CaseTally {
  readonly #checks: readonly Claimed[];
  readonly #claimants: readonly Claimant[];
  #casesWithoutCheck = 0;
  /** Who claims the suite of the last case: mostly that of the next one, too. */
  #near: { suite: string; claimants: readonly Claimant[] } | undefined;

  constructor(claims: readonly CheckClaim[]) {
    this.#checks = claims.map((claim) => ({
      claim,
      cases: 0,
      passed: 0,
      gravest: 'passed',
      reason: null,
      failedCases: [],
    }));
    this.#claimants = this.#checks.flatMap((claimed) =>
      claimed.claim.reportedAs.map((pattern) => ({
        claimed,
        suite: caseGlob(pattern.suite ?? '*'),
        className: caseGlob(pattern.className ?? '*'),
        name: caseGlob(pattern.name ?? '*'),
      })),
    );
  }

  add(testCase: TestCase): void {
    let last: Claimed | undefined;
    for (const { claimed, className, name } of this.#claimantsOf(testCase.suite)) {
      // The patterns of one check are neighbours; a case that two of them match counts once.
      if (claimed === last) continue;
      if (!name(testCase.name) || !className(testCase.className)) continue;
      last = claimed;
      count(claimed, testCase);
    }
    if (last === undefined) this.#casesWithoutCheck += 1;
  }

  /**
   * `aborted` is why the run as a whole is not to be trusted, null where it is. A check that did not fail in such a run is
   * errored: some of its cases may be missing.
   */
  answer(aborted: string | null): Tally {
    const enough = this.#checks.filter(({ claim, cases }) => cases > 0 && cases >= claim.minCases);
    const tooFew = this.#checks.filter(({ claim, cases }) => cases > 0 && cases < claim.minCases);
    const without = this.#checks.filter(({ cases }) => cases === 0);
    return {
      results: enough.map((claimed) => unlessAborted(outcomeOf(claimed), aborted)),
      checksWithoutCases: without.map(({ claim }) => claim.key),
      checksBelowMinimum: tooFew.map(({ claim, cases }) => ({
        check: claim.key,
        cases,
        minCases: claim.minCases,
      })),
      casesWithoutCheck: this.#casesWithoutCheck,
    };
  }

  #claimantsOf(suite: string): readonly Claimant[] {
    if (this.#near?.suite !== suite) {
      this.#near = { suite, claimants: this.#claimants.filter((c) => c.suite(suite)) };
    }
    return this.#near.claimants;
  }
}

function count(claimed: Claimed, testCase: TestCase): void {
  claimed.cases += 1;
  if (testCase.outcome === 'passed') claimed.passed += 1;
  if (graver(claimed.gravest, testCase.outcome) !== claimed.gravest) {
    claimed.gravest = testCase.outcome;
    claimed.reason = null;
  }
  if (testCase.outcome === claimed.gravest) claimed.reason ??= testCase.message;
  const failed = testCase.outcome === 'failed' || testCase.outcome === 'errored';
  if (failed && claimed.failedCases.length < failedCasesMax) {
    claimed.failedCases.push(caseLabel(testCase));
  }
}

/**
 * Any error, else any failure, else any skipped case makes the outcome. `allowSkipped` lets
 * skipped cases stand beside passed ones; where all were skipped, nothing ran that could pass.
 */
function outcomeOf({ claim, cases, passed, gravest, reason, failedCases }: Claimed): CheckOutcome {
  const forgiven = gravest === 'skipped' && claim.allowSkipped && passed > 0;
  return {
    check: claim.key,
    outcome: forgiven ? 'passed' : gravest,
    cases,
    failedCases,
    reason: forgiven ? null : reason,
  };
}

function unlessAborted(outcome: CheckOutcome, aborted: string | null): CheckOutcome {
  const mayHold = outcome.outcome === 'failed' || outcome.outcome === 'errored';
  return aborted === null || mayHold
    ? outcome
    : { ...outcome, outcome: 'errored', reason: aborted };
}

function caseLabel({ suite, className, name }: TestCase): string {
  const names = [suite || className, name].filter((part) => part !== '');
  return excerpt(names.join(' › '), caseLabelCharactersMax) || 'a case without a name';
}
