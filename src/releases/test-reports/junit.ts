/** JUnit XML, as the world writes it: hands on each case as it closes, and keeps none. */
import { excerpt } from './excerpt.ts';
import { GatheredText } from './gathered-text.ts';
import type { XmlDialect } from './open-elements.ts';
import type { Reading } from './reading.ts';
import {
  type CaseCounts,
  type CaseOutcome,
  countCase,
  graver,
  messageCharactersMax,
  noCases,
  type TestCase,
} from './test-case.ts';
import type { XmlAttributes } from './xml-report.ts';

/** Either may be the root. */
export const junitRoots: readonly string[] = ['testsuites', 'testsuite'];

/**
 * What an element within a case makes of it. Surefire's `flakyFailure` and `flakyError` are not
 * here because the case passed in the end, nor `rerunFailure` and `rerunError`, because the
 * failure that was rerun stands beside them.
 */
const outcomeOfElement: ReadonlyMap<string, CaseOutcome> = new Map([
  ['error', 'errored'],
  ['failure', 'failed'],
  ['skipped', 'skipped'],
]);

/**
 * What `status` (googletest, CTest) and `result` (googletest) make of a case. Other words say
 * nothing about the outcome (`run`, `completed`).
 */
const outcomeOfStatus: ReadonlyMap<string, CaseOutcome> = new Map([
  ['error', 'errored'],
  ['errored', 'errored'],
  ['fail', 'failed'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['disabled', 'skipped'],
  ['ignored', 'skipped'],
  ['notrun', 'skipped'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
  ['suppressed', 'skipped'],
]);

const logs: ReadonlySet<string> = new Set(['properties', 'system-out', 'system-err']);

/** An open element; each knows the name of its innermost suite. */
type Open = { suite: string } & (
  | { kind: 'suite'; totalBefore: number; declared: CaseCounts }
  | { kind: 'case'; of: TestCase }
  /** What one element says of a case: its message where there is one, else its text. */
  | {
      kind: 'outcome';
      of: TestCase;
      outcome: CaseOutcome;
      message: string;
      text: GatheredText;
      standsAlone: boolean;
    }
  /** May hold suites and cases, though we do not know it. */
  | { kind: 'unknown' }
  /** Nothing in it counts. */
  | { kind: 'ignored' }
);

type Outcome = Extract<Open, { kind: 'outcome' }>;

/**
 * - A case with several outcomes has the gravest of them.
 * - An error or a failure outside any case is a case without a class and a name: a suite that
 *   broke in its set-up must not look as if nothing had happened.
 * - A suite that declares counts but holds no case is counted as it declares; there is no case
 *   to hand on.
 * - A suite without a name goes by that of the suite around it. The name of `testsuites` is none.
 */
export class JUnit implements XmlDialect<Open> {
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  opened(element: string, attributes: XmlAttributes, around: Open | undefined): Open {
    const suite = around?.suite ?? '';
    if (around?.kind === 'ignored' || around?.kind === 'outcome') return { kind: 'ignored', suite };
    if (junitRoots.includes(element)) {
      return {
        kind: 'suite',
        suite: element === 'testsuite' ? (attributes.name ?? suite) : suite,
        totalBefore: this.#counts.total,
        declared: declaredCounts(attributes),
      };
    }
    if (element === 'testcase') return { kind: 'case', suite, of: openedCase(suite, attributes) };
    const outcome = outcomeOfElement.get(element);
    if (around?.kind === 'case') {
      if (outcome === undefined) return { kind: 'ignored', suite };
      return openedOutcome(suite, outcome, attributes, around.of);
    }
    if (outcome === 'errored' || outcome === 'failed') {
      return openedOutcome(suite, outcome, attributes, undefined);
    }
    return { kind: logs.has(element) ? 'ignored' : 'unknown', suite };
  }

  closed(open: Open): void {
    switch (open.kind) {
      case 'suite':
        if (this.#counts.total === open.totalBefore) addCounts(this.#counts, open.declared);
        break;
      case 'case':
        this.#handOn(open.of);
        break;
      case 'outcome':
        settle(open.of, open);
        if (open.standsAlone) this.#handOn(open.of);
        break;
    }
  }

  end(): Reading {
    return { kind: 'read', format: 'junit', counts: this.#counts, aborted: null };
  }

  #handOn(testCase: TestCase): void {
    countCase(this.#counts, testCase.outcome);
    this.#onCase(testCase);
  }
}

function openedCase(suite: string, attributes: XmlAttributes): TestCase {
  return {
    suite,
    // PHPUnit before 6 wrote `class`.
    className: attributes.classname ?? attributes.class ?? '',
    name: attributes.name ?? '',
    outcome: graver(statusOutcome(attributes.status), statusOutcome(attributes.result)),
    message: null,
  };
}

function statusOutcome(status: string | undefined): CaseOutcome {
  if (status === undefined) return 'passed';
  return outcomeOfStatus.get(status.toLowerCase()) ?? 'passed';
}

/** Without a case around it, it is one by itself. */
function openedOutcome(
  suite: string,
  outcome: CaseOutcome,
  { message = '' }: XmlAttributes,
  around: TestCase | undefined,
): Outcome {
  const of = around ?? openedCase(suite, {});
  const standsAlone = around === undefined;
  return { kind: 'outcome', suite, of, outcome, message, text: new GatheredText(), standsAlone };
}

function settle(testCase: TestCase, { outcome, message, text }: Outcome): void {
  const milder = graver(testCase.outcome, outcome) !== outcome;
  const repeated = testCase.outcome === outcome && testCase.message !== null;
  if (milder || repeated) return;
  testCase.outcome = outcome;
  testCase.message = excerpt(message, messageCharactersMax) || text.message();
}

function declaredCounts(attributes: XmlAttributes): CaseCounts {
  const failed = declaredCount(attributes.failures);
  const errored = declaredCount(attributes.errors);
  const skipped = declaredCount(attributes.skipped) + declaredCount(attributes.disabled);
  const total = Math.max(declaredCount(attributes.tests), failed + errored + skipped);
  return { total, passed: total - failed - errored - skipped, failed, errored, skipped };
}

function declaredCount(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function addCounts(sum: CaseCounts, more: CaseCounts): void {
  sum.total += more.total;
  sum.passed += more.passed;
  sum.failed += more.failed;
  sum.errored += more.errored;
  sum.skipped += more.skipped;
}
