/** What became of several machines, at the end of their answers: which of them somebody has to look at. */
import { verdicts } from '../../drivers/affected/verdict-words.ts';
import { affectedVerdicts } from '../../drivers/matching/verdict.ts';
import type { Session } from '../session.ts';
import { counted, type Evaluation, toneOf } from './evaluation.ts';

/** `machine` is what it is called. */
export interface AnsweredMachine {
  machine: string;
  verdict: Evaluation['verdict'];
}

/** Whether something is to be done about a machine, or to be handed in. */
export function isOpen(verdict: Evaluation['verdict']): boolean {
  return verdict !== 'not_listed' && verdict !== 'not_affected';
}

export function printMachines(session: Session, answered: readonly AnsweredMachine[]): void {
  const groups = affectedVerdicts
    .map((verdict) => ({ verdict, machines: answered.filter((each) => each.verdict === verdict) }))
    .filter(({ machines }) => machines.length > 0);
  session.print(`\n${counted(answered.length, 'machine')}:`);
  for (const { verdict, machines } of groups) {
    const word = session.colours(toneOf(verdict), verdicts[verdict].word.toLowerCase());
    const names = isOpen(verdict) ? `: ${machines.map(({ machine }) => machine).join(', ')}` : '';
    session.print(`  ${machines.length.toLocaleString('en')} ${word}${names}`);
  }
}
