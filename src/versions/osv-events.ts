/** What OSV says of a package, lists of events and single versions, read as one range; `osv-ranges.ts` has what events mean. */
import { beforeAll } from './osv-ranges.ts';
import { encodeVersion } from './percent-encoding.ts';
import { parseRange, type Range } from './range.ts';
import { readWholeVersion, type Scheme } from './scheme.ts';
import type { Fault, Version } from './version.ts';

export type OsvReading =
  | { readonly ok: true; readonly range: Range }
  /** `place` is a JSON pointer into what was given. */
  | { readonly ok: false; readonly place: string; readonly reason: string };

/** One of an advisory's `affected`: a version is affected where a range holds it, or where it is listed. */
export interface OsvAffected {
  readonly ranges: readonly { readonly events: readonly unknown[] }[];
  readonly versions?: readonly unknown[];
}

/** The range, in canonical form, of everything that is affected. */
export function rangeOfOsv(scheme: Scheme, { ranges, versions = [] }: OsvAffected): OsvReading {
  const spans: Span[] = [];
  for (const [index, { events }] of ranges.entries()) {
    const read = spansOf(scheme, events, `/ranges/${index}/events`);
    if ('reason' in read) return { ok: false, ...read };
    spans.push(...read.spans);
  }
  for (const [index, text] of versions.entries()) {
    const version = versionOf(scheme, text, 'a version');
    if (typeof version === 'string') {
      return { ok: false, place: `/versions/${index}`, reason: version };
    }
    spans.push({ from: version, to: { version, inclusive: true } });
  }
  if (spans.length === 0) {
    return {
      ok: false,
      place: '',
      reason: "Nothing is affected: add a range that begins with 'introduced', or versions.",
    };
  }
  const parsed = parseRange(`vers:${scheme}/${written(united(spans))}`);
  if (!parsed.ok) throw new Error(`Events were read as a range that is none: ${parsed.reason}`);
  return { ok: true, range: parsed.range };
}

/** From a version on, null from the beginning; to null for ever. */
interface Span {
  from: Version | null;
  to: { version: Version; inclusive: boolean } | null;
}

interface Mark {
  kind: 'introduced' | 'fixed' | 'last_affected';
  /** Null for `introduced: "0"`. */
  version: Version | null;
}

type PlacedFault = { place: string; reason: string };

function spansOf(
  scheme: Scheme,
  events: readonly unknown[],
  at: string,
): { spans: Span[] } | PlacedFault {
  const marks: Mark[] = [];
  for (const [index, event] of events.entries()) {
    const mark = markOf(scheme, event);
    if (typeof mark === 'string') return { place: `${at}/${index}`, reason: mark };
    marks.push(mark);
  }
  if (!marks.some(({ kind }) => kind === 'introduced')) {
    return { place: at, reason: "Add an event 'introduced': OSV asks for one in every range." };
  }
  return { spans: affectedBy(marks) };
}

/** What begins at one version does not end there, unless nothing that began before can end there instead. */
function affectedBy(marks: readonly Mark[]): Span[] {
  const spans: Span[] = [];
  let open = null as { from: Version | null } | null;
  const end = (version: Version, inclusive: boolean) => {
    if (open !== null) spans.push({ from: open.from, to: { version, inclusive } });
    open = null;
  };
  for (const { version, counts } of byVersion(marks)) {
    if (version !== null && counts.fixed > 0) end(version, false);
    const isOpen = open !== null;
    if (version !== null && counts.last_affected > 0) end(version, true);
    if (counts.introduced === 0) continue;
    // One that was introduced already stays so.
    open ??= { from: version };
    if (version !== null && counts.last_affected > (isOpen ? 1 : 0)) end(version, true);
  }
  if (open !== null) spans.push({ from: open.from, to: null });
  return spans;
}

/** A sentence where it is no event of these. */
function markOf(scheme: Scheme, event: unknown): Mark | string {
  const fields = typeof event === 'object' && event !== null ? Object.entries(event) : [];
  const [field, ...others] = fields;
  if (!field || others.length > 0)
    return 'An event has one field: introduced, fixed or last_affected.';
  const [kind, text] = field;
  if (kind !== 'introduced' && kind !== 'fixed' && kind !== 'last_affected') {
    return `Nothing is known of an event '${kind}': introduced, fixed and last_affected can be read.`;
  }
  if (kind === 'introduced' && text === beforeAll) return { kind, version: null };
  const version = versionOf(scheme, text, `the version of '${kind}'`);
  return typeof version === 'string' ? version : { kind, version };
}

/** A sentence where it is none that a range can begin or end with. */
function versionOf(scheme: Scheme, text: unknown, words: string): Version | string {
  if (typeof text !== 'string') return `Write ${words} as text.`;
  const reading = readWholeVersion(scheme, text);
  if (!reading.ok) return `'${text}' is no ${scheme} version: ${reason(reading)}`;
  if (reading.version.build === null) return reading.version;
  return `Take the build metadata out of '${text}': it has no order, so that no range begins or ends with it.`;
}

function reason({ position, reason: why }: Fault): string {
  return `character ${position + 1}: ${why}`;
}

/** How many events of each kind there are at one version. */
interface Marked {
  version: Version | null;
  counts: Record<Mark['kind'], number>;
}

/** In order, each version once. */
function byVersion(marks: readonly Mark[]): Marked[] {
  const found = new Map<string | null, Marked>();
  for (const { kind, version } of marks) {
    const key = version === null ? null : version.sortKey;
    const marked = found.get(key) ?? {
      version,
      counts: { introduced: 0, fixed: 0, last_affected: 0 },
    };
    marked.counts[kind] += 1;
    found.set(key, marked);
  }
  return [...found.values()].sort(({ version: a }, { version: b }) => {
    if (a === null || b === null) return Number(b === null) - Number(a === null);
    return a.sortKey < b.sortKey ? -1 : 1;
  });
}

/** In order, without overlap; those that touch are one. */
function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted(byBeginning)) {
    const last = result.at(-1);
    if (last === undefined || !reaches(last, span)) result.push(span);
    else if (endsBefore(last, span)) result[result.length - 1] = { from: last.from, to: span.to };
  }
  return result;
}

function byBeginning(a: Span, b: Span): number {
  if (a.from === null || b.from === null) return Number(b.from === null) - Number(a.from === null);
  return a.from.sortKey < b.from.sortKey ? -1 : a.from.sortKey > b.from.sortKey ? 1 : 0;
}

/** Whether the next one, which begins no earlier, begins within this one or right behind it. */
function reaches({ to }: Span, { from }: Span): boolean {
  return to === null || from === null || from.sortKey <= to.version.sortKey;
}

function endsBefore({ to: a }: Span, { to: b }: Span): boolean {
  if (a === null) return false;
  if (b === null || a.version.sortKey < b.version.sortKey) return true;
  return a.version.sortKey === b.version.sortKey && !a.inclusive && b.inclusive;
}

function written(spans: readonly Span[]): string {
  const parts = spans.flatMap(({ from, to }) => {
    const begin = from === null ? null : encodeVersion(from.text);
    const end = to === null ? null : encodeVersion(to.version.text);
    if (to !== null && from !== null && from.sortKey === to.version.sortKey) return [begin];
    return [
      begin === null ? null : `>=${begin}`,
      end === null ? null : `${to?.inclusive ? '<=' : '<'}${end}`,
    ];
  });
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? '*' : said.join('|');
}
