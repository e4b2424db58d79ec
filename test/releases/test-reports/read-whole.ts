/** Reads a report that is at hand in one piece or in several, and collects its cases. */
import { readTestReport } from '../../../src/releases/test-reports/read-test-report.ts';
import type { Reading } from '../../../src/releases/test-reports/reading.ts';
import type { TestCase } from '../../../src/releases/test-reports/test-case.ts';

export async function readWhole(
  report: string | Uint8Array | Iterable<Uint8Array>,
  bytesMax = 100_000_000,
): Promise<{ reading: Reading; cases: TestCase[] }> {
  const cases: TestCase[] = [];
  const text = typeof report === 'string' ? Buffer.from(report) : report;
  const chunks = text instanceof Uint8Array ? [text] : text;
  const reading = await readTestReport(chunks, (testCase) => cases.push(testCase), { bytesMax });
  return { reading, cases };
}
