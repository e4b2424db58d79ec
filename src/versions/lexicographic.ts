/** lexicographic: any text, compared byte by byte in UTF-8, never normalized. */
import { fault, type Reading } from './version.ts';

/** Reads any well-formed text of one character or more that has no control characters. */
export function readLexicographic(text: string): Reading {
  if (text === '') return fault(0, 'Write at least one character.');
  // Half a surrogate pair has no UTF-8 form, and a database text cannot hold U+0000.
  const unusable = text.search(/[\p{Cs}\p{Cc}]/u);
  if (unusable !== -1) {
    return fault(unusable, 'Take out this character: it is a control character or half of one.');
  }
  // UTF-16 units order astral characters before U+E000; one character for each UTF-8 byte does not.
  const sortKey = Buffer.from(text, 'utf8').toString('latin1');
  return { ok: true, version: { text, canonical: text, sortKey, build: null } };
}
