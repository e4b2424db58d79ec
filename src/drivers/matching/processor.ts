/** Processors under the names that systems print, whole or shortened by people. */
import { isPartOf, wordsOf } from './printed-name.ts';

/** A processor has at most one word of each kind, so that another one of the same kind is another processor. */
const kinds: readonly ((word: string) => boolean)[] = [
  among(['intel', 'amd', 'apple', 'qualcomm', 'ampere', 'zhaoxin', 'hygon']),
  among([
    ...['xeon', 'core', 'atom', 'celeron', 'pentium', 'itanium'],
    ...['ryzen', 'epyc', 'athlon', 'opteron', 'snapdragon', 'altra'],
  ]),
  among(['i3', 'i5', 'i7', 'i9']),
  among(['m1', 'm2', 'm3', 'm4', 'm5']),
  among(['platinum', 'gold', 'silver', 'bronze']),
  // The number of a model.
  (word) => /^\d{4,5}(?!mhz$)[a-z]{0,3}\d?$/.test(word),
];

/** What goes without saying. */
const implied: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['i3', 'i5', 'i7', 'i9'].map((tier) => [tier, ['core', 'intel']])),
  ...Object.fromEntries(
    ['xeon', 'core', 'atom', 'celeron', 'pentium', 'itanium', 'genuineintel'].map((family) => [
      family,
      ['intel'],
    ]),
  ),
  ...Object.fromEntries(
    ['ryzen', 'epyc', 'athlon', 'opteron', 'authenticamd'].map((family) => [family, ['amd']]),
  ),
};

/** Whether it is one of those wanted; null where the name neither has all the words nor speaks against them. */
export function compareProcessors(said: string, wanted: readonly string[]): boolean | null {
  const there = spelledOut(said);
  const others = wanted.filter((each) => !isPartOf(wordsOf(each), said));
  if (others.length < wanted.length) return true;
  return others.every((each) => contradict(there, spelledOut(each))) ? false : null;
}

function contradict(said: readonly string[], wanted: readonly string[]): boolean {
  return kinds.some((isOfKind) => {
    const [one, other] = [said.filter(isOfKind), wanted.filter(isOfKind)];
    return one.length > 0 && other.length > 0 && !one.some((word) => other.includes(word));
  });
}

function spelledOut(name: string): string[] {
  // AMD prints how many cores there are; a Core is Intel's.
  const words = wordsOf(name.replace(/\b(?:\d+|dual|quad|six|eight)-core\b/gi, ' '));
  return [...words, ...words.flatMap((word) => implied[word] ?? [])];
}

function among(words: readonly string[]): (word: string) => boolean {
  const known = new Set(words);
  return (word) => known.has(word);
}
