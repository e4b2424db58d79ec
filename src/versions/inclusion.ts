/** Whether every version of one range lies in another. */
import { type Bound, covers, type Interval, names } from './interval.ts';
import type { Range } from './range.ts';
import type { Version } from './version.ts';

/**
 * True only where `outer` holds every version that `inner` holds. Never true where it does not; a range that holds the
 * same versions in another way may be missed.
 */
export function includesRange(outer: Range, inner: Range): boolean {
  return (
    outer.scheme === inner.scheme &&
    inner.intervals.every((part) => outer.intervals.some((whole) => spans(whole, part))) &&
    outer.exceptions.every((exception) => isOutside(exception, inner))
  );
}

function spans(whole: Interval, part: Interval): boolean {
  return (
    reaches(whole.from, part.from, (a, b) => a < b) && reaches(whole.to, part.to, (a, b) => a > b)
  );
}

/** Whether the bound of the whole lies as far out as the bound of the part. `isOuter` compares sort keys. */
function reaches(
  whole: Bound | null,
  part: Bound | null,
  isOuter: (whole: string, part: string) => boolean,
): boolean {
  if (whole === null) return true;
  if (part === null) return false;
  const { version } = whole;
  if (isOuter(version.sortKey, part.version.sortKey)) return true;
  if (version.sortKey !== part.version.sortKey) return false;
  return whole.inclusive ? names(version, part.version) : !part.inclusive;
}

/** Whether the range holds nothing of what an exception names: with build metadata one build, without it all of them. */
function isOutside(exception: Version, { intervals, exceptions }: Range): boolean {
  if (exceptions.some((other) => names(other, exception))) return true;
  return !intervals.some((interval) => covers(interval, exception) || endsOn(interval, exception));
}

/** An interval of a single build is covered by no bare version, and yet is named by it. */
function endsOn({ from }: Interval, exception: Version): boolean {
  return from?.inclusive === true && names(exception, from.version);
}
