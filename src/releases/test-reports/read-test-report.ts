/** The door for test reports: recognises the format by content, and reads it case by case. */
import { Characters, type Undecodable } from './characters.ts';
import { Ctrf } from './ctrf.ts';
import { excerpt } from './excerpt.ts';
import { JsonReport } from './json-report.ts';
import { JUnit, junitRoots } from './junit.ts';
import { NUnit, nunitRoots } from './nunit.ts';
import { OpenElements } from './open-elements.ts';
import { fault, type Reading, type Refusal, type ReportReader } from './reading.ts';
import type { TestCase } from './test-case.ts';
import { Trx, trxRoots } from './trx.ts';
import { type XmlListener, XmlReport } from './xml-report.ts';
import { XUnit, xunitRoots } from './xunit.ts';

export interface ReportLimits {
  /** What is longer is refused as soon as that shows. */
  bytesMax: number;
}

type OnCase = (testCase: TestCase) => void;

/** The XML formats understood: what their roots are called, and what reads them. */
const xmlFormats: readonly {
  called: string;
  roots: readonly string[];
  listener: (onCase: OnCase) => XmlListener;
}[] = [
  {
    called: 'JUnit XML',
    roots: junitRoots,
    listener: (onCase) => new OpenElements(new JUnit(onCase)),
  },
  { called: 'TRX', roots: trxRoots, listener: (onCase) => new OpenElements(new Trx(onCase)) },
  {
    called: 'xUnit.net XML',
    roots: xunitRoots,
    listener: (onCase) => new OpenElements(new XUnit(onCase)),
  },
  {
    called: 'NUnit XML',
    roots: nunitRoots,
    listener: (onCase) => new OpenElements(new NUnit(onCase)),
  },
];

const understood = `${xmlFormats
  .map(({ called, roots }) => `${called} (root element ${roots.join(' or ')})`)
  .join(', ')} or CTRF (JSON with results.tests)`;

/** So that limits and memory do not depend on how the bytes come. */
const pieceBytes = 64 * 1024;

/**
 * Hands each case to `onCase` as soon as it is whole, in the file's order, and keeps none.
 * Everything that can be wrong with a report is a value; an exception is the source's own
 * (a connection that broke) or `onCase`'s.
 */
export async function readTestReport(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onCase: OnCase,
  limits: ReportLimits,
): Promise<Reading> {
  const report = new Report(onCase);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limits.bytesMax) return tooLarge(limits.bytesMax);
    for (let start = 0; start < chunk.length; start += pieceBytes) {
      const refusal = report.push(chunk.subarray(start, start + pieceBytes));
      if (refusal !== undefined) return refusal;
    }
  }
  return report.end();
}

/** A report on its way from bytes to cases. Its reader is chosen by the first character, its dialect by what follows. */
class Report {
  readonly #onCase: OnCase;
  readonly #characters = new Characters();
  #opening = '';
  #reader: ReportReader | undefined;

  constructor(onCase: OnCase) {
    this.#onCase = onCase;
  }

  push(bytes: Uint8Array): Refusal | undefined {
    return this.#read(this.#characters.push(bytes));
  }

  end(): Reading {
    const refusal = this.#read(this.#characters.end());
    if (refusal !== undefined) return refusal;
    if (this.#reader !== undefined) return this.#reader.end();
    const begun = this.#opening.trim();
    return begun === '' ? fault(beginning, fileEmpty) : unrecognised(begun);
  }

  #read(text: string | Undecodable): Refusal | undefined {
    if (typeof text !== 'string') return fault(this.#reader?.place() ?? beginning, text.reason);
    return this.#reader === undefined ? this.#recognise(text) : this.#reader.push(text);
  }

  #recognise(text: string): Refusal | undefined {
    const opening = this.#opening + text;
    const begun = opening.trimStart();
    this.#reader = this.#readerOf(begun);
    if (this.#reader !== undefined) {
      this.#opening = '';
      return this.#reader.push(opening);
    }
    this.#opening = opening;
    const enough = begun.length >= seenCharacters || opening.length >= openingCharactersMax;
    return enough ? unrecognised(begun) : undefined;
  }

  #readerOf(begun: string): ReportReader | undefined {
    if (begun.startsWith('<')) return new XmlReport((root) => listenerOf(root, this.#onCase));
    if (/^[{[]/.test(begun)) return new JsonReport(new Ctrf(this.#onCase), notUnderstood);
    return undefined;
  }
}

const beginning = { line: 1, column: 1 };
const fileEmpty = 'The file is empty. Hand in what the test runner wrote.';

/** How much of an unknown text is quoted, and how much white space may stand before a report. */
const seenCharacters = 40;
const openingCharactersMax = 64 * 1024;

function listenerOf(root: string, onCase: OnCase): XmlListener | Refusal {
  const format = xmlFormats.find(({ roots }) => roots.includes(root));
  if (format !== undefined) return format.listener(onCase);
  return notUnderstood(`the root element <${excerpt(root, 60)}>`);
}

function unrecognised(begun: string): Refusal {
  if (begun === '') return notUnderstood('white space alone');
  const printable = excerpt(begun, seenCharacters).replace(/\p{Cc}/gu, '\uFFFD');
  return notUnderstood(`text that begins with "${printable}"`);
}

function notUnderstood(seen: string): Refusal {
  const reason = `The file holds ${seen}, which is no report format understood here. Hand in ${understood}.`;
  return { kind: 'unrecognised', seen, reason };
}

function tooLarge(bytesMax: number): Refusal {
  const bytes = bytesMax.toLocaleString('en');
  const reason = `The report is larger than ${bytes} bytes. Leave logs out of it, or hand it in as several files of one run.`;
  return { kind: 'too_large', bytesMax, reason };
}
