/** Turns the bytes of an inventory into characters, whatever machine and tool wrote them. */
import { TextDecoder } from 'node:util';
import { likeliestText } from './code-page.ts';
import type { TextEncoding } from './inventory.ts';

/** `seen` says what the bytes are instead of text. */
export type Decoded =
  | { kind: 'text'; text: string; encoding: TextEncoding }
  | { kind: 'binary'; seen: string };

/** How far it is looked for what tells. */
const headBytes = 8192;

export function decodeText(bytes: Uint8Array): Decoded {
  const head = bytes.subarray(0, headBytes);
  const marked = encodingByMark(head);
  if (marked) return decoded(bytes, marked, 'by_mark');
  const halves = inTwoEncodings(bytes);
  if (halves) return halves;
  const kind = kindBySignature(head);
  if (kind !== undefined) return { kind: 'binary', seen: kind };
  const wide = encodingByZeros(head);
  if (wide) return decoded(bytes, wide, 'by_zeros');
  if (isMostlyControl(head)) return { kind: 'binary', seen: 'binary data' };
  const text = asUtf8(bytes);
  if (text !== undefined) {
    return { kind: 'text', text, encoding: { name: 'utf-8', told: 'as_valid' } };
  }
  const likeliest = likeliestText(bytes);
  const encoding: TextEncoding = { name: likeliest.name, told: 'as_likeliest' };
  return { kind: 'text', text: likeliest.text, encoding };
}

function decoded(bytes: Uint8Array, name: string, told: TextEncoding['told']): Decoded {
  const text = new TextDecoder(name).decode(bytes);
  // A file of another kind can begin like a mark.
  if (text.slice(0, headBytes).includes('\0')) return { kind: 'binary', seen: 'binary data' };
  return { kind: 'text', text, encoding: { name, told } };
}

function encodingByMark([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/**
 * What PowerShell's `>>` makes of a file of plain text: lines of ASCII, then lines of UTF-16, whose mark is missing. Where
 * the two meet in another way, zeros are left in the lines, which are then no text.
 */
function inTwoEncodings(bytes: Uint8Array): Decoded | null {
  const zero = bytes.indexOf(0);
  const start = zero < 1 ? 0 : bytes.lastIndexOf(10, zero - 1) + 1;
  const [first, second] = [bytes.subarray(0, start), bytes.subarray(start)];
  if (start === 0 || first.some((byte) => byte > 127 || isControl(byte))) return null;
  const marked = encodingByMark(second);
  const name = marked ?? encodingByZeros(second.subarray(0, headBytes));
  if (name !== 'utf-16le') return null;
  const rest = new TextDecoder(name).decode(second);
  if (rest.includes('\0')) return null;
  const text = new TextDecoder().decode(first) + rest;
  return { kind: 'text', text, encoding: { name, told: marked ? 'by_mark' : 'by_zeros' } };
}

/** UTF-16 without a mark: even in Japanese, every third unit of an inventory is ASCII. */
function encodingByZeros(head: Uint8Array): string | undefined {
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at++) {
    if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 2 / 3;
  if (odd > many && even * 50 < odd) return 'utf-16le';
  return even > many && odd * 50 < even ? 'utf-16be' : undefined;
}

const signatures: readonly [bytes: string, kind: string][] = [
  ['PK\x03\x04', 'a ZIP archive'],
  ['PK\x05\x06', 'a ZIP archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ["7z\xbc\xaf'\x1c", 'a 7z archive'],
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a Linux program'],
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['\xd0\xcf\x11\xe0', 'an Office document'],
  ['ElfFile\0', 'a Windows event log'],
];

function kindBySignature(head: Uint8Array): string | undefined {
  const opening = Buffer.from(head.subarray(0, 16)).toString('latin1');
  const known = signatures.find(([bytes]) => opening.startsWith(bytes));
  // A text may begin with MZ as well.
  return known && (known[0] !== 'MZ' || head.some(isControl)) ? known[1] : undefined;
}

/** White space, DOS's mark for the end of a text and the escapes of terminals are none. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27);
}

function isMostlyControl(head: Uint8Array): boolean {
  return head.filter(isControl).length * 20 > head.length;
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
