/** CTRF, the Common Test Report Format (specification and schema: ctrf-io/ctrf, versions 0 and 1). */
import { excerpt } from './excerpt.ts';
import type { JsonDialect } from './json-report.ts';
import type { Reading } from './reading.ts';
import {
  type CaseOutcome,
  countCase,
  messageCharactersMax,
  noCases,
  type TestCase,
} from './test-case.ts';

/** What `status` makes of a case. `other`, any other word and none are told apart by `rawStatus`. */
const outcomes: ReadonlyMap<unknown, CaseOutcome> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
]);

/**
 * Words of test runners for a test that nobody ran, for which reporters write `other`. Whatever else stands there (a
 * time limit, an interruption) is an error: nobody knows that the test passed.
 */
const notRun: ReadonlySet<string> = new Set([
  'disabled',
  'focused',
  'ignored',
  'inconclusive',
  'notexecuted',
  'notrun',
  'pending',
  'skipped',
  'todo',
]);

/**
 * - `status` is the last outcome of a test that was tried again: one that passed in the end is passed, `flaky` or not, and
 *   attempts and steps are no cases.
 * - `suite` is a list of names from the outermost to the innermost, of which the last counts. In older reports it is one
 *   text, and counts whole.
 * - The counts of the summary are not looked at.
 */
export class Ctrf implements JsonDialect {
  readonly list = ['results', 'tests'] as const;
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  test(item: unknown): string | undefined {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return noTest;
    const testCase = caseOf(item);
    countCase(this.#counts, testCase.outcome);
    this.#onCase(testCase);
    return undefined;
  }

  end(): Reading {
    return { kind: 'read', format: 'ctrf', counts: this.#counts, aborted: null };
  }
}

/** Members of a test that are read. Nobody has checked their types. */
type Told = Partial<
  Record<'name' | 'status' | 'suite' | 'filePath' | 'message' | 'rawStatus', unknown>
>;

function caseOf({ name, status, suite, filePath, message, rawStatus }: Told): TestCase {
  const outcome = outcomes.get(status) ?? outcomeOfRaw(textOf(rawStatus));
  return {
    suite: textOf(Array.isArray(suite) ? suite.at(-1) : suite),
    className: textOf(filePath),
    name: textOf(name),
    outcome,
    message: outcome === 'passed' ? null : whyOf(message, rawStatus, status),
  };
}

function outcomeOfRaw(word: string): CaseOutcome {
  return notRun.has(word.toLowerCase()) ? 'skipped' : 'errored';
}

/** The first that says more than our own word for the outcome would. */
function whyOf(message: unknown, rawStatus: unknown, status: unknown): string | null {
  const word = outcomes.has(status) ? '' : textOf(rawStatus) || textOf(status);
  return (
    excerpt(textOf(message), messageCharactersMax) || excerpt(word, messageCharactersMax) || null
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const noTest =
  'Here stands something in results.tests that is no test. Write each test as an object with name and status.';
