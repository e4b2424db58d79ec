/**
 * Finds the objects of a JSON text that stand for drivers, each with its lines, so that a damaged one
 * does not take the others with it.
 *
 * They are the items of the outermost list, or of the list `drivers` in the outermost object; where
 * there is no such list, the outermost objects themselves.
 */

export type JsonPiece =
  | { kind: 'object'; text: string; from: number; to: number }
  /** An object that does not end, or is larger than any driver. */
  | { kind: 'broken'; from: number; to: number };

export interface JsonPieces {
  pieces: JsonPiece[];
  /** They stood in a list called `drivers`. */
  inDrivers: boolean;
  /** Lines around the objects that belong to no JSON. */
  stray: number[];
}

const objectCharactersMax = 1024 * 1024;
const depthMax = 200;

/** Looks no further than for one piece more than `most`. */
export function jsonPieces(text: string, most: number): JsonPieces {
  const scan = new Scan(text, false, most);
  if (scan.pieces.length > most) return result(scan, []);
  const isWhole = scan.pieces.every(({ kind }) => kind === 'object') && isJson(scan.around);
  // Only a damaged text is cut where its layout says that an object begins: any other is right as it is.
  return isWhole ? result(scan, []) : salvaged(new Scan(text, true, most));
}

function salvaged(scan: Scan): JsonPieces {
  const around = scan.around.split('\n');
  return result(
    scan,
    around.flatMap((line, index) => (isPartOf[scan.placeOf(index)](line) ? [] : [index + 1])),
  );
}

function result({ pieces, inDrivers }: Scan, stray: number[]): JsonPieces {
  return { pieces, inDrivers, stray };
}

/** One pass over the text. */
class Scan {
  readonly pieces: JsonPiece[] = [];
  inDrivers = false;
  /** The text with a `0` in place of each object, on the same lines. */
  around = '';

  readonly #text: string;
  readonly #resumes: boolean;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  /** How many brackets are open where each line begins, besides those of an object. */
  readonly #depths = [0];
  /** The brackets that are open. */
  readonly #open: string[] = [];
  /** How many brackets are open around an object that stands for a driver. */
  #depth: number;
  #start: { at: number; line: number } | undefined;
  #copied = 0;
  #string = '';
  /** How the line of the first object begins, down to its brace. */
  #opening: string | undefined;

  constructor(text: string, resumes: boolean, most: number) {
    this.#text = text;
    this.#resumes = resumes;
    this.#depth = /^\s*\[/.test(text) ? 1 : 0;
    while (this.#at < text.length && this.#open.length <= depthMax && this.pieces.length <= most) {
      this.#step();
    }
    if (this.#start) this.#end('broken', text.length, lastLine(text));
    this.around += text.slice(this.#copied);
  }

  /** Where a line begins; they count from 0. */
  placeOf(line: number): Place {
    const depth = this.#depths[line] ?? 0;
    if (depth > this.#depth) return 'astray';
    return this.inDrivers && depth < this.#depth ? 'around_list' : 'in_list';
  }

  #step(): void {
    const character = this.#text[this.#at];
    switch (character) {
      case '\n':
        this.#line++;
        this.#lineStart = this.#at + 1;
        this.#resume();
        this.#depths.push(this.#start ? this.#depth : this.#open.length);
        break;
      case '"':
        this.#skipString();
        return;
      case '{':
      case '[':
        this.#enter(character);
        break;
      case '}':
      case ']':
        this.#leave(character);
        break;
    }
    this.#at++;
  }

  /** No string of JSON goes on over the end of a line, so a lost quote costs no more than its line. */
  #skipString(): void {
    const begun = this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      if (character === '\n') break;
      this.#at += character === '\\' && this.#text[this.#at + 1] !== '\n' ? 2 : 1;
      if (character === '"') break;
    }
    this.#string = this.#at - begun < 20 ? this.#text.slice(begun, this.#at) : '';
  }

  #enter(bracket: '{' | '['): void {
    if (bracket === '[' && this.#isDrivers()) {
      this.inDrivers = true;
      this.#depth = 2;
      this.#start = undefined;
    }
    if (bracket === '{' && this.#open.length === this.#depth && !this.#start) this.#begin();
    this.#open.push(bracket);
  }

  /** The list that an outermost object calls `drivers`. */
  #isDrivers(): boolean {
    return (
      !this.inDrivers &&
      this.#open.length === 1 &&
      this.#open[0] === '{' &&
      this.#string.toLowerCase() === '"drivers"'
    );
  }

  #begin(): void {
    this.#start = { at: this.#at, line: this.#line };
    if (this.#line === 1 || this.#opening !== undefined) return;
    const before = this.#text.slice(this.#lineStart, this.#at);
    if (/^[ \t]{0,40}$/.test(before)) this.#opening = `${before}{`;
  }

  #leave(bracket: '}' | ']'): void {
    // A bracket that closes nothing is damage, and closes nothing.
    if (this.#open.at(-1) !== (bracket === '}' ? '{' : '[')) return;
    this.#open.pop();
    if (this.#start && this.#open.length === this.#depth) {
      this.#end('object', this.#at + 1, this.#line);
    }
  }

  /** Within an object, a line that begins as the first object did begins the next one. */
  #resume(): void {
    if (!this.#resumes || !this.#start || this.#opening === undefined) return;
    if (!this.#text.startsWith(this.#opening, this.#at + 1)) return;
    this.#end('broken', this.#at, this.#line - 1);
    this.#open.length = this.#depth;
  }

  #end(kind: JsonPiece['kind'], end: number, to: number): void {
    const { at, line: from } = this.#start ?? { at: end, line: to };
    const text = this.#text.slice(at, end);
    const isObject = kind === 'object' && text.length <= objectCharactersMax;
    this.pieces.push(isObject ? { kind: 'object', text, from, to } : { kind: 'broken', from, to });
    this.around += `${this.#text.slice(this.#copied, at)}0${'\n'.repeat(to - from)}`;
    this.#copied = end;
    this.#start = undefined;
  }
}

function lastLine(text: string): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `around_list`: among the other members of the object that holds the list `drivers`. */
type Place = 'in_list' | 'around_list' | 'astray';

/** What may stand there outside of objects, each of which is a `0`. */
const isPartOf: Record<Place, (line: string) => boolean> = {
  in_list: (line) => /^\[?[\s0,]*(?:\][\s\]},]*)?$/.test(line),
  around_list: (line) => /^\{?[\s0\]},]*$/.test(line) || isMember(line.trim()),
  astray: (line) => line.trim() === '',
};

function isMember(line: string): boolean {
  if (line.length > 2000) return false;
  return /^"[^"\\]{0,100}"\s*:\s*(?:"[^"\\]*"|[\w.+-]*)\s*[[{]?[\s\]},]*$/.test(line);
}
