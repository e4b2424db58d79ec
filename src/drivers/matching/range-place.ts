/** Where a version lies in a range, in words with the numbers. */
import {
  type Bound,
  checkVersion,
  containsVersion,
  type Interval,
  parseRange,
  type Range,
  readVersion,
  type Scheme,
  type Version,
} from '../../versions/index.ts';
import { inSeries } from './sentence.ts';

/** A range that is asked again and again. */
export interface RecordedRange {
  readonly scheme: Scheme;
  /** Whether every version there can be lies in it. */
  readonly unbounded: boolean;
  /** Null where the text cannot be read as a version in the scheme. */
  place(version: string): Place | null;
  /** Whether the text is a version in the scheme from its beginning to its end. */
  isWhole(version: string): boolean;
}

export interface Place {
  readonly inside: boolean;
  /** Such as `10.29.0.5152 lies in 10.29.0.0 to 10.29.0.5152`. */
  readonly clause: string;
}

/**
 * A range that is read when it is first asked, since most of a catalogue speaks of what no machine of the moment has.
 * Throws then where it cannot be read: what is recorded has been checked.
 */
export function recordRange(text: string): RecordedRange {
  return new UnreadRange(text);
}

/** A class, because there are a hundred thousand of them. */
class UnreadRange implements RecordedRange {
  readonly #text: string;
  #read: RecordedRange | null = null;
  #last: { version: string; place: Place | null } | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  get scheme(): Scheme {
    return this.#range().scheme;
  }

  get unbounded(): boolean {
    return this.#range().unbounded;
  }

  /** Many incidents of a product share a range, and are asked about the same machine one after the other. */
  place(version: string): Place | null {
    if (this.#last?.version !== version) {
      this.#last = { version, place: this.#range().place(version) };
    }
    return this.#last.place;
  }

  isWhole(version: string): boolean {
    return this.#range().isWhole(version);
  }

  #range(): RecordedRange {
    this.#read ??= readRange(this.#text);
    return this.#read;
  }
}

function readRange(text: string): RecordedRange {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`A recorded range cannot be read: ${text}: ${parsed.reason}`);
  const { range } = parsed;
  let words: string | null = null;
  return {
    scheme: range.scheme,
    unbounded: range.constraints.length === 0,
    isWhole: (version) => checkVersion(range.scheme, version).ok,
    place(version) {
      const read = readVersion(range.scheme, version);
      if (!read.ok) return null;
      if (containsVersion(range, read.version)) {
        return { inside: true, clause: inside(range, read.version) };
      }
      words ??= outsideInWords(range);
      return { inside: false, clause: `${version} ${words}` };
    },
  };
}

function inside(range: Range, version: Version): string {
  const { intervals } = range;
  const covers = (interval: Interval) =>
    containsVersion({ ...range, intervals: [interval] }, version);
  const interval = (intervals.length === 1 ? intervals[0] : intervals.find(covers)) as Interval;
  return isSingle(interval)
    ? `${version.text} is the recorded version ${intervalInWords(interval)}`
    : `${version.text} lies in ${intervalInWords(interval)}`;
}

function outsideInWords({ intervals, exceptions }: Range): string {
  const [only] = intervals;
  const single = intervals.length === 1 && only !== undefined && isSingle(only);
  const words = single ? `is not ${intervalInWords(only)}` : `lies outside ${someOf(intervals)}`;
  if (exceptions.length === 0) return words;
  return `${words}, or is excepted with ${shortened(exceptions.map(({ text }) => text))}`;
}

function someOf(intervals: readonly Interval[]): string {
  return shortened(intervals.map(intervalInWords));
}

function shortened(words: readonly string[]): string {
  const max = 3;
  const more = words.length - max;
  return inSeries(more > 0 ? [...words.slice(0, max), `${more} more`] : words, 'and');
}

function intervalInWords(interval: Interval): string {
  const { from, to } = interval;
  if (from === null) return to === null ? 'every version' : `everything ${untilInWords(to)}`;
  if (to === null) {
    const { text } = from.version;
    return from.inclusive ? `${text} and later` : `everything after ${text}`;
  }
  if (isSingle(interval)) return from.version.text;
  if (!from.inclusive) return `everything after ${from.version.text} ${untilInWords(to)}`;
  return to.inclusive
    ? `${from.version.text} to ${to.version.text}`
    : `${from.version.text} ${untilInWords(to)}`;
}

function untilInWords({ version, inclusive }: Bound): string {
  return inclusive
    ? `up to and including ${version.text}`
    : `up to, not including, ${version.text}`;
}

function isSingle({ from, to }: Interval): boolean {
  return from !== null && from.version === to?.version;
}
