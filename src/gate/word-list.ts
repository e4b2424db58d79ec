/** Writes a list the way a sentence does. */

/** How many words of a list a sentence names. */
export const namedMax = 3;

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** As `listed`, but of more than three words the first three `and 2 more`. */
export function abridged(words: readonly string[]): string {
  if (words.length <= namedMax) return listed(words);
  return listed([...words.slice(0, namedMax), `${words.length - namedMax} more`]);
}
