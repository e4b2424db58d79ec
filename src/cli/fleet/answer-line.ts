/** A line of a fleet's answer, as JSON or as CSV. Pure. */
import type { Evaluation } from '../../drivers/affected/ask.ts';

/** `machine` is the `id` of its line. */
export type AnswerLine = { line: number; machine: string | null } & (
  | (Evaluation & { driversTotal: number })
  | { fault: string }
);

export type AnswerForm = 'json' | 'csv';

/** Stands before the answers; empty for JSON. */
export const headOf: Readonly<Record<AnswerForm, string>> = {
  json: '',
  csv: 'line,machine,verdict,incidents,missing,fault\r\n',
};

/** With its line end. */
export function writeAnswer(answer: AnswerLine, form: AnswerForm): string {
  return form === 'json' ? `${JSON.stringify(answer)}\n` : csvOf(answer);
}

/** RFC 4180; several things in a cell stand each on its own line. */
function csvOf(answer: AnswerLine): string {
  const { line, machine } = answer;
  const told =
    'fault' in answer
      ? ['', '', '', answer.fault]
      : [answer.verdict, concerning(answer).join('\n'), missingOf(answer).join('\n'), ''];
  return `${[String(line), machine ?? '', ...told].map(cell).join(',')}\r\n`;
}

function concerning({ incidents }: Evaluation): string[] {
  return incidents
    .filter(({ verdict }) => verdict !== 'not_affected' && verdict !== 'not_listed')
    .map(({ incident }) => incident);
}

/** What would tell of a machine, each thing once. */
export function missingOf({ incidents, drivers }: Evaluation): string[] {
  const facts = [...incidents, ...drivers].flatMap(({ missing }) => missing);
  return [...new Set(facts.map(({ detail }) => detail))];
}

/** A spreadsheet would run what begins like a formula, so such a text is marked as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
