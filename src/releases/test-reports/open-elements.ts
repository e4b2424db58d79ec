/** The chain of open elements of an XML report, kept for a dialect that says what each of them is. */
import type { GatheredText } from './gathered-text.ts';
import type { Reading } from './reading.ts';
import type { XmlAttributes, XmlListener } from './xml-report.ts';

/** What an open element is to its dialect. Characters and CDATA directly within it go to `text`, where it has one. */
export interface OpenElement {
  kind: string;
  text?: GatheredText | undefined;
}

/** One way of writing test reports in XML. Told of the elements, it hands on cases. */
export interface XmlDialect<Open extends OpenElement> {
  /** What the element is, within the one around it; nothing is around the root. */
  opened(element: string, attributes: XmlAttributes, around: Open | undefined): Open;
  /** All that it holds has come. */
  closed(open: Open): void;
  end(): Reading;
}

export class OpenElements<Open extends OpenElement> implements XmlListener {
  readonly #dialect: XmlDialect<Open>;
  readonly #chain: Open[] = [];

  constructor(dialect: XmlDialect<Open>) {
    this.#dialect = dialect;
  }

  open(element: string, attributes: XmlAttributes): void {
    this.#chain.push(this.#dialect.opened(element, attributes, this.#chain.at(-1)));
  }

  text(characters: string): void {
    this.#chain.at(-1)?.text?.add(characters);
  }

  close(): void {
    const closed = this.#chain.pop();
    if (closed !== undefined) this.#dialect.closed(closed);
  }

  end(): Reading {
    return this.#dialect.end();
  }
}
