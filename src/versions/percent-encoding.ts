/** Versions inside a range: percent-encoded where VERS asks for it, and nowhere else. */
import { type Fault, fault } from './version.ts';

/**
 * The one canonical form of a version inside a range. VERS names the seven characters that its own
 * syntax needs; what is not printable ASCII is encoded as well, because a range is printable ASCII.
 */
export function encodeVersion(text: string): string {
  return text.replace(/[^!-~]|[<>=!*|%]/gu, (character) =>
    Array.from(
      Buffer.from(character, 'utf8'),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}

/** The version that `encodeVersion` writes so. Positions count from the start of `encoded`. */
export function decodeVersion(encoded: string): { ok: true; text: string } | Fault {
  const syntax = encoded.search(/[<>=!*|]/);
  if (syntax !== -1) {
    const character = encoded.charAt(syntax);
    return fault(syntax, `Write ${character} inside a version as ${encodeVersion(character)}.`);
  }
  const broken = encoded.search(/%(?![0-9A-Fa-f]{2})/);
  if (broken !== -1) {
    return fault(broken, 'Put two hexadecimal digits after %, or write the % itself as %25.');
  }
  const text = decodeOnce(encoded);
  if (text === null) return fault(findNotUtf8(encoded), 'Percent-encode UTF-8 bytes only.');
  const canonical = encodeVersion(text);
  const difference = firstDifference(encoded, canonical);
  return difference === null
    ? { ok: true, text }
    : fault(
        difference,
        `Write ${canonical}: only what must be is percent-encoded, in upper case digits.`,
      );
}

/** Null where the bytes are not UTF-8. */
function decodeOnce(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Where the first character stands that no four bytes or fewer make up, in a text that does not decode. */
function findNotUtf8(encoded: string): number {
  let position = 0;
  while (position < encoded.length) {
    const character = encoded.startsWith('%', position)
      ? [3, 6, 9, 12].find(
          (length) => decodeOnce(encoded.slice(position, position + length)) !== null,
        )
      : 1;
    if (character === undefined) break;
    position += character;
  }
  return position;
}

function firstDifference(a: string, b: string): number | null {
  if (a === b) return null;
  let index = 0;
  while (a.charAt(index) === b.charAt(index)) index += 1;
  return index;
}
