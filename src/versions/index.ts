/** Version orders and VERS ranges. Pure: it imports nothing of the project. */

export type { Comparator, Constraint } from './constraint.ts';
export { includesRange } from './inclusion.ts';
export type { Bound, Interval } from './interval.ts';
export { type OsvAffected, type OsvReading, rangeOfOsv } from './osv-events.ts';
export { type OsvEvent, type OsvRange, type OsvRanges, osvRangesOf } from './osv-ranges.ts';
export {
  checkRange,
  contains,
  containsVersion,
  type ParsedRange,
  parseRange,
  printRange,
  type Range,
} from './range.ts';
export {
  checkVersion,
  compareVersions,
  isScheme,
  readVersion,
  type Scheme,
  schemes,
} from './scheme.ts';
export { pointOf, type Span, spansOf } from './span.ts';
export type { Fault, Reading, Version } from './version.ts';
