/** What an edit and a publication mean for what customers read. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { includesRange, parseRange } from '../versions/index.ts';
import type { IncidentRecord, IncidentStatus, InvolvedDriver } from './record.ts';

/** Everything of a record that its public report shows, in any form that can be compared; nothing else. */
export type PublicPartsOf = (record: IncidentRecord) => unknown;

export function publicProjectionChanged(
  before: IncidentRecord,
  after: IncidentRecord,
  publicParts: PublicPartsOf,
): boolean {
  return !isDeepStrictEqual(publicParts(before), publicParts(after));
}

/**
 * How a record stands after an edit. A change that no customer could see leaves a published record published, unless it
 * lets go of a check or of a driver's version, which may be tied to it internally; every other one has to be agreed to
 * again.
 */
export function statusAfterEdit(
  { status, record }: { status: Exclude<IncidentStatus, 'withdrawn'>; record: IncidentRecord },
  after: IncidentRecord,
  publicParts: PublicPartsOf,
): 'draft' | 'published' {
  if (status !== 'published') return 'draft';
  const mustBeAgreedTo =
    publicProjectionChanged(record, after, publicParts) ||
    letsGoOfCheck(record, after) ||
    letsGoOfDriver(record, after);
  return mustBeAgreedTo ? 'draft' : 'published';
}

function letsGoOfCheck(before: IncidentRecord, after: IncidentRecord): boolean {
  const kept = new Set(after.checks.map(({ check }) => check));
  return before.checks.some(({ check }) => !kept.has(check));
}

/** Checks may take their variants from drivers, and would be asked for fewer of them. */
function letsGoOfDriver(before: IncidentRecord, after: IncidentRecord): boolean {
  return before.drivers.some((part) => !after.drivers.some((kept) => speaksOf(kept, part)));
}

/** Whether it speaks of every version that the part speaks of. */
function speaksOf(kept: InvolvedDriver, part: InvolvedDriver): boolean {
  if (kept.driver !== part.driver || kept.versionOf !== part.versionOf) return false;
  if (kept.versions === null || kept.versions === part.versions) return true;
  if (part.versions === null) return false;
  const [outer, inner] = [parseRange(kept.versions), parseRange(part.versions)];
  return outer.ok && inner.ok && includesRange(outer.range, inner.range);
}

/** What publishing does. `unexplained`: it would be a correction, and nobody said why. */
export type Publication =
  | { kind: 'first' }
  | { kind: 'alike' }
  | { kind: 'correction'; reason: string }
  | { kind: 'unexplained' };

/** `published` is the record that customers read until now, null where there is none. */
export function publicationOf(
  published: IncidentRecord | null,
  {
    after,
    note,
    publicParts,
  }: {
    after: IncidentRecord;
    note: string | null;
    publicParts: PublicPartsOf;
  },
): Publication {
  if (published === null) return { kind: 'first' };
  if (!publicProjectionChanged(published, after, publicParts)) return { kind: 'alike' };
  return note === null ? { kind: 'unexplained' } : { kind: 'correction', reason: note };
}
