/**
 * Ranges as OSV writes them: lists of events, each of which affects from `introduced` on, until before `fixed` or through
 * `last_affected` (OSV 1.6, "affected[].ranges[].events field"). `introduced: "0"` is before every version.
 *
 * Not every range can be said so. What cannot is a fault that names the part of the range.
 */
import { covers, type Interval } from './interval.ts';
import { encodeVersion } from './percent-encoding.ts';
import type { Range } from './range.ts';
import type { Scheme } from './scheme.ts';
import type { Version } from './version.ts';

export type OsvEvent =
  | { readonly introduced: string }
  | { readonly fixed: string }
  | { readonly last_affected: string };

/** One of an advisory's `ranges`; all of them together are the range. */
export interface OsvRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM';
  readonly events: readonly OsvEvent[];
}

export type OsvRanges =
  | { readonly ok: true; readonly ranges: readonly OsvRange[] }
  /** `part` is the part of the range that OSV has no word for. */
  | { readonly ok: false; readonly part: string; readonly reason: string };

/**
 * At most two: OSV allows `fixed` and `last_affected` in different ranges only, so that intervals with the one and with the
 * other stand apart. Those that end nowhere stand with either.
 */
export function osvRangesOf(range: Range): OsvRanges {
  const fault = findUnsayable(range);
  if (fault !== null) return { ok: false, ...fault };
  const type = range.scheme === 'semver' ? 'SEMVER' : 'ECOSYSTEM';
  const closed = range.intervals.filter(({ to }) => to?.inclusive === true);
  const others = range.intervals.filter(({ to }) => to?.inclusive !== true);
  // An interval without an end belongs to the last list, whichever that is.
  const lists =
    closed.length > 0 && others.every(({ to }) => to === null)
      ? [range.intervals]
      : [others, closed];
  return {
    ok: true,
    ranges: lists
      .filter((intervals) => intervals.length > 0)
      .map((intervals) => ({ type, events: intervals.flatMap(eventsOf) })),
  };
}

function eventsOf({ from, to }: Interval): OsvEvent[] {
  const introduced = { introduced: from === null ? beforeAll : from.version.text };
  if (to === null) return [introduced];
  return [
    introduced,
    to.inclusive ? { last_affected: to.version.text } : { fixed: to.version.text },
  ];
}

/** What OSV writes for a range without a beginning. */
export const beforeAll = '0';

function findUnsayable({
  scheme,
  intervals,
  exceptions,
}: Range): { part: string; reason: string } | null {
  // One that lies in no interval excludes nothing.
  const exception = exceptions.find((one) => intervals.some((interval) => covers(interval, one)));
  if (exception) {
    const reason = `OSV cannot except ${exception.text} from a range. Split the range around it, where its neighbours are known.`;
    return { part: `!=${encodeVersion(exception.text)}`, reason };
  }
  for (const { from, to } of intervals) {
    if (from !== null && !from.inclusive) {
      const reason = `In OSV a range begins with an affected version, and ${from.version.text} is not. Begin with the first version behind it.`;
      return { part: `>${encodeVersion(from.version.text)}`, reason };
    }
    const build = [from?.version, to?.version].find((version) => version?.build);
    if (build) {
      const reason = `OSV orders versions, and build metadata has no order: ${build.text} alone cannot be said.`;
      return { part: encodeVersion(build.text), reason };
    }
    if (from !== null && from.version.text === beforeAll && !isLeast(scheme, from.version)) {
      const reason =
        "OSV takes '0' for everything before the first version, and here it is a version. There is no other way to write it.";
      return { part: from.version === to?.version ? beforeAll : `>=${beforeAll}`, reason };
    }
  }
  return null;
}

/** Whether nothing comes before it, so that both ways to read it mean the same. */
function isLeast(scheme: Scheme, { sortKey }: Version): boolean {
  return scheme === 'intdot' && sortKey === '';
}
