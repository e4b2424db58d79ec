/** Which reports somebody asks for. Pure. */
import { isUnstorable } from '../contract/unstorable.ts';
import { severities } from '../web/words.ts';
import type { ReportSummary } from './projection.ts';

export interface ReportFilter {
  /** Key of a product that they concern, null for any. */
  product: string | null;
  severity: ReportSummary['severity'] | null;
  /** Each of them must stand in title, summary or key; upper and lower case are one. */
  words: readonly string[];
}

export const searchCharactersMax = 200;

/** Of parameters that the contract has checked. */
export function filterOf(query: {
  product?: string;
  severity?: ReportSummary['severity'];
  q?: string;
}): ReportFilter {
  const { product = null, severity = null, q = '' } = query;
  return { product, severity, words: wordsOf(q) };
}

/** Of a page's address, which people and forms write; a field left empty asks for nothing. A sentence where it cannot be read. */
export function readFilter(query: URLSearchParams): ReportFilter | { fault: string } {
  const product = query.get('product') || null;
  const severity = query.get('severity') || null;
  const q = query.get('q') ?? '';
  if (severity !== null && !isSeverity(severity)) {
    return { fault: 'There is no such severity.' };
  }
  if (q.length > searchCharactersMax) {
    return { fault: `Search for ${searchCharactersMax} characters at most.` };
  }
  if (isUnstorable(q) || (product !== null && isUnstorable(product))) {
    return { fault: 'The address holds characters that no report can hold.' };
  }
  return { product, severity, words: wordsOf(q) };
}

function wordsOf(q: string): string[] {
  return q.split(/\s+/).filter((word) => word !== '');
}

function isSeverity(text: string): text is ReportSummary['severity'] {
  return Object.hasOwn(severities, text);
}
