/** Durations as people write them on a command line, and instants told by them. */

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Milliseconds of `90s`, `10m`, `1h` or `7d`, null for anything else: a bare number does not say of what. */
export function readDuration(text: string): number | null {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return number === undefined
    ? null
    : Number(number) * seconds[unit as keyof typeof seconds] * 1000;
}

/** The instant that lies as far ahead of `now` as a duration says; any other text as it is. */
export function instantAhead(text: string, now = new Date()): string {
  const milliseconds = readDuration(text);
  if (milliseconds === null) return text;
  return new Date(now.getTime() + milliseconds).toISOString();
}
