/** Turns the bytes of a report into characters, in the encoding that the report says it has. */
import { TextDecoder } from 'node:util';
import { excerpt } from './excerpt.ts';

/** Bytes that cannot be read as characters. */
export interface Undecodable {
  reason: string;
}

/** A declaration ends long before this, so nothing is held back for longer. */
const declarationBytesMax = 1024;

/**
 * Decodes bytes piece by piece; a character may be split over pieces.
 *
 * The encoding is that of the byte order mark, else the one the XML declaration names,
 * else UTF-8 (XML 1.0, appendix F).
 */
export class Characters {
  #head: Uint8Array = new Uint8Array(0);
  #decoder: TextDecoder | undefined;

  /** The characters that are whole by now; possibly none. */
  push(bytes: Uint8Array): string | Undecodable {
    if (this.#decoder !== undefined) return decode(this.#decoder, bytes, true);
    this.#head = joined(this.#head, bytes);
    return this.#open(false);
  }

  /** The characters held back, once no more bytes will come. */
  end(): string | Undecodable {
    return this.#decoder === undefined
      ? this.#open(true)
      : decode(this.#decoder, new Uint8Array(0), false);
  }

  #open(complete: boolean): string | Undecodable {
    const encoding = encodingOf(this.#head, complete);
    if (encoding === undefined) return '';
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true });
    } catch {
      const name = excerpt(encoding, 40);
      return {
        reason: `The XML declaration names the encoding "${name}", which is not known here. Write the report as UTF-8.`,
      };
    }
    return decode(this.#decoder, this.#head, !complete);
  }
}

/** The encoding's label, or undefined while the bytes do not tell yet. */
function encodingOf(head: Uint8Array, complete: boolean): string | undefined {
  if (head.length < 4 && !complete) return undefined;
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return declaredEncoding(Buffer.from(head.subarray(0, declarationBytesMax)), complete);
}

function declaredEncoding(head: Buffer, complete: boolean): string | undefined {
  const text = head.toString('latin1');
  if (!text.startsWith('<?xml'.slice(0, text.length))) return 'utf-8';
  const end = text.indexOf('?>');
  if (end < 0 && !complete && head.length < declarationBytesMax) return undefined;
  const declaration = end < 0 ? '' : text.slice(0, end);
  const declared = /\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8';
  // Writers on .NET say utf-16 of text that then goes out as UTF-8. A declaration that
  // could be read byte by byte is the proof that it does.
  return /^(utf-16|(iso-10646-)?ucs-2|(cs)?unicode)/i.test(declared) ? 'utf-8' : declared;
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string | Undecodable {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    return {
      reason: stream
        ? `Somewhere after this place are bytes that are not ${decoder.encoding}. Write the report as UTF-8, or name its encoding in the XML declaration.`
        : 'The file ends in the middle of a character: it is cut off. Hand in the whole file.',
    };
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
