/** One case of a test report, and how cases are counted, whatever the format they came in. */

export type CaseOutcome = 'passed' | 'failed' | 'errored' | 'skipped';

/** One test case, as checks look at it. Names are whole and as written; what is absent is `''`. */
export interface TestCase {
  /** Name of the innermost suite. */
  suite: string;
  className: string;
  name: string;
  outcome: CaseOutcome;
  /** Why it did not pass, in the reporter's words: one line, at most `messageCharactersMax`. */
  message: string | null;
}

/** How many cases a report holds. The parts add up to the total. */
export interface CaseCounts {
  total: number;
  passed: number;
  failed: number;
  errored: number;
  skipped: number;
}

export const messageCharactersMax = 500;

const gravity: Record<CaseOutcome, number> = { passed: 0, skipped: 1, failed: 2, errored: 3 };

/** The graver of two outcomes: errored, failed, skipped, passed. */
export function graver(one: CaseOutcome, other: CaseOutcome): CaseOutcome {
  return gravity[one] >= gravity[other] ? one : other;
}

export function noCases(): CaseCounts {
  return { total: 0, passed: 0, failed: 0, errored: 0, skipped: 0 };
}
