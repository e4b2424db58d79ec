/** Files with results, recognised by what they hold, and looked through before anything is sent. */
import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { components } from '../contract/types.gen.ts';
import { readTestReport } from '../releases/test-reports/read-test-report.ts';
import { AskedWrongly } from './exit-code.ts';
import { sha256Of } from './file-hash.ts';
import { decoded, parseJson, unreadable } from './read-document.ts';

export type ResultsInput = components['schemas']['ResultsInput'];

/** `results` are single outcomes in JSON, a `report` is a test runner's own file, to be sent as it is. */
export type ReportFile =
  | { kind: 'results'; path: string; sha256: string; body: ResultsInput }
  | {
      kind: 'report';
      path: string;
      sha256: string;
      mediaType: 'application/xml' | 'application/json';
      bytes: Blob;
    };

/**
 * Throws `AskedWrongly` for a file that is missing, empty, cut off, or neither of both. A report is read to its end, but
 * never held in memory. Whether results are what the contract asks for, the service judges.
 */
export async function openReportFile(path: string): Promise<ReportFile> {
  try {
    // How large it may be is the service's to say.
    const limits = { bytesMax: Number.POSITIVE_INFINITY };
    const reading = await readTestReport(createReadStream(path), () => {}, limits);
    if (reading.kind === 'read') {
      const mediaType = reading.format === 'ctrf' ? 'application/json' : 'application/xml';
      const sha256 = await sha256Of(path);
      return { kind: 'report', path, sha256, mediaType, bytes: await openAsBlob(path) };
    }
    if (reading.kind === 'fault') {
      const { line, column, reason } = reading;
      throw new AskedWrongly(`${path}, line ${line}, column ${column}: ${reason}`);
    }
    if (await beginsAsJson(path)) return await openResults(path);
    throw new AskedWrongly(`${path}: ${reading.reason} Single results go in as ${resultsForm}.`);
  } catch (error) {
    throw error instanceof AskedWrongly ? error : unreadable(path, error);
  }
}

const resultsForm = '{"results": [{"check": "…", "outcome": "passed"}]}';

async function openResults(path: string): Promise<ReportFile> {
  const bytes = await readFile(path);
  const body = parseJson(path, decoded(path, bytes));
  if (!isResults(body)) {
    throw new AskedWrongly(
      `${path} is JSON without results. Write them as ${resultsForm}, or hand in a report in CTRF, which has results.tests.`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'results', path, sha256, body };
}

/** White space, a byte order mark, and the zeros of UTF-16 left out. */
async function beginsAsJson(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    const opening = buffer.subarray(0, bytesRead).toString('latin1');
    return /^[\s\0\xef\xbb\xbf\xfe\xff]*[{[]/.test(opening);
  } finally {
    await file.close();
  }
}

/** Of an object under `results` nothing can be made: it would be CTRF, and then without its tests. */
function isResults(value: unknown): value is ResultsInput {
  return (
    typeof value === 'object' &&
    value !== null &&
    'results' in value &&
    Array.isArray(value.results)
  );
}
