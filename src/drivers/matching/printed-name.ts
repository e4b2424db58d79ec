/** Names of processors and hypervisors, of which systems print more than people record. */
import { lowered } from './pattern.ts';

/** Whether all the words are there, in any order: `Intel Xeon` is part of `Intel(R) Xeon(R) Gold 6338 CPU`. */
export function isPartOf(words: readonly string[], printed: string): boolean {
  const there = new Set(wordsOf(printed));
  return words.every((word) => there.has(word));
}

/** In lower case, without the marks of makers. */
export function wordsOf(name: string): string[] {
  const plain = lowered(name).replace(/\((?:r|tm)\)|[®™]/g, ' ');
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
