/** A case in the making: its names and outcome are told first, why it did not pass comes as text afterwards. */
import { excerpt } from './excerpt.ts';
import { GatheredText } from './gathered-text.ts';
import { messageCharactersMax, type TestCase } from './test-case.ts';

export interface ToldCase {
  testCase: TestCase;
  /** The reporter's own word for the outcome, which may tell more than ours (`Timeout`, `Inconclusive`). */
  word: string | undefined;
  text: GatheredText;
}

export function toldCase(
  { suite, className, name, outcome }: Omit<TestCase, 'message'>,
  word: string | undefined,
): ToldCase {
  // Spelled out, because a spread shows in the time that 100,000 cases take.
  const testCase = { suite, className, name, outcome, message: null };
  return { testCase, word, text: new GatheredText() };
}

/** The case, with what its text says as the message, else the reporter's word where that is no mere failure. */
export function withMessage({ testCase, word, text }: ToldCase): TestCase {
  const { outcome } = testCase;
  if (outcome === 'passed') return testCase;
  const silent = outcome === 'failed' ? '' : (word ?? '');
  const message = text.message() ?? (excerpt(silent, messageCharactersMax) || null);
  return { ...testCase, message };
}
