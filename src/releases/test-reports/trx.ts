/** TRX, as Visual Studio, `dotnet test` and Microsoft.Testing.Platform write it. */
import { detached, excerpt } from './excerpt.ts';
import { GatheredText } from './gathered-text.ts';
import type { XmlDialect } from './open-elements.ts';
import type { Reading } from './reading.ts';
import { brokenCases, type CaseOutcome, countCase, noCases, type TestCase } from './test-case.ts';
import { type ToldCase, toldCase, withMessage } from './told-case.ts';
import { WaitingCases } from './waiting-cases.ts';
import type { XmlAttributes } from './xml-report.ts';

export const trxRoots: readonly string[] = ['TestRun'];

/**
 * What `outcome` makes of a case (TestOutcome of the TrxLogger in microsoft/vstest). Any other word is an error, because
 * nobody knows that the test passed, and so is none at all: the attribute is left out for `Error`, its default.
 */
const outcomes: ReadonlyMap<string, CaseOutcome> = new Map([
  ['passed', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['aborted', 'errored'],
  ['disconnected', 'errored'],
  ['error', 'errored'],
  ['inprogress', 'errored'],
  ['notrunnable', 'errored'],
  ['passedbutrunaborted', 'errored'],
  ['timeout', 'errored'],
  // It ran, but nobody says that it passed.
  ['completed', 'skipped'],
  ['inconclusive', 'skipped'],
  ['notexecuted', 'skipped'],
  ['pending', 'skipped'],
]);

/** What the summary says of a run that did not come to its end. */
const abortedRuns: ReadonlySet<string> = new Set([
  'aborted',
  'disconnected',
  'inprogress',
  'passedbutrunaborted',
  'pending',
  'timeout',
]);

/**
 * The words of VSTest when a test host crashed or hung. Its summary then says `Failed`, as it does for a failed test. In
 * other languages than English a crash therefore shows only where no test failed.
 */
const abortedWords = /^The active test run was aborted/;

/** A result in the making. */
interface Result {
  test: string;
  told: ToldCase;
  /** It has results of its own: the rows of a data-driven test, the steps of an ordered one. */
  isGroup: boolean;
  brokenBefore: number;
}

type Open =
  /** `group` is the result that these belong to. */
  | { kind: 'results'; group: Result | undefined }
  | { kind: 'result'; result: Result }
  /** An element of this name somewhere within a result. */
  | { kind: 'part'; element: string; result: Result }
  | { kind: 'definitions' }
  | { kind: 'definition'; test: string }
  /** One of the run's own complaints. */
  | { kind: 'complaint'; complaint: GatheredText }
  | { kind: 'text'; text: GatheredText }
  | { kind: 'other' };

/**
 * - The class of a test stands in `TestDefinitions`, before the results or after them, and in another order. Results that
 *   have no class yet wait, packed, until the file ends. The join takes about 130 bytes of memory a test, where runners
 *   write 800 and more a test, so that the limit on the file bounds it. A result whose test is defined nowhere has
 *   no class.
 * - The innermost results are the cases. A result around them is a case only where it broke and none of them did.
 * - A run whose summary says that it was cut short is aborted, and so is one that failed though no case did: a crash of
 *   the test host, a data collector, a run without tests where that counts as an error.
 * - Names are compared as written, so the namespace may be the default one, but not have a prefix.
 */
export class Trx implements XmlDialect<Open> {
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();
  /** By the id of the test, in small letters. */
  readonly #classes = new Map<string, string>();
  /** Each once, however many tests it has. */
  readonly #classNames = new Map<string, string>();
  readonly #waiting = new WaitingCases();
  /** How the summary says that the run ended; `''` where it says nothing. */
  #summary = '';
  /** The first complaint, and the first that says that the run was aborted. */
  #complaint: string | null = null;
  #abortion: string | null = null;

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  opened(element: string, attributes: XmlAttributes, around: Open | undefined): Open {
    switch (around?.kind) {
      case 'results':
        if (around.group) around.group.isGroup = true;
        return { kind: 'result', result: this.#openedResult(attributes) };
      case 'result':
        return element === 'InnerResults'
          ? { kind: 'results', group: around.result }
          : { kind: 'part', element, result: around.result };
      case 'part':
        return around.element === 'ErrorInfo' && element === 'Message'
          ? { kind: 'text', text: around.result.told.text }
          : { kind: 'part', element, result: around.result };
      case 'definitions':
        return { kind: 'definition', test: idOf(attributes.id) };
      case 'definition':
        if (element === 'TestMethod') this.#define(around.test, attributes.className ?? '');
        return { kind: 'other' };
      case 'complaint':
        return element === 'Text' ? { kind: 'text', text: around.complaint } : { kind: 'other' };
      default:
        return this.#openedOfRun(element, attributes);
    }
  }

  closed(open: Open): void {
    if (open.kind === 'result') this.#settle(open.result);
    if (open.kind === 'complaint') this.#complain(open.complaint.message());
  }

  end(): Reading {
    for (const { test, testCase } of this.#waiting) {
      this.#onCase(withClass(testCase, this.#classes.get(test) ?? ''));
    }
    return { kind: 'read', format: 'trx', counts: this.#counts, aborted: this.#aborted() };
  }

  #openedOfRun(element: string, attributes: XmlAttributes): Open {
    if (element === 'Results') return { kind: 'results', group: undefined };
    if (element === 'TestDefinitions') return { kind: 'definitions' };
    if (element === 'ResultSummary') this.#summary = excerpt(attributes.outcome ?? '', 40);
    if (element === 'RunInfo' && attributes.outcome?.toLowerCase() === 'error') {
      return { kind: 'complaint', complaint: new GatheredText() };
    }
    return { kind: 'other' };
  }

  #define(test: string, qualified: string): void {
    const className = classNameOf(qualified);
    let kept = this.#classNames.get(className);
    if (kept === undefined) {
      kept = detached(className);
      this.#classNames.set(kept, kept);
    }
    this.#classes.set(test, kept);
  }

  #openedResult({ testId, testName: name = '', outcome: word }: XmlAttributes): Result {
    const outcome = outcomes.get((word ?? 'error').toLowerCase()) ?? 'errored';
    return {
      test: idOf(testId),
      told: toldCase({ suite: '', className: '', name, outcome }, word),
      isGroup: false,
      brokenBefore: brokenCases(this.#counts),
    };
  }

  #settle({ test, told, isGroup, brokenBefore }: Result): void {
    const { outcome } = told.testCase;
    if (isGroup) {
      const broke = outcome === 'failed' || outcome === 'errored';
      if (!broke || brokenCases(this.#counts) > brokenBefore) return;
    }
    countCase(this.#counts, outcome);
    const testCase = withMessage(told);
    // Once one waits, all that follow do, so that they are handed on in the file's order.
    const className = this.#waiting.isEmpty ? this.#classes.get(test) : undefined;
    if (className === undefined) this.#waiting.add({ test, testCase });
    else this.#onCase(withClass(testCase, className));
  }

  #complain(complaint: string | null): void {
    if (complaint === null) return;
    this.#complaint ??= complaint;
    if (abortedWords.test(complaint)) this.#abortion ??= complaint;
  }

  #aborted(): string | null {
    if (this.#abortion !== null || this.#summary === '') return this.#abortion;
    const word = this.#summary.toLowerCase();
    const outcome = outcomes.get(word) ?? 'errored';
    const broke = outcome === 'failed' || outcome === 'errored';
    const unexplained = broke && brokenCases(this.#counts) === 0;
    if (!abortedRuns.has(word) && !unexplained) return null;
    return this.#complaint ?? `The summary says that the run ended as ${this.#summary}.`;
  }
}

function idOf(written = ''): string {
  return detached(written.toLowerCase());
}

function withClass(testCase: TestCase, className: string): TestCase {
  return { ...testCase, suite: className, className };
}

/** `Suite` from `Suite, Tests, Version=1.0.0.0, Culture=neutral, …`, as MSTest writes it, whatever types stand in it. */
function classNameOf(qualified: string): string {
  const version = qualified.lastIndexOf(', Version=');
  if (version < 0 || qualified.includes(']', version)) return qualified;
  return qualified.slice(0, qualified.lastIndexOf(',', version - 1));
}
