/** Durations as people write them on a command line. */

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Milliseconds of `90s`, `10m`, `1h` or `7d`, null for anything else: a bare number does not say of what. */
export function readDuration(text: string): number | null {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return number === undefined
    ? null
    : Number(number) * seconds[unit as keyof typeof seconds] * 1000;
}
