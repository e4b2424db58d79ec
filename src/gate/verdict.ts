/** Turns answers into one verdict. */
import type { Answer, Verdict } from './decision.ts';
import { weightOf } from './gravity.ts';

/** The gravest required answer decides. Advisory answers never do. */
export function verdictOf(answers: readonly Answer[]): Verdict {
  let [required, blocked, pending, waived] = [false, false, false, false];
  for (const answer of answers) {
    if (answer.enforcement === 'advisory') continue;
    required = true;
    if (answer.status === 'known_faulty') blocked = true;
    // The rollout keeps it from the machines that it harms, so it speaks neither for the release nor against it.
    else if (answer.status === 'held') continue;
    else if (answer.status === 'waived') waived = true;
    else if (weightOf(answer.status) === 'grave') blocked = true;
    else if (weightOf(answer.status) === 'mild') pending = true;
  }
  if (blocked) return 'blocked';
  if (pending) return 'pending';
  if (waived) return 'passed_with_waivers';
  return required ? 'passed' : 'not_applicable';
}

export function mayShip(verdict: Verdict): boolean {
  return verdict !== 'blocked' && verdict !== 'pending';
}
