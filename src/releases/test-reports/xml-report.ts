/** Reads XML reports of any dialect, and refuses what is broken or hostile. */
import { SaxesParser } from 'saxes';
import { fault, type Place, type Reading, type Refusal, type ReportReader } from './reading.ts';
import { depthMax, Refused, stretchCharactersMax } from './refused.ts';
import { cutOff, notWellFormed } from './xml-faults.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** Is told of the elements of a report, and answers what it came to. */
export interface XmlListener {
  open(element: string, attributes: XmlAttributes): void;
  /** Characters and CDATA of the innermost open element, in pieces. */
  text(characters: string): void;
  close(): void;
  end(): Reading;
}

const attributesMax = 256;

/** What the parser found wrong; never leaves this file. */
class Broken extends Error {}

/** Stops at the first fault, where the parser by itself would go on. */
class StrictParser extends SaxesParser<{ xmlns: false; position: false }> {
  override fail(message: string): this {
    throw new Broken(message);
  }
}

/**
 * Keeps nothing but the names of the open elements. Memory is bounded by limits on depth, on the
 * attributes of one element, and on one stretch of text or markup, to within one piece pushed.
 * A DOCTYPE is refused, and with it every entity but the five of XML.
 */
export class XmlReport implements ReportReader {
  readonly #parser = new StrictParser({ xmlns: false, position: false });
  readonly #listenerOf: (root: string) => XmlListener | Refusal;
  #listener: XmlListener | undefined;
  #depth = 0;
  #attributes = 0;
  /** Characters since the parser last told of anything, and so at least as many as it holds. */
  #held = 0;
  #ending = false;

  /** `listenerOf` recognises the report by its root element. */
  constructor(listenerOf: (root: string) => XmlListener | Refusal) {
    this.#listenerOf = listenerOf;
    const parser = this.#parser;
    // The parser is an object that V8 handles several times slower from the eighth listener on.
    parser.on('doctype', () => this.#refuse(doctypeRefused));
    parser.on('attribute', () => this.#countAttribute());
    parser.on('opentag', (tag) => this.#open(tag.name, tag.attributes));
    parser.on('closetag', () => this.#close());
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
  }

  push(text: string): Refusal | undefined {
    return this.#unlessRefused(() => {
      this.#held += text.length;
      this.#parser.write(text);
      if (this.#held > stretchCharactersMax) this.#refuse(stretchTooLong);
    });
  }

  end(): Reading {
    this.#ending = true;
    const refusal = this.#unlessRefused(() => this.#parser.close());
    if (refusal !== undefined) return refusal;
    if (this.#listener === undefined) throw new Error('XML that is well-formed has a root');
    return this.#listener.end();
  }

  place(): Place {
    // The parser counts columns from 0, and stands behind the character it has just read.
    return { line: this.#parser.line, column: Math.max(1, this.#parser.column) };
  }

  #open(element: string, attributes: XmlAttributes): void {
    this.#held = 0;
    this.#attributes = 0;
    this.#depth += 1;
    if (this.#depth > depthMax) this.#refuse(tooDeep);
    this.#listener ??= this.#recognise(element);
    this.#listener.open(element, attributes);
  }

  #recognise(root: string): XmlListener {
    const listener = this.#listenerOf(root);
    if ('kind' in listener) throw new Refused(listener);
    return listener;
  }

  #close(): void {
    this.#held = 0;
    this.#depth -= 1;
    this.#listener?.close();
  }

  #text(text: string): void {
    this.#held = 0;
    this.#listener?.text(text);
  }

  #countAttribute(): void {
    this.#held = 0;
    this.#attributes += 1;
    if (this.#attributes > attributesMax) this.#refuse(tooManyAttributes);
  }

  #refuse(reason: string): never {
    throw new Refused(fault(this.place(), reason));
  }

  #unlessRefused(read: () => void): Refusal | undefined {
    try {
      read();
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      if (error instanceof Broken) {
        const explain = this.#ending ? cutOff : notWellFormed;
        return fault(this.place(), explain(error.message));
      }
      throw error;
    }
  }
}

const doctypeRefused =
  'A DOCTYPE is not accepted, because it can define entities. Write the report without it.';
const tooDeep = `Elements are nested more than ${depthMax} deep here. Write the report with fewer nested suites.`;
const tooManyAttributes = `This element has more than ${attributesMax} attributes. Write what belongs to a case as its properties.`;
const stretchTooLong =
  'A single text, comment or attribute is longer than 10,000,000 characters. Leave logs out of the report.';
