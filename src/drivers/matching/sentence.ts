/** Evidence in plain sentences, made of clauses. */

/** The clauses as one sentence, each once. Names and versions at its beginning stay as they are written. */
export function sentence(clauses: readonly string[]): string {
  const [only = ''] = clauses;
  const text = clauses.length < 2 ? only : [...new Set(clauses)].join('; ');
  const capitalized = text.replace(/^[a-z](?=[a-z]*[ ,])/, (letter) => letter.toUpperCase());
  return `${capitalized}.`;
}

/** Of many clauses, the first few and how many more there are. */
export function few(clauses: readonly string[]): readonly string[] {
  const max = 3;
  if (clauses.length < 2) return clauses;
  const distinct = [...new Set(clauses)];
  const more = distinct.length - max;
  return more > 0 ? [...distinct.slice(0, max), `and ${more} more`] : distinct;
}

/** `a`, `a or b`, `a, b or c` */
export function inSeries(items: readonly string[], word: 'and' | 'or'): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** A number with its noun: `1 line`, `3 lines`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A foreign text as evidence quotes it: not endless. */
export function quoted(text: string): string {
  const max = 120;
  if (text.length <= max) return text;
  // Never half of a character that takes two units.
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
