/** The shape of what the gate answers: requirements, answers, and the decision that they make together. */
import type {
  Enforcement,
  Instant,
  Outcome,
  Proof,
  RequirementStatus,
  Severity,
  Variant,
} from './facts.ts';

/** An incident that a requirement guards against, or that the release would repeat. */
export interface Reason {
  incident: string;
  /** Null only for a reader who may not read the incident; see `redact`. */
  title: string | null;
  severity: Severity;
  /** Null as the title is. */
  why: string | null;
  /** What everybody may read of it, null where that is nothing. */
  publicTitle: string | null;
  publicWhy: string | null;
  /** How far it is shown that the check catches it; null for a known fault, and for who may not read of the link. */
  proof: Proof | null;
  /** Keys of the products that the incident affects; empty: not known yet. */
  products: readonly string[];
}

/** Check × variant × release × ring: one thing that the gate asks for. */
export interface Requirement {
  check: string;
  title: string;
  enforcement: Enforcement;
  variant: Variant | null;
  /** Full sentences. */
  appliesBecause: string;
  /** The gravest first; empty where no incident stands behind the check, and `appliesBecause` says so then. */
  guardsAgainst: readonly Reason[];
}

/** The result that an answer rests on. */
export interface AnsweringResult {
  id: string;
  outcome: Outcome;
  run: string;
  evidenceUrl: string | null;
  reason: string | null;
  failedCases: readonly string[];
  receivedAt: Instant;
}

/** The waiver that an answer rests on. */
export interface AppliedWaiver {
  id: string;
  reason: string;
  approvedBy: string;
  /** Exclusive. */
  expiresAt: Instant;
  /** The gravest incident that is being risked; null where none stands behind the check. */
  risks: string | null;
  /** That incident's; `sev4` where there is none. */
  severity: Severity;
}

/** A waiver of this requirement that neither expired nor was revoked, and yet does not cover it. */
export interface WaiverNotApplied {
  waiver: string;
  /** Full sentences. */
  why: string;
}

export type UnmetStatus = Exclude<RequirementStatus, 'passed'>;

interface RequirementAnswer extends Requirement {
  /** On the same build, how many runs failed or errored that a later run replaced with a pass. */
  earlierFailures: number;
  waiversNotApplied: readonly WaiverNotApplied[];
}

export interface PassedAnswer extends RequirementAnswer {
  status: 'passed';
  result: AnsweringResult;
  waiver: null;
  insteadOf: null;
  next: null;
}

export interface UnmetAnswer extends RequirementAnswer {
  status: UnmetStatus;
  result: AnsweringResult | null;
  waiver: null;
  insteadOf: null;
  /** What to do, as a full sentence. */
  next: string;
}

export interface WaivedAnswer extends RequirementAnswer {
  status: 'waived';
  result: AnsweringResult | null;
  waiver: AppliedWaiver;
  /** What the waiver stands in for. */
  insteadOf: UnmetStatus;
  next: string;
}

/** It is asked on machines alone that holds keep the release from: it speaks neither for it nor against it. */
export interface NotAskedAnswer extends RequirementAnswer {
  status: 'held';
  result: AnsweringResult | null;
  waiver: null;
  /** What it would be without the holds. */
  insteadOf: UnmetStatus;
  next: string;
}

/** The release lies in the range that an incident affects: no waiver helps. */
interface FaultAnswer {
  incident: string;
  check: null;
  title: string;
  enforcement: 'required';
  variant: null;
  result: null;
  earlierFailures: 0;
  waiver: null;
  insteadOf: null;
  waiversNotApplied: readonly [];
  appliesBecause: string;
  /** That one incident. */
  guardsAgainst: readonly Reason[];
  next: string;
}

/** Nothing keeps it from the machines that it harms: only another version, or a hold, helps. */
export interface KnownFaultyAnswer extends FaultAnswer {
  status: 'known_faulty';
}

/** It may ship to all but the machines that it harms: the decision's holds say which. */
export interface HeldAnswer extends FaultAnswer {
  status: 'held';
}

export type Answer =
  | PassedAnswer
  | UnmetAnswer
  | WaivedAnswer
  | NotAskedAnswer
  | KnownFaultyAnswer
  | HeldAnswer;

/** A hold that the rollout of this release must honour. */
export interface HoldToHonour {
  hold: string;
  incident: string;
  severity: Severity;
  /** Null only for a reader who may not read it; see `redact`. */
  title: string | null;
  publicTitle: string | null;
  /** Keys of the products that the incident affects. */
  products: readonly string[];
}

/** A variant that was reported for a check that lists others. It counts for nothing. */
export interface IgnoredVariant {
  check: string;
  variant: Variant | null;
  /** Listed variants that may have been meant, nearest first. */
  nearMatches: readonly Variant[];
}

export type Verdict = 'blocked' | 'pending' | 'passed_with_waivers' | 'passed' | 'not_applicable';

/** The same for the same facts and instant, in whatever order the facts came. */
export interface Decision {
  verdict: Verdict;
  mayShip: boolean;
  summary: string;
  /** Faults that are known first, then what is required by check and variant, then what is advisory. */
  answers: readonly Answer[];
  ignored: readonly IgnoredVariant[];
  /** By id. Missing where the facts were recorded before there were holds. */
  holds?: readonly HoldToHonour[];
}
