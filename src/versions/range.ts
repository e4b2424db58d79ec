/** VERS ranges of the product's schemes: parse, print, contains. */
import { type Comparator, type Constraint, findDisorder, isBound } from './constraint.ts';
import { covers, type Interval, names, toIntervals } from './interval.ts';
import { decodeVersion, encodeVersion } from './percent-encoding.ts';
import { isScheme, readableVersion, readWholeVersion, type Scheme, schemes } from './scheme.ts';
import { type Fault, fault, type Version } from './version.ts';

/** A range as it was written, and what it means. */
export interface Range {
  readonly scheme: Scheme;
  /** In their order; empty for `*`. */
  readonly constraints: readonly Constraint[];
  /** In order, without overlap. */
  readonly intervals: readonly Interval[];
  /** Versions that the range excludes, wherever its intervals lie. */
  readonly exceptions: readonly Version[];
}

export type ParsedRange = { readonly ok: true; readonly range: Range } | Fault;

/**
 * Reads a range in canonical form, such as `vers:intdot/>=1.2|<2.0`, and refuses any other text
 * with the position of its first fault. Versions keep their spelling: `1.0` may be written `1`.
 */
export function parseRange(text: string): ParsedRange {
  const foreign = text.search(/[^!-~]/);
  if (foreign !== -1) return fault(foreign, foreignCharacterReason(text.charAt(foreign)));

  const prefix = 'vers:';
  if (!text.startsWith(prefix)) return fault(0, 'Begin with vers:, as in vers:intdot/>=1.2|<2.0.');
  const slash = text.indexOf('/');
  const scheme = text.slice(prefix.length, slash === -1 ? undefined : slash);
  if (!isScheme(scheme)) return fault(prefix.length, `Name a scheme: ${schemes.join(', ')}.`);
  if (slash === -1) return fault(text.length, 'Add / and a constraint, or /* for every version.');

  const start = slash + 1;
  if (text.slice(start) === '*') return { ok: true, range: toRange(scheme, []) };
  if (start === text.length) return fault(start, 'Add a constraint, or * for every version.');
  return parseConstraints(scheme, text, start);
}

/** `parseRange`, for a range that must speak of versions of this scheme. */
export function checkRange(scheme: Scheme, text: string): ParsedRange {
  const parsed = parseRange(text);
  if (!parsed.ok || parsed.range.scheme === scheme) return parsed;
  return fault('vers:'.length, `Write the range as vers:${scheme}/…: the versions are ${scheme}.`);
}

/** The text that `parseRange` reads as this range. */
export function printRange({ scheme, constraints }: Range): string {
  const parts = constraints.map(
    ({ comparator, version }) =>
      `${comparator === '=' ? '' : comparator}${encodeVersion(version.text)}`,
  );
  return `vers:${scheme}/${parts.length === 0 ? '*' : parts.join('|')}`;
}

/** Whether the version lies in the range. Throws where `readVersion` refuses it in the range's scheme. */
export function contains(range: Range, version: string): boolean {
  return containsVersion(range, readableVersion(range.scheme, version));
}

/** The same of a version that was read in the range's scheme. */
export function containsVersion(range: Range, asked: Version): boolean {
  return (
    range.intervals.some((interval) => covers(interval, asked)) &&
    !range.exceptions.some((exception) => names(exception, asked))
  );
}

function parseConstraints(scheme: Scheme, text: string, start: number): ParsedRange {
  const constraints: Constraint[] = [];
  const positions: number[] = [];
  let position = start;
  for (const part of text.slice(start).split('|')) {
    if (part === '') {
      return fault(
        Math.min(position, text.length - 1),
        'Take this | out, or put a constraint on either side of it.',
      );
    }
    const parsed = parseConstraint(scheme, part);
    if (!parsed.ok) return fault(position + parsed.position, parsed.reason);
    constraints.push(parsed.constraint);
    positions.push(position);
    position += part.length + 1;
  }
  const disorder = findDisorder(constraints);
  if (disorder !== null) return fault(positions[disorder.index] ?? start, disorder.reason);
  return { ok: true, range: toRange(scheme, constraints) };
}

function parseConstraint(
  scheme: Scheme,
  part: string,
): { ok: true; constraint: Constraint } | Fault {
  if (part.startsWith('*')) return fault(0, `Write * alone: vers:${scheme}/*.`);
  if (part.startsWith('=')) return fault(0, 'Take the = out: a version alone means equal.');
  const sign = /^(?:>=|<=|!=|<|>)/.exec(part)?.[0] ?? '';
  const comparator = (sign || '=') as Comparator;
  if (part === sign) return fault(sign.length, `Put a version after ${sign}.`);

  const decoded = decodeVersion(part.slice(sign.length));
  if (!decoded.ok) return fault(sign.length + decoded.position, decoded.reason);
  const reading = readWholeVersion(scheme, decoded.text);
  if (!reading.ok) {
    const before = encodeVersion(decoded.text.slice(0, reading.position));
    return fault(sign.length + before.length, reading.reason);
  }
  const { version } = reading;
  if (isBound(comparator) && version.build !== null) {
    return fault(
      part.indexOf('+'),
      'Take the build metadata out, which does not order; name single builds alone or with !=.',
    );
  }
  return { ok: true, constraint: { comparator, version } };
}

function toRange(scheme: Scheme, constraints: readonly Constraint[]): Range {
  const exceptions = constraints.filter(({ comparator }) => comparator === '!=');
  return {
    scheme,
    constraints,
    intervals: toIntervals(constraints),
    exceptions: exceptions.map(({ version }) => version),
  };
}

function foreignCharacterReason(character: string): string {
  return /\s/.test(character)
    ? 'Take the white space out; a space inside a version is written %20.'
    : 'Percent-encode what is not printable ASCII, as UTF-8: é is written %C3%A9.';
}
