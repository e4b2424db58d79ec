/** The XML of xUnit.net, version 2 and the older one with `class` for `collection`; Fixie and others write it too. */
import { GatheredText, whyNotPassed } from './gathered-text.ts';
import type { Reading } from './reading.ts';
import { type CaseOutcome, countCase, graver, noCases, type TestCase } from './test-case.ts';
import type { XmlAttributes, XmlDialect } from './xml-report.ts';

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

/** A case in the making. */
interface Told {
  testCase: TestCase;
  word: string | undefined;
  text: GatheredText;
}

/** An open element; each knows the name of its collection. */
type Open = { suite: string } & (
  | { kind: 'group'; className: string }
  | { kind: 'case'; told: Told }
  /** The runner itself broke. */
  | { kind: 'fatal'; text: GatheredText }
  /** `failure`, `reason` or the message in one of them. A failure outside any test is a case in itself. */
  | { kind: 'telling'; text: GatheredText; standsAlone: Told | undefined }
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
export class XUnit implements XmlDialect {
  readonly #onCase: (testCase: TestCase) => void;
  readonly #counts = noCases();
  readonly #open: Open[] = [];
  #aborted: string | null = null;

  constructor(onCase: (testCase: TestCase) => void) {
    this.#onCase = onCase;
  }

  open(element: string, attributes: XmlAttributes): void {
    this.#open.push(this.#opened(element, attributes, this.#open.at(-1)));
  }

  text(characters: string): void {
    const inner = this.#open.at(-1);
    if (inner?.kind === 'telling') inner.text.add(characters);
  }

  close(): void {
    const closed = this.#open.pop();
    switch (closed?.kind) {
      case 'case':
        this.#handOn(closed.told);
        break;
      case 'fatal':
        this.#aborted ??= closed.text.message() ?? 'The runner reports a fatal error.';
        break;
      case 'telling':
        if (closed.standsAlone) this.#handOn(closed.standsAlone);
        break;
    }
  }

  end(): Reading {
    return { kind: 'read', format: 'xunit', counts: this.#counts, aborted: this.#aborted };
  }

  #opened(element: string, attributes: XmlAttributes, parent: Open | undefined): Open {
    const suite = parent?.suite ?? '';
    switch (parent?.kind) {
      case 'case':
        return openedInCase(element, suite, parent.told);
      case 'fatal':
        return element === 'failure'
          ? { kind: 'telling', suite, text: parent.text, standsAlone: undefined }
          : { kind: 'ignored', suite };
      case 'telling':
        return element === 'message'
          ? { kind: 'telling', suite, text: parent.text, standsAlone: undefined }
          : { kind: 'ignored', suite };
      case 'ignored':
        return { kind: 'ignored', suite };
      default:
        return openedInGroup(element, attributes, suite, parent);
    }
  }

  #handOn({ testCase, word, text }: Told): void {
    testCase.message = whyNotPassed(testCase.outcome, text, word);
    countCase(this.#counts, testCase.outcome);
    this.#onCase(testCase);
  }
}

function openedInCase(element: string, suite: string, told: Told): Open {
  if (element !== 'failure' && element !== 'reason') return { kind: 'ignored', suite };
  if (element === 'failure') told.testCase.outcome = graver(told.testCase.outcome, 'failed');
  return { kind: 'telling', suite, text: told.text, standsAlone: undefined };
}

function openedInGroup(
  element: string,
  attributes: XmlAttributes,
  suite: string,
  parent: Open | undefined,
): Open {
  const { name = '', type = '', method = '', result } = attributes;
  if (groups.has(element)) {
    const named = element === 'collection' || element === 'class';
    const className = element === 'class' ? name : '';
    return { kind: 'group', suite: named ? name : suite, className };
  }
  if (element === 'test') {
    const outcome = outcomes.get((result ?? '').toLowerCase()) ?? 'errored';
    const testCase = { suite, className: type, name: name || method, outcome, message: null };
    return { kind: 'case', suite, told: { testCase, word: result, text: new GatheredText() } };
  }
  if (element === 'error') {
    if (type === 'fatal') return { kind: 'fatal', suite, text: new GatheredText() };
    const names = { suite, className: '', name: '', [nameOfError.get(type) ?? 'name']: name };
    return { kind: 'case', suite, told: brokenOf(names, type) };
  }
  if (element === 'failure') {
    const className = parent?.kind === 'group' ? parent.className : '';
    const told = brokenOf({ suite, className, name: '' }, undefined);
    return { kind: 'telling', suite, text: told.text, standsAlone: told };
  }
  return { kind: 'unknown', suite };
}

function brokenOf(
  names: Pick<TestCase, 'suite' | 'className' | 'name'>,
  word: string | undefined,
): Told {
  const testCase: TestCase = { ...names, outcome: 'errored', message: null };
  return { testCase, word, text: new GatheredText() };
}
