/** One case of a test report, and how cases are counted, whatever the format they came in. */

export type CaseOutcome = 'passed' | 'failed' | 'errored' | 'skipped';

/**
 * One test case, as checks look at it. Names are whole and as written, data of a theory included; what is absent is `''`.
 * What a check's `reportedAs` is held against comes from:
 *
 * | format    | suite                                         | className                           | name               |
 * | --------- | --------------------------------------------- | ----------------------------------- | ------------------ |
 * | JUnit     | innermost `testsuite` with a name: `name`     | `testcase`: `classname`             | `testcase`: `name` |
 * | TRX       | as className                                  | `TestMethod`: `className`, without the assembly that may follow it | result: `testName` |
 * | xUnit v2  | `collection`: `name`                          | `test`: `type`                      | `test`: `name`     |
 * | xUnit v1  | `class`: `name`                               | `test`: `type`                      | `test`: `name`     |
 * | NUnit 3   | innermost `test-suite`: `fullname` (that of the fixture, where a method with several data is a suite of its own) | `test-case`: `classname` | `test-case`: `name` |
 * | NUnit 2   | the same `test-suite`: `name`                 | none                                | `test-case`: `name`, which holds namespace and class |
 * | CTRF      | last of `suite`                               | `filePath`                          | `name`             |
 *
 * What broke outside of any case (a suite's set-up, a collection's clean-up) is a case with the names that are known of it.
 */
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

export function countCase(counts: CaseCounts, outcome: CaseOutcome): void {
  counts.total += 1;
  counts[outcome] += 1;
}

/** How many of them failed or errored. */
export function brokenCases({ failed, errored }: CaseCounts): number {
  return failed + errored;
}
