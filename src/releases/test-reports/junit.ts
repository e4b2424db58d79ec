/** JUnit XML, as the world writes it: hands on each case as it closes, and keeps none. */
import { excerpt } from './excerpt.ts';
import { GatheredText } from './gathered-text.ts';
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
import type { XmlAttributes, XmlDialect } from './xml-report.ts';

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

/** What one element says of a case. The message is used where there is one, else the text. */
interface Told {
  outcome: CaseOutcome;
  message: string;
  text: GatheredText;
}

/** An open element; each knows the name of its innermost suite. */
type Open = { suite: string } & (
  | { kind: 'suite'; totalBefore: number; declared: CaseCounts }
  | { kind: 'case'; of: TestCase }
  | { kind: 'outcome'; of: TestCase; told: Told; standsAlone: boolean }
  /** May hold suites and cases, though we do not know it. */
  | { kind: 'unknown' }
  /** Nothing in it counts. */
  | { kind: 'ignored' }
);

/**
 * - A case with several outcomes has the gravest of them.
 * - An error or a failure outside any case is a case without a class and a name: a suite that
 *   broke in its set-up must not look as if nothing had happened.
 * - A suite that declares counts but holds no case is counted as it declares; there is no case
 *   to hand on.
 * - A suite without a name goes by that of the suite around it. The name of `testsuites` is none.
 */
export class JUnit implements XmlDialect {
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();
  readonly #open: Open[] = [];

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  open(element: string, attributes: XmlAttributes): void {
    this.#open.push(this.#opened(element, attributes, this.#open.at(-1)));
  }

  text(characters: string): void {
    const inner = this.#open.at(-1);
    if (inner?.kind === 'outcome') inner.told.text.add(characters);
  }

  close(): void {
    const closed = this.#open.pop();
    switch (closed?.kind) {
      case 'suite':
        if (this.#counts.total === closed.totalBefore) addCounts(this.#counts, closed.declared);
        break;
      case 'case':
        this.#handOn(closed.of);
        break;
      case 'outcome':
        settle(closed.of, closed.told);
        if (closed.standsAlone) this.#handOn(closed.of);
        break;
    }
  }

  end(): Reading {
    return { kind: 'read', format: 'junit', counts: this.#counts, aborted: null };
  }

  #opened(element: string, attributes: XmlAttributes, parent: Open | undefined): Open {
    const suite = parent?.suite ?? '';
    if (parent?.kind === 'ignored' || parent?.kind === 'outcome') return { kind: 'ignored', suite };
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
    if (parent?.kind === 'case') {
      if (outcome === undefined) return { kind: 'ignored', suite };
      const told = tellingOf(outcome, attributes);
      return { kind: 'outcome', suite, of: parent.of, told, standsAlone: false };
    }
    if (outcome === 'errored' || outcome === 'failed') {
      const told = tellingOf(outcome, attributes);
      return { kind: 'outcome', suite, of: openedCase(suite, {}), told, standsAlone: true };
    }
    return { kind: logs.has(element) ? 'ignored' : 'unknown', suite };
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

function tellingOf(outcome: CaseOutcome, attributes: XmlAttributes): Told {
  return { outcome, message: attributes.message ?? '', text: new GatheredText() };
}

function settle(testCase: TestCase, told: Told): void {
  const milder = graver(testCase.outcome, told.outcome) !== told.outcome;
  const repeated = testCase.outcome === told.outcome && testCase.message !== null;
  if (milder || repeated) return;
  testCase.outcome = told.outcome;
  testCase.message = excerpt(told.message, messageCharactersMax) || told.text.message();
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
