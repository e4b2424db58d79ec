/** Keeps text that came from elsewhere from speaking to the terminal. */

/**
 * The same value, where every string has lost its control characters, except for line ends and tabs, and the marks that
 * turn the direction of text. They could move the cursor, change colours, or hide what stands there.
 */
export function printable<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/\r\n/g, '\n').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, shown);
  }
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [clean(name), clean(of)]));
}

function shown(character: string): string {
  return character === '\n' || character === '\t' ? character : '\ufffd';
}
