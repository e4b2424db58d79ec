/** A decision of the gate as Markdown: for the comment on a pull request, or the summary of a job. */
import { describeVariant } from '../variant.ts';
import { type Decision, holdsToHonour, remarksOn } from './decision.ts';
import { markdownLink, markdownName, markdownText } from './markdown.ts';

type Answer = Decision['answers'][number];

/** Hosts take some 65,000 characters in a comment; these are shared out among its parts. */
const charactersMax = { rows: 30_000, holds: 4_000, steps: 15_000, remarks: 7_000 };

/** No single text crowds out the others. */
const textMax = 300;
const reasonsMax = 5;

/** Ends with a line end. What still asks for something stands first. */
export function decisionMarkdown(decision: Decision): string {
  const { product, version, ring, asOf, summary, mayShip, verdict, answers } = decision;
  const inOrder = [...answers.filter((one) => !isSettled(one)), ...answers.filter(isSettled)];
  const mark = mayShip ? '✅' : verdict === 'blocked' ? '❌' : '⏳';
  const parts = [
    `### ${mark} ${text(summary)}`,
    `${markdownName(product)} ${markdownName(version)}, ring ${markdownName(ring)}, as of ${markdownName(asOf)}`,
    table(inOrder),
    list('What the rollout must honour', holdsToHonour(decision).map(text), charactersMax.holds),
    list('What to do', inOrder.flatMap(stepOf), charactersMax.steps),
    list('Worth knowing', remarksOn(decision).map(text), charactersMax.remarks),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function table(answers: readonly Answer[]): string {
  if (answers.length === 0) return '';
  const rows = answers.map((answer) => {
    const requirement = `${name(answer)}<br>${text(answer.title)}`;
    return `| ${statusOf(answer)} | ${requirement} | ${reasons(answer.guardsAgainst)} |`;
  });
  const { shown, more } = within(rows, charactersMax.rows);
  const lines = ['| Status | Requirement | Guards against |', '| :-- | :-- | :-- |', ...shown];
  return `${lines.join('\n')}${more > 0 ? `\n\nand ${more} more` : ''}`;
}

function reasons(guardsAgainst: Answer['guardsAgainst']): string {
  if (guardsAgainst.length === 0) return 'nothing recorded';
  const named = guardsAgainst
    .slice(0, reasonsMax)
    .map(({ incident, severity, title, reportUrl }) => {
      const key = markdownLink(markdownText(incident), reportUrl);
      return `${key} (${markdownText(severity)})${title ? ` ${text(title)}` : ''}`;
    });
  const more = guardsAgainst.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('<br>');
}

function list(title: string, lines: readonly string[], max: number): string {
  if (lines.length === 0) return '';
  const { shown, more } = within(lines, max);
  const items = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `- ${line}`);
  return `**${title}**\n\n${items.join('\n')}`;
}

function stepOf(answer: Answer): string[] {
  const { next, result } = answer;
  if (next === null) return [];
  const failed = result?.failedCases.filter((one) => !next.includes(one)) ?? [];
  const cases = failed.length > 0 ? ` Failed cases: ${text(failed.join(', '))}.` : '';
  const evidence = markdownLink('evidence', result?.evidenceUrl ?? null);
  return [
    `${name(answer)}: ${text(next)}${cases}${evidence === 'evidence' ? '' : ` (${evidence})`}`,
  ];
}

function statusOf({ status, insteadOf, enforcement }: Answer): string {
  const instead = insteadOf ? ` (${insteadOf})` : '';
  const aside = enforcement === 'advisory' ? ' (advisory)' : '';
  return markdownText(`${markOf(status)} ${status}${instead}${aside}`);
}

/** Beside the word, never instead of it. */
function markOf(status: string): string {
  if (status === 'passed') return '✅';
  if (status === 'waived') return '☑️';
  if (status === 'held') return '✋';
  return ['failed', 'errored', 'known_faulty'].includes(status) ? '❌' : '⏳';
}

function name(answer: Answer): string {
  const { check, variant } = answer;
  if (check === null) return 'this release';
  return variant ? `${markdownName(check)} ${variantName(variant)}` : markdownName(check);
}

function variantName(variant: NonNullable<Answer['variant']>): string {
  return markdownName(shortened(describeVariant(variant)));
}

function isSettled({ status, enforcement }: Answer): boolean {
  return status === 'passed' || status === 'waived' || enforcement === 'advisory';
}

function text(long: string): string {
  return markdownText(shortened(long));
}

function shortened(long: string): string {
  const characters = [...long];
  return characters.length <= textMax ? long : `${characters.slice(0, textMax - 1).join('')}…`;
}

/** As many lines as fit, and how many do not. */
function within(lines: readonly string[], max: number): { shown: string[]; more: number } {
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length + 1;
    return length > max;
  });
  const shown = end === -1 ? [...lines] : lines.slice(0, end);
  return { shown, more: lines.length - shown.length };
}
