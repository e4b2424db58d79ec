/** Answers the machines of a batch, a line each. Pure, but for what it prepares once. */
import { answer, type Evaluation } from '../../drivers/affected/ask.ts';
import { knownFrom } from '../../drivers/affected/public-catalogue.ts';
import { productsIn, unknownProduct } from '../known-products.ts';
import { type AnswerLine, missingOf, writeAnswer } from './answer-line.ts';
import { lineBytesMax } from './batches.ts';
import {
  type AnsweredBatch,
  type Batch,
  countMissing,
  emptyTally,
  type FleetJob,
} from './fleet-job.ts';
import { readMachineLine } from './machine-line.ts';

export function batchAnswerer({
  catalogue,
  said,
  whole,
  only,
  form,
}: FleetJob): (batch: Batch) => AnsweredBatch {
  const known = knownFrom(catalogue);
  const products = productsIn(catalogue);
  const utf8 = new TextDecoder('utf-8', { fatal: true });

  const answerTo = (line: number, bytes: Uint8Array): AnswerLine | null => {
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      return { line, machine: null, fault: 'It is not text in UTF-8.' };
    }
    if (text.trim() === '') return null;
    const read = readMachineLine(text, said);
    const { machine } = read;
    if (read.kind === 'faulty') return { line, machine, fault: read.fault };
    const answered = answer(known, read.asked, null, catalogue.publicUrl);
    if (answered.kind === 'too_large') return { line, machine, fault: answered.why };
    const { evaluation } = answered;
    // Nothing found would read as if all were well.
    if (evaluation.incidents.length === 0) {
      return { line, machine, fault: unknownProduct(read.asked.product, products) };
    }
    const shown = whole ? evaluation : noteworthy(evaluation);
    return { line, machine, ...shown, driversTotal: evaluation.drivers.length };
  };

  return ({ firstLine, bytes }) => {
    const tally = emptyTally();
    const lines: string[] = [];
    const put = (answered: AnswerLine | null) => {
      if (answered === null) return;
      if ('fault' in answered) tally.faults += 1;
      else {
        tally.verdicts[answered.verdict] += 1;
        if (answered.verdict === 'cannot_tell') countMissing(tally, missingOf(answered));
        if (only !== null && !only.includes(answered.verdict)) return;
      }
      lines.push(writeAnswer(answered, form));
    };
    if (bytes.length === 0) put(tooLong(firstLine));
    let line = firstLine;
    for (let at = 0; at < bytes.length; line += 1) {
      const newline = bytes.indexOf(0x0a, at);
      const end = newline < 0 ? bytes.length : newline;
      put(guarded(line, () => answerTo(line, bytes.subarray(at, end))));
      at = end + 1;
    }
    return { text: lines.join(''), tally };
  };
}

/** A fault of this program costs the answer for one machine, not for those after it. */
function guarded(line: number, work: () => AnswerLine | null): AnswerLine | null {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { line, machine: null, fault: `A fault of the command line itself: ${reason}.` };
  }
}

/** Without what nothing is to be said of: incidents that do not concern it, drivers that are not recorded or harmless. */
function noteworthy(evaluation: Evaluation): Evaluation {
  const { incidents, drivers } = evaluation;
  return {
    ...evaluation,
    incidents: incidents.filter(({ verdict }) => verdict !== 'not_affected'),
    drivers: drivers.filter(
      ({ verdict }) => verdict !== 'not_affected' && verdict !== 'not_listed',
    ),
  };
}

function tooLong(line: number): AnswerLine {
  const fault = `It is longer than ${lineBytesMax} bytes, which no machine needs.`;
  return { line, machine: null, fault };
}
