/** Ranges of versions as a sentence says them. Pure. */
import { type Bound, type Interval, parseRange } from '../versions/index.ts';
import { inSeries } from './series.ts';

/** `versions from 7.11, before 7.16`. Takes a valid range in VERS notation, as records hold them. */
export function rangeInWords(range: string): string {
  const parsed = parseRange(range);
  if (!parsed.ok) throw new Error(`${range} is no range: ${parsed.reason}`);
  const { intervals, exceptions } = parsed.range;
  // Semicolons, because the parts have commas of their own.
  const included = intervals.map(intervalInWords).join('; and ');
  if (exceptions.length === 0) return included;
  const names = exceptions.map(({ text }) => text);
  return `${included}, except ${inSeries(names, 'and')}`;
}

/** To begin a sentence with. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function intervalInWords({ from, to }: Interval): string {
  if (from === null) return to === null ? 'every version' : `every version ${untilInWords(to)}`;
  if (to === null) {
    return from.inclusive
      ? `version ${from.version.text} and every later one`
      : `every version after ${from.version.text}`;
  }
  if (from.version === to.version) return `version ${from.version.text}`;
  const since = from.inclusive ? 'from' : 'after';
  const comma = to.inclusive ? '' : ',';
  return `versions ${since} ${from.version.text}${comma} ${untilInWords(to)}`;
}

function untilInWords({ version, inclusive }: Bound): string {
  return inclusive ? `up to and including ${version.text}` : `before ${version.text}`;
}
