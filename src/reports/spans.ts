/** Spans of time in words. Pure. */

const units: readonly [word: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** The two largest units that count: `1 hour 18 minutes`, `10 days 20 hours`. Whole seconds. */
export function spanInWords(seconds: number): string {
  const first = units.findIndex(([, length]) => seconds >= length);
  if (first === -1) return 'no time at all';
  let rest = seconds;
  const parts: string[] = [];
  for (const [word, length] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${word}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ');
}
