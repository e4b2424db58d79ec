/** Compares and moves instants, which are text everywhere and never a Date. */
import type { Instant } from './facts.ts';

/** Negative when `a` is the earlier one, zero when they are the same instant. */
export function compareInstants(a: Instant, b: Instant): number {
  const [left, right] = a.length === b.length ? [a, b] : [withFraction(a), withFraction(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether `a` is `b` or before it. */
export function notAfter(a: Instant, b: Instant): boolean {
  return compareInstants(a, b) <= 0;
}

/** Whether `a` lies before `b`. */
export function isBefore(a: Instant, b: Instant): boolean {
  return compareInstants(a, b) < 0;
}

/** The instant so many times 24 hours later, as precise as it was. */
export function addDays(instant: Instant, days: number): Instant {
  const seconds = new Date(Date.parse(`${instant.slice(0, 19)}Z`) + days * 86_400_000);
  return seconds.toISOString().slice(0, 19) + instant.slice(19);
}

/** From `a` to the later `b`, rounded up to whole milliseconds. */
export function millisecondsBetween(a: Instant, b: Instant): number {
  return Math.ceil((microseconds(b) - microseconds(a)) / 1000);
}

/** Since 1970; exact for some centuries. */
function microseconds(instant: Instant): number {
  const whole = withFraction(instant);
  return Date.parse(`${whole.slice(0, 19)}Z`) * 1000 + Number(whole.slice(20, 26));
}

/** As text, `.` sorts before `Z`: a whole second only compares once it has its six decimals too. */
function withFraction(instant: Instant): Instant {
  return instant.length === 20 ? `${instant.slice(0, 19)}.000000Z` : instant;
}
