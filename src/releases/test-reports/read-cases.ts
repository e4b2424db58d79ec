/** Reads the body of a call as a test report, case by case, and keeps none of it. */
import { createHash } from 'node:crypto';
import type { RawBody } from '../../contract/read-body.ts';
import { CaseTally, type CheckClaim, type Tally } from './case-tally.ts';
import { readTestReport } from './read-test-report.ts';
import type { Reading, Refusal } from './reading.ts';

export type CasesRead =
  | {
      kind: 'read';
      format: Extract<Reading, { kind: 'read' }>['format'];
      cases: Extract<Reading, { kind: 'read' }>['counts'];
      /** As in `Reading`. */
      aborted: string | null;
      tally: Tally;
      /** SHA-256 of the bytes, in hexadecimal. */
      fingerprint: string;
    }
  /** In full sentences, with the place where there is one. */
  | { kind: 'refused'; detail: string };

/** The contract bounds the body: the loop answers 413 for a longer one, out of the reading of it. */
const limits = { bytesMax: Number.POSITIVE_INFINITY };

export async function readCases(body: RawBody, claims: readonly CheckClaim[]): Promise<CasesRead> {
  const tally = new CaseTally(claims);
  const hash = createHash('sha256');
  const reading = await readTestReport(
    hashed(body, (chunk) => hash.update(chunk)),
    (testCase) => tally.add(testCase),
    limits,
  );
  if (reading.kind !== 'read') return { kind: 'refused', detail: refusalText(reading) };
  const { format, counts: cases, aborted } = reading;
  const fingerprint = hash.digest('hex');
  return { kind: 'read', format, cases, aborted, tally: tally.answer(aborted), fingerprint };
}

async function* hashed(body: RawBody, update: (chunk: Uint8Array) => void): RawBody {
  for await (const chunk of body) {
    update(chunk);
    yield chunk;
  }
}

function refusalText(refusal: Refusal): string {
  const { reason } = refusal;
  if (refusal.kind !== 'fault') return `${reason} Nothing was stored.`;
  const { line, column } = refusal;
  return `Line ${line}, column ${column}: ${reason} Nothing was stored.`;
}
