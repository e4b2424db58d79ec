/** Whether a release's version lies in a recorded range. */
import {
  compareVersions,
  contains,
  includesRange,
  parseRange,
  type Range,
} from '../versions/index.ts';
import type { ProductFact, VersRange } from './facts.ts';

/** In the order of the range's scheme. Ranges are checked against their product when they are recorded. */
export function liesIn(version: string, range: VersRange): boolean {
  return contains(read(range), version);
}

/** The same for a range that may be written for another product's versions: those have no place in it. */
export function placeIn(
  version: string,
  scheme: ProductFact['versionScheme'],
  text: VersRange,
): 'inside' | 'outside' | 'other_scheme' {
  const range = read(text);
  if (range.scheme !== scheme) return 'other_scheme';
  return contains(range, version) ? 'inside' : 'outside';
}

/** Whether every version of the inner range lies in the outer one. Ranges of two schemes share none. */
export function includes(outer: VersRange, inner: VersRange): boolean {
  return includesRange(read(outer), read(inner));
}

/** Whether every version there can be lies in it: `vers:intdot/*`. */
export function isUnbounded(range: VersRange): boolean {
  return read(range).constraints.length === 0;
}

/** Whether a text from elsewhere is a range at all. */
export function isRange(text: string): boolean {
  return parseRange(text).ok;
}

/** Whether the version is newer than the oldest one in the range, which may have no oldest one. */
export function liesBehindStart(version: string, range: VersRange): boolean {
  const { scheme, intervals } = read(range);
  return intervals.some(
    ({ from }) => from === null || compareVersions(scheme, version, from.version.text) > 0,
  );
}

/** Whether `a` is newer than `b`, in the order of the range's scheme. */
export function isNewer(a: string, b: string, range: VersRange): boolean {
  return compareVersions(read(range).scheme, a, b) > 0;
}

/** A range reads the same every time, and the same few are judged again and again. */
const alreadyRead = new Map<VersRange, Range>();
const alreadyReadMax = 10_000;

function read(text: VersRange): Range {
  const known = alreadyRead.get(text);
  if (known) return known;
  const parsed = parseRange(text);
  if (!parsed.ok) {
    throw new Error(`A recorded range cannot be read: ${text}, at ${parsed.position}`);
  }
  if (alreadyRead.size >= alreadyReadMax) alreadyRead.clear();
  alreadyRead.set(text, parsed.range);
  return parsed.range;
}
