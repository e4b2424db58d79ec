/**
 * Ranges in a form that an index finds: spans of text that sort byte by byte as versions do, within one subject such as a
 * product. A span holds every version of its interval and, at open bounds, one too many: `contains` is the exact test.
 */
import type { Range } from './range.ts';

/** Both ends inclusive, in the order of bytes. */
export interface Span {
  from: string;
  to: string;
}

/** A subject is a key of the contract, so it holds neither of these, which frame whatever stands behind it. */
const before = ' ';
const behind = '!';

/** One for each interval. Exceptions are not cut out of them. */
export function spansOf(range: Range, subject: string): Span[] {
  return range.intervals.map(({ from, to }) => ({
    from: from ? pointOf(from.version.sortKey, subject) : subject + before,
    to: to ? pointOf(to.version.sortKey, subject) : subject + behind,
  }));
}

/** Where a version stands among the spans of its subject. */
export function pointOf(sortKey: string, subject: string): string {
  return subject + before + sortKey;
}
