/** The XML of xUnit.net, version 2 and the older one with `class` for `collection`; Fixie and others write it too. */
import { GatheredText } from './gathered-text.ts';
import type { XmlDialect } from './open-elements.ts';
import type { Reading } from './reading.ts';
import { type CaseOutcome, countCase, graver, noCases, type TestCase } from './test-case.ts';
import { type ToldCase, toldCase, withMessage } from './told-case.ts';
import type { XmlAttributes } from './xml-report.ts';

/** Either may be the root; a report of version 1 has one assembly. */
export const xunitRoots: readonly string[] = ['assemblies', 'assembly'];

/** What `result` makes of a case. Any other word, and none, is an error: nobody knows that the test passed. */
const outcomes: ReadonlyMap<string, CaseOutcome> = new Map([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
  // Version 3 lists explicit tests that nobody asked for.
  ['notrun', 'skipped'],
]);

/** Which of a case's names is the `name` of an `error`, by its `type`; for others (an assembly, a method, a test) `name`. */
const nameOfError: ReadonlyMap<string, 'suite' | 'className'> = new Map([
  ['test-collection-cleanup', 'suite'],
  ['test-class-cleanup', 'className'],
]);

const groups: ReadonlySet<string> = new Set(['assemblies', 'assembly', 'collection', 'class']);

/** An open element; each knows the name of its collection. */
type Open = { suite: string } & (
  | { kind: 'group'; className: string }
  | { kind: 'case'; told: ToldCase }
  /** The runner itself broke. */
  | { kind: 'fatal'; why: GatheredText }
  /** `failure`, `reason` or the message in one of them. A failure outside any test is a case in itself. */
  | { kind: 'telling'; text: GatheredText; standsAlone: ToldCase | undefined }
  /** May hold groups and tests, though we do not know it. */
  | { kind: 'unknown' }
  /** Nothing in it counts. */
  | { kind: 'ignored' }
);

/**
 * - A `failure` within a test that is said to have passed makes it failed.
 * - An `error` (something broke while it was cleaned up) is a case that errored, and so is the failure of a class in
 *   version 1: what broke must not look as if nothing had happened.
 * - An `error` of type `fatal` says that the runner itself broke: the run is aborted.
 */
export class XUnit implements XmlDialect<Open> {
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();
  #aborted: string | null = null;

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  opened(element: string, attributes: XmlAttributes, around: Open | undefined): Open {
    const suite = around?.suite ?? '';
    switch (around?.kind) {
      case 'case':
        return openedInCase(element, suite, around.told);
      case 'fatal':
        return element === 'failure'
          ? { kind: 'telling', suite, text: around.why, standsAlone: undefined }
          : { kind: 'ignored', suite };
      case 'telling':
        return element === 'message'
          ? { kind: 'telling', suite, text: around.text, standsAlone: undefined }
          : { kind: 'ignored', suite };
      case 'ignored':
        return { kind: 'ignored', suite };
      default:
        return openedInGroup(element, attributes, suite, around);
    }
  }

  closed(open: Open): void {
    switch (open.kind) {
      case 'case':
        this.#handOn(open.told);
        break;
      case 'fatal':
        this.#aborted ??= open.why.message() ?? 'The runner reports a fatal error.';
        break;
      case 'telling':
        if (open.standsAlone) this.#handOn(open.standsAlone);
        break;
    }
  }

  end(): Reading {
    return { kind: 'read', format: 'xunit', counts: this.#counts, aborted: this.#aborted };
  }

  #handOn(told: ToldCase): void {
    countCase(this.#counts, told.testCase.outcome);
    this.#onCase(withMessage(told));
  }
}

function openedInCase(element: string, suite: string, told: ToldCase): Open {
  if (element !== 'failure' && element !== 'reason') return { kind: 'ignored', suite };
  if (element === 'failure') told.testCase.outcome = graver(told.testCase.outcome, 'failed');
  return { kind: 'telling', suite, text: told.text, standsAlone: undefined };
}

function openedInGroup(
  element: string,
  attributes: XmlAttributes,
  suite: string,
  around: Open | undefined,
): Open {
  const { name = '', type = '', method = '', result } = attributes;
  if (groups.has(element)) {
    const named = element === 'collection' || element === 'class';
    const className = element === 'class' ? name : '';
    return { kind: 'group', suite: named ? name : suite, className };
  }
  if (element === 'test') {
    const outcome = outcomes.get((result ?? '').toLowerCase()) ?? 'errored';
    const testCase = { suite, className: type, name: name || method, outcome };
    return { kind: 'case', suite, told: toldCase(testCase, result) };
  }
  if (element === 'error') {
    if (type === 'fatal') return { kind: 'fatal', suite, why: new GatheredText() };
    const names = { suite, className: '', name: '', [nameOfError.get(type) ?? 'name']: name };
    return { kind: 'case', suite, told: toldCase({ ...names, outcome: 'errored' }, type) };
  }
  if (element === 'failure') {
    const className = around?.kind === 'group' ? around.className : '';
    const told = toldCase({ suite, className, name: '', outcome: 'errored' }, undefined);
    return { kind: 'telling', suite, text: told.text, standsAlone: told };
  }
  return { kind: 'unknown', suite };
}
