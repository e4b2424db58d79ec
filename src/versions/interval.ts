/** What the constraints of a range mean: intervals, and exceptions to them. */
import { type Constraint, isBound } from './constraint.ts';
import type { Version } from './version.ts';

export interface Bound {
  readonly version: Version;
  readonly inclusive: boolean;
}

/**
 * From one bound to another; null where it is open on that side. A single version is an interval
 * from itself to itself, both inclusive; where it carries semver build metadata, that build alone.
 */
export interface Interval {
  readonly from: Bound | null;
  readonly to: Bound | null;
}

/**
 * The intervals of canonical constraints, in order and without overlap. Constraints that only
 * exclude, and none at all (`*`), start from every version. A bound without a partner is open on
 * its other side: the published algorithm compares pairs only and loses it (vers-spec#54).
 */
export function toIntervals(constraints: readonly Constraint[]): Interval[] {
  const including = constraints.filter(({ comparator }) => comparator !== '!=');
  if (including.length === 0) return [{ from: null, to: null }];

  const intervals: Interval[] = [];
  let from: Bound | null = null;
  for (const { comparator, version } of including) {
    const bound = { version, inclusive: comparator.endsWith('=') };
    if (!isBound(comparator)) {
      intervals.push({ from: bound, to: bound });
    } else if (comparator.startsWith('>')) {
      from = bound;
    } else {
      intervals.push({ from, to: bound });
      from = null;
    }
  }
  if (from !== null) intervals.push({ from, to: null });
  return intervals;
}

/** Whether the version lies in the interval. */
export function covers({ from, to }: Interval, asked: Version): boolean {
  return (
    (from === null ||
      asked.sortKey > from.version.sortKey ||
      (from.inclusive && names(from.version, asked))) &&
    (to === null ||
      asked.sortKey < to.version.sortKey ||
      (to.inclusive && names(to.version, asked)))
  );
}

/**
 * Whether a version written in a range means the one asked about. Build metadata does not order,
 * so `1.2.3` means all its builds, and `1.2.3+b` only that one: `!=1.2.3+b` spares a single build.
 */
export function names(written: Version, asked: Version): boolean {
  return (
    written.sortKey === asked.sortKey && (written.build === null || written.build === asked.build)
  );
}
