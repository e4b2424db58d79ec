/** When something on the timeline happened, as precise as it is known. Pure. */
import { isInstant } from '../contract/instant.ts';
import type { TimelineEntry } from './record.ts';

type Precision = TimelineEntry['precision'];

/** `at` fits its precision. */
export type TimelineTime = Pick<TimelineEntry, 'at' | 'precision'>;

/** What to write instead, as a sentence; null where `at` fits its precision and really exists. */
export function timeFault({ at, precision }: TimelineTime): string | null {
  switch (precision) {
    case 'month':
      return isInstant(`${at}-01T00:00:00Z`)
        ? null
        : 'Write a year and a month, for example 2024-07, or choose another precision.';
    case 'day':
      return isInstant(`${at}T00:00:00Z`)
        ? null
        : 'Write a day of the calendar, for example 2024-07-19, or choose another precision.';
    default:
      return isInstant(at)
        ? null
        : 'Write an instant, for example 2024-07-19T04:09:00Z, or choose another precision.';
  }
}

/** The first instant that `at` may stand for, in milliseconds since 1970. */
export function startOf({ at }: TimelineTime): number {
  return Date.parse(at);
}

/** Length in seconds of what `at` may stand for; null where it has no time of day. */
export function precisionSeconds(precision: Precision): number | null {
  return { second: 1, minute: 60, hour: 3600, day: null, month: null }[precision];
}

/** The entry that comes first, by the first instant that each may stand for; on a tie, in the record's order. */
export function earliest<T extends TimelineTime>(entries: readonly T[]): T | null {
  return entries.reduce<T | null>(
    (first, entry) => (first === null || startOf(entry) < startOf(first) ? entry : first),
    null,
  );
}

/** The entry that comes last, likewise. */
export function latest<T extends TimelineTime>(entries: readonly T[]): T | null {
  return entries.reduce<T | null>(
    (last, entry) => (last === null || startOf(entry) > startOf(last) ? entry : last),
    null,
  );
}
