/** The XML of NUnit 3, and that of NUnit 2, which many tools still write. */
import type { GatheredText } from './gathered-text.ts';
import type { XmlDialect } from './open-elements.ts';
import type { Reading } from './reading.ts';
import { brokenCases, type CaseOutcome, countCase, noCases, type TestCase } from './test-case.ts';
import { type ToldCase, toldCase, withMessage } from './told-case.ts';
import type { XmlAttributes } from './xml-report.ts';

/** `test-run` is NUnit 3, `test-results` NUnit 2. */
export const nunitRoots: readonly string[] = ['test-run', 'test-results'];

/**
 * What `result` makes of a case or a suite, in both versions. Any other word is an error: nobody knows that it passed.
 */
const outcomes: ReadonlyMap<string, CaseOutcome> = new Map([
  ['passed', 'passed'],
  ['success', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['cancelled', 'errored'],
  ['error', 'errored'],
  ['notrunnable', 'errored'],
  ['ignored', 'skipped'],
  ['inconclusive', 'skipped'],
  ['skipped', 'skipped'],
]);

/** What `label` makes of one that failed. Other labels say nothing about the outcome. */
const errorLabels: ReadonlySet<string> = new Set(['cancelled', 'error', 'invalid']);

/** Suites that are one method with several data. Their cases belong to the fixture around it. */
const methodSuites: ReadonlySet<string> = new Set([
  'GenericMethod',
  'ParameterizedMethod',
  'ParameterizedTest',
  'Theory',
]);

/**
 * An open element; each knows the name of its innermost suite. A suite says with `isRun` that it is the root, and with
 * `isCase` that what broke is its own, whatever became of its cases.
 */
type Open = { suite: string } & (
  | { kind: 'suite'; told: ToldCase; isRun: boolean; isCase: boolean; brokenBefore: number }
  | { kind: 'case'; told: ToldCase }
  /** `failure`, `reason` or the message in one of them. */
  | { kind: 'telling'; text: GatheredText }
  /** May hold suites and cases (`results` of NUnit 2). */
  | { kind: 'unknown' }
  /** Nothing in it counts. */
  | { kind: 'ignored' }
);

/**
 * - A suite is a case of its own where it broke and none of its cases did (an assembly that cannot be loaded), or where
 *   its tear-down broke. A set-up that broke shows in every case.
 * - A run that failed without any of that is aborted, and so is one of which any part was cancelled: the tests that had
 *   not begun are not in the report.
 * - A test that NUnit repeats after a failure is reported once, with its last outcome.
 */
export class NUnit implements XmlDialect<Open> {
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();
  #aborted: string | null = null;

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  opened(element: string, attributes: XmlAttributes, around: Open | undefined): Open {
    const suite = around?.suite ?? '';
    const tells = element === 'failure' || element === 'reason';
    switch (around?.kind) {
      case 'ignored':
        return { kind: 'ignored', suite };
      case 'telling':
        return element === 'message'
          ? { kind: 'telling', suite, text: around.text }
          : { kind: 'ignored', suite };
      case 'case':
        return tells
          ? { kind: 'telling', suite, text: around.told.text }
          : { kind: 'ignored', suite };
      case 'suite':
        if (tells) return { kind: 'telling', suite, text: around.told.text };
    }
    if (element === 'test-case')
      return { kind: 'case', suite, told: openedCase(suite, attributes) };
    if (element === 'test-suite') return this.#openedSuite(suite, attributes, false);
    if (around === undefined) return this.#openedSuite(suite, attributes, true);
    return { kind: 'unknown', suite };
  }

  closed(open: Open): void {
    if (open.kind === 'case') this.#handOn(open.told);
    if (open.kind === 'suite') this.#settle(open);
  }

  end(): Reading {
    return { kind: 'read', format: 'nunit', counts: this.#counts, aborted: this.#aborted };
  }

  #openedSuite(around: string, attributes: XmlAttributes, isRun: boolean): Open {
    const { type = '', name, fullname, label, result, site = '' } = attributes;
    const suite = isRun || methodSuites.has(type) ? around : (fullname ?? name ?? around);
    const outcome = statedOutcome(attributes) ?? 'passed';
    const className = attributes.classname ?? '';
    return {
      kind: 'suite',
      suite,
      told: toldCase({ suite, className, name: '', outcome }, label ?? result),
      isRun,
      isCase: site.toLowerCase() === 'teardown',
      brokenBefore: brokenCases(this.#counts),
    };
  }

  #settle({ told, isRun, isCase, brokenBefore }: Extract<Open, { kind: 'suite' }>): void {
    const { outcome } = told.testCase;
    if (outcome !== 'failed' && outcome !== 'errored') return;
    if (told.word?.toLowerCase() === 'cancelled') {
      this.#aborted ??= told.text.message() ?? 'The run was cancelled.';
      return;
    }
    const unexplained = brokenCases(this.#counts) === brokenBefore;
    if (!isCase && !unexplained) return;
    if (!isRun) this.#handOn(told);
    else if (unexplained) this.#aborted ??= told.text.message() ?? 'The run failed as a whole.';
  }

  #handOn(told: ToldCase): void {
    countCase(this.#counts, told.testCase.outcome);
    this.#onCase(withMessage(told));
  }
}

function openedCase(suite: string, attributes: XmlAttributes): ToldCase {
  const { classname: className = '', name = '', label, result } = attributes;
  const outcome = statedOutcome(attributes) ?? 'errored';
  return toldCase({ suite, className, name, outcome }, label ?? result);
}

/** NUnit before 2.5 has no `result`, but `executed` and `success`. Undefined where nothing is said at all. */
function statedOutcome({
  result,
  label = '',
  executed = '',
  success = '',
}: XmlAttributes): CaseOutcome | undefined {
  if (result !== undefined) {
    const outcome = outcomes.get(result.toLowerCase()) ?? 'errored';
    return outcome === 'failed' && errorLabels.has(label.toLowerCase()) ? 'errored' : outcome;
  }
  if (executed.toLowerCase() === 'false') return 'skipped';
  if (success.toLowerCase() === 'true') return 'passed';
  return success.toLowerCase() === 'false' ? 'failed' : undefined;
}
