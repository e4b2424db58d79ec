/** Several things in one sentence. */

/** `a`, `a or b`, `a, b or c` */
export function inSeries(items: readonly string[], word: 'and' | 'or'): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}
