/** Cursors: a place in a list, written so that nobody is tempted to read it. */
import { isInstant } from './instant.ts';
import { invalidRequest, type ProblemAnswer } from './problems.ts';
import { utcInstant } from './utc-instant.ts';

/** What a list is ordered by: the values of its last item in this order are where the next page begins. */
export type CursorPart = 'text' | 'integer' | 'instant';

export type CursorPosition<Parts extends readonly CursorPart[]> = {
  -readonly [I in keyof Parts]: Parts[I] extends 'integer' ? number : string;
};

export type CursorReading<Parts extends readonly CursorPart[]> =
  | { kind: 'start' }
  | { kind: 'after'; position: CursorPosition<Parts> }
  | { kind: 'bad' };

const version = 1;

/** Opaque, safe in an address. */
export function writeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([version, ...position])).toString('base64url');
}

/**
 * Where the page begins. `bad` is a cursor that this list never gave (answer `badCursor`): the parts are checked, so
 * that a made-up one never reaches the database.
 */
export function readCursor<const Parts extends readonly CursorPart[]>(
  cursor: string | undefined,
  parts: Parts,
): CursorReading<Parts> {
  if (cursor === undefined) return { kind: 'start' };
  const written = parse(cursor);
  if (!Array.isArray(written) || written[0] !== version || written.length !== parts.length + 1) {
    return { kind: 'bad' };
  }
  const position = written.slice(1);
  return position.every((value, index) => isOfPart(value, parts[index]))
    ? { kind: 'after', position: position as CursorPosition<Parts> }
    : { kind: 'bad' };
}

/** The 400 for a cursor that this list never gave. */
export function badCursor(): ProblemAnswer<'invalid-request'> {
  return invalidRequest([
    { parameter: 'cursor', detail: 'is none that this list gave; start again without it' },
  ]);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

function isOfPart(value: unknown, part: CursorPart | undefined): boolean {
  if (part === 'integer') return Number.isSafeInteger(value);
  if (typeof value !== 'string' || value.includes('\0')) return false;
  // In the one form that lists give; the databases do not take every offset that RFC 3339 has.
  return part === 'text' || (isInstant(value) && utcInstant(value) === value);
}
