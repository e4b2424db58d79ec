/** Turns one requirement into its answer: how it stands, what covers it, and what to do next. */
import type {
  Answer,
  AnsweringResult,
  NotAskedAnswer,
  PassedAnswer,
  Requirement,
  UnmetAnswer,
  WaivedAnswer,
} from './decision.ts';
import { holdsKeeping } from './driver-variant.ts';
import type { Facts, HoldFact, ResultFact } from './facts.ts';
import type { Known } from './known.ts';
import { nextStep, nextStepUnderHolds, nextStepUnderWaiver } from './next-step.ts';
import type { Asked } from './requirements.ts';
import { type Standing, stand } from './standing.ts';
import { type Coverage, cover } from './waivers.ts';

type Passed = Extract<Standing, { status: 'passed' }>;
type Unmet = Exclude<Standing, Passed>;

// Every answer spells its fields out: to spread a requirement into ten of them takes longer than all the rest of
// a decision together.

/** `holds` are those in force. */
export function answerTo(
  { requirement, check, risk, results }: Asked,
  facts: Facts,
  known: Known,
  holds: readonly HoldFact[],
): Answer {
  const standing = stand(check, results, known);
  if (standing.status === 'passed') return passed(requirement, standing);
  const { status, by } = standing;
  const { variant } = requirement;
  const keeping = holdsKeeping(variant, holds);
  if (keeping.length > 0) return notAsked(requirement, standing, keeping);
  const coverage = cover({ check: check.key, variant, status, risk }, facts, known.asOf);
  if (coverage.applied !== null) return waived(requirement, standing, coverage, coverage.applied);
  const next = nextStep({ check, variant, status, by }, coverage);
  return unmet(requirement, standing, coverage, next);
}

function passed(
  { check, title, enforcement, variant, appliesBecause, guardsAgainst }: Requirement,
  { by, earlierFailures }: Passed,
): PassedAnswer {
  return {
    check,
    title,
    enforcement,
    variant,
    status: 'passed',
    result: answeringResult(by.result),
    earlierFailures,
    waiver: null,
    insteadOf: null,
    waiversNotApplied: [],
    appliesBecause,
    guardsAgainst,
    next: null,
  };
}

function unmet(
  { check, title, enforcement, variant, appliesBecause, guardsAgainst }: Requirement,
  { status, by, earlierFailures }: Unmet,
  coverage: Coverage,
  next: string,
): UnmetAnswer {
  return {
    check,
    title,
    enforcement,
    variant,
    status,
    result: by && answeringResult(by.result),
    earlierFailures,
    waiver: null,
    insteadOf: null,
    waiversNotApplied: coverage.notApplied,
    appliesBecause,
    guardsAgainst,
    next,
  };
}

function waived(
  { check, title, enforcement, variant, appliesBecause, guardsAgainst }: Requirement,
  { status, by, earlierFailures }: Unmet,
  coverage: Coverage,
  waiver: WaivedAnswer['waiver'],
): WaivedAnswer {
  return {
    check,
    title,
    enforcement,
    variant,
    status: 'waived',
    result: by && answeringResult(by.result),
    earlierFailures,
    waiver,
    insteadOf: status,
    waiversNotApplied: coverage.notApplied,
    appliesBecause,
    guardsAgainst,
    next: nextStepUnderWaiver(check, variant, waiver),
  };
}

function notAsked(
  { check, title, enforcement, variant, appliesBecause, guardsAgainst }: Requirement,
  { status, by, earlierFailures }: Unmet,
  holds: readonly HoldFact[],
): NotAskedAnswer {
  return {
    check,
    title,
    enforcement,
    variant,
    status: 'held',
    result: by && answeringResult(by.result),
    earlierFailures,
    waiver: null,
    insteadOf: status,
    waiversNotApplied: [],
    appliesBecause,
    guardsAgainst,
    next: nextStepUnderHolds(check, variant, holds),
  };
}

function answeringResult(result: ResultFact): AnsweringResult {
  const { id, outcome, run, evidenceUrl, reason, failedCases, receivedAt } = result;
  return { id, outcome, run, evidenceUrl, reason, failedCases, receivedAt };
}
