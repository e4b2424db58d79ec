/** Preconditions on revisions: `ETag`, `If-Match` and `If-None-Match` (RFC 9110 §8.8.3, §13.1). */
import { createHash } from 'node:crypto';

/** The strong entity tag of a revision: `"3"`. */
export function etag(revision: string | number): string {
  return `"${revision}"`;
}

/** That of an answer without a revision of its own, by its text: it moves with everything that is shown. */
export function etagOfText(text: string): string {
  return etag(createHash('sha256').update(text).digest('base64url').slice(0, 27));
}

/**
 * Whether a change may go on. `current` is null where the thing does not exist, which no `If-Match` meets.
 * Tags are compared strongly: a weak one, `W/"3"`, meets nothing.
 */
export function checkIfMatch(
  header: string | undefined,
  current: string | null,
): 'ok' | 'missing' | 'stale' {
  if (header === undefined) return 'missing';
  if (current === null) return 'stale';
  return header.trim() === '*' || tagsOf(header).includes(current) ? 'ok' : 'stale';
}

/** Whether the reader has this already, by `If-None-Match`: answer `notModified(current)` then. Compared weakly. */
export function isUnchanged(header: string | undefined, current: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return tagsOf(header).some((tag) => tag.replace(/^W\//, '') === current.replace(/^W\//, ''));
}

/** The 304 of a conditional read. */
export function notModified(current: string): { status: 304; headers: { ETag: string } } {
  return { status: 304, headers: { ETag: current } };
}

/** `"1", W/"2"` as its tags; what is not a tag in quotes is left out. */
function tagsOf(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
