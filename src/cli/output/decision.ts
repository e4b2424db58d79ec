/** Prints a decision of the gate: a row for each answer, then what to do, then the verdict. */
import type { components } from '../../contract/types.gen.ts';
import type { Session } from '../session.ts';
import { describeVariant } from '../variant.ts';
import type { Tone } from './colour.ts';
import { describeReasons } from './reasons.ts';
import type { Cell } from './table.ts';

export type Decision = components['schemas']['Decision'];
type Answer = Decision['answers'][number];

/** Stands where no check speaks: the release itself is known to be faulty. */
const thisRelease = '(this release)';

export function printDecision(session: Session, decision: Decision): void {
  const { product, version, ring, asOf, answers, summary } = decision;
  session.print(`${product} ${version}, ring ${ring}, as of ${asOf}`);
  if (answers.length > 0) {
    session.print('');
    session.printTable({
      head: ['status', 'check', 'variant', 'guards against'],
      rows: answers.map((answer) => [
        statusOf(answer),
        answer.check ?? thisRelease,
        describeVariant(answer.variant),
        describeReasons(answer.guardsAgainst),
      ]),
    });
  }
  for (const lines of [remarksOn(decision), holdsToHonour(decision), nextSteps(answers)]) {
    if (lines.length > 0) session.print(`\n${lines.join('\n')}`);
  }
  session.print(
    `\n${session.colours(decision.mayShip ? 'good' : toneOf(decision.verdict), summary)}`,
  );
}

/** `channel-boot-loop (os=windows-10)` */
export function nameOf({ check, variant }: Answer): string {
  const name = check ?? thisRelease;
  return variant ? `${name} (${describeVariant(variant)})` : name;
}

function statusOf({ status, insteadOf, enforcement }: Answer): Cell {
  const instead = insteadOf ? ` (${insteadOf})` : '';
  const aside = enforcement === 'advisory' ? ' (advisory)' : '';
  return { text: `${status}${instead}${aside}`, tone: toneOf(status) };
}

function toneOf(word: string): Tone {
  if (word === 'passed' || word === 'waived') return 'good';
  return ['failed', 'errored', 'known_faulty', 'blocked'].includes(word) ? 'bad' : 'open';
}

/** What a person should know besides, a line each, in plain text. */
export function remarksOn({ answers, ignored }: Decision): string[] {
  const lines: string[] = [];
  for (const answer of answers) {
    const name = nameOf(answer);
    const { waiver, earlierFailures, waiversNotApplied } = answer;
    if (answer.check === null) {
      // Who may read the incident is told there whom its holds leave out.
      const why = answer.status === 'held' ? null : (answer.guardsAgainst[0]?.why ?? null);
      lines.push([`Why: ${answer.appliesBecause}`, ...(why === null ? [] : [why])].join(' '));
    }
    if (waiver) {
      const risk = waiver.risks ? ` It risks ${waiver.risks} (${waiver.severity}).` : '';
      const reason = waiver.reason.replace(/(?<![.!?…])\s*$/, '.');
      lines.push(
        `Waived: ${name} by ${waiver.approvedBy} until ${waiver.expiresAt}, waiver ${waiver.id}: ${reason}${risk}`,
      );
    }
    if (earlierFailures > 0) {
      const often = earlierFailures === 1 ? 'once' : `${earlierFailures} times`;
      lines.push(`Note: ${name} failed ${often} on this build before.`);
    }
    for (const { waiver: id, why } of waiversNotApplied as { waiver: string; why: string }[]) {
      lines.push(`Note: waiver ${id} does not cover ${name}: ${why}`);
    }
  }
  return [...lines, ...describeIgnored(ignored)];
}

/** A line for each hold, in plain text. */
export function holdsToHonour({ holds }: Decision): string[] {
  return holds.map(({ hold, incident, severity, title }) => {
    const which =
      title ?? 'Ask which machines it speaks of: holdfast hold evaluate --file machines.json';
    return `Honour: hold ${hold} of ${incident} (${severity}): ${which}`;
  });
}

/** What to do for each answer that asks for something, and what helps with it. */
function nextSteps(answers: readonly Answer[]): string[] {
  return answers.flatMap((answer) => {
    const { next, result } = answer;
    if (next === null) return [];
    const failed = result?.failedCases.filter((name) => !next.includes(name)) ?? [];
    return [
      answer.check === null ? `Next: ${next}` : `Next: ${nameOf(answer)}: ${next}`,
      ...(failed.length > 0 ? [`      failed cases: ${failed.join(', ')}`] : []),
      ...(result?.evidenceUrl ? [`      evidence: ${result.evidenceUrl}`] : []),
    ];
  });
}

/** A line for each variant that was reported and that no check lists. */
export function describeIgnored(ignored: Decision['ignored']): string[] {
  return ignored.map(({ check, variant, nearMatches }) => {
    const near = nearMatches.map((one) => describeVariant(one)).join(' or ');
    const meant = near ? `; was ${near} meant?` : '.';
    return `Ignored: ${check} does not list ${describeVariant(variant) || 'a run without a variant'}${meant}`;
  });
}
