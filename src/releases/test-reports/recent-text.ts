/** Finds the line and column of a byte in text that comes in pieces, as long as that was not long ago. */
import type { Place } from './reading.ts';

/** Bytes are counted from 0 and as in UTF-8, columns in UTF-16 units. A line ends with its line feed. */
export class RecentText {
  #text = '';
  /** Where that begins. */
  #byte = 0;
  #place: Place = { line: 1, column: 1 };

  add(text: string): void {
    this.#text += text;
  }

  /** Afterwards no earlier byte can be asked for. */
  forgetBefore(byte: number): void {
    if (byte === this.#byte) return;
    const before = this.#before(byte);
    this.#place = placeAfter(before, this.#place);
    this.#text = this.#text.slice(before.length);
    this.#byte = byte;
  }

  placeOf(byte: number): Place {
    return placeAfter(this.#before(byte), this.#place);
  }

  /** The character that the byte begins; `''` behind the end. */
  characterAt(byte: number): string {
    const [character = ''] = this.#text.slice(this.#before(byte).length);
    return character;
  }

  /** Behind the last character. */
  end(): Place {
    return placeAfter(this.#text, this.#place);
  }

  #before(byte: number): string {
    return Buffer.from(this.#text)
      .subarray(0, byte - this.#byte)
      .toString();
  }
}

function placeAfter(text: string, from: Place): Place {
  const lineFeed = text.lastIndexOf('\n');
  if (lineFeed < 0) return { line: from.line, column: from.column + text.length };
  const lineFeeds = text.split('\n').length - 1;
  return { line: from.line + lineFeeds, column: text.length - lineFeed };
}
