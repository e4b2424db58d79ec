/** Says what the service understood of a file with results. */
import type { components } from '../../contract/types.gen.ts';
import { sameVariant } from '../../gate/variant.ts';
import type { Receipt } from '../hand-in.ts';
import type { Session } from '../session.ts';
import { describeVariant } from '../variant.ts';
import { describeIgnored } from './decision.ts';
import type { Cell } from './table.ts';

type TestReportReceipt = components['schemas']['TestReportReceipt'];
type ResultsReceipt = components['schemas']['ResultsReceipt'];

/** `name` is the file's, as it was given. */
export function printReceipt(session: Session, name: string, receipt: Receipt): void {
  if ('format' in receipt) printReport(session, name, receipt);
  else printResults(session, name, receipt);
  for (const line of describeIgnored(receipt.ignored)) session.print(line);
  if (receipt.unlistedArtifacts.length > 0) {
    session.print(
      `Counts for nothing: the release does not list ${receipt.unlistedArtifacts.join(', ')} among its artifacts.`,
    );
  }
  const { received, announced } = receipt.shards;
  if (announced !== null) {
    session.print(`Run ${receipt.run}: ${received} of ${announced} reports have come.`);
  }
}

function printReport(session: Session, name: string, receipt: TestReportReceipt): void {
  const { format, cases, results, checksWithoutCases, checksBelowMinimum } = receipt;
  session.print(
    `${name}: ${format}, ${count(cases.total, 'case')}: ${cases.passed} passed, ${cases.failed} failed, ${cases.errored} errored, ${cases.skipped} skipped.`,
  );
  if (receipt.aborted !== undefined) {
    session.print(`The run did not end as it should, so no check passes by it: ${receipt.aborted}`);
  }
  if (results.length > 0) {
    session.printTable({
      head: ['outcome', 'check', 'variant', 'cases', 'failed cases'],
      rows: results.map((result) => [
        outcomeOf(result, receipt.ignored),
        result.check,
        describeVariant(result.variant),
        String(result.cases),
        result.failedCases.join('\n'),
      ]),
    });
  } else {
    session.print('No check was answered by it.');
  }
  if (checksWithoutCases.length > 0) {
    session.print(`Required, but not answered here: ${checksWithoutCases.join(', ')}.`);
  }
  for (const { check, cases: found, minCases } of checksBelowMinimum) {
    session.print(`Not answered: ${check} asks for ${count(minCases, 'case')}, here ${found}.`);
  }
  if (receipt.casesWithoutCheck > 0) {
    session.print(`Claimed by no check: ${count(receipt.casesWithoutCheck, 'case')}.`);
  }
}

function printResults(session: Session, name: string, { results, ignored }: ResultsReceipt): void {
  session.print(`${name}: ${count(results.length, 'result')}.`);
  session.printTable({
    head: ['outcome', 'check', 'variant'],
    rows: results.map((result) => [
      outcomeOf(result, ignored),
      result.check,
      describeVariant(result.variant),
    ]),
  });
}

/** What counts for nothing must not look like a pass. */
function outcomeOf(
  {
    check,
    variant,
    outcome,
  }: ResultsReceipt['results'][number] | TestReportReceipt['results'][number],
  ignored: Receipt['ignored'],
): Cell {
  const isIgnored = ignored.some((one) => one.check === check && sameVariant(one.variant, variant));
  return isIgnored ? { text: `ignored (${outcome})`, tone: 'open' } : outcome;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
