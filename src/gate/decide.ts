/** Turns facts into a decision. Pure: no clock, no database. */
import { answerTo } from './answer.ts';
import type { Answer, Decision } from './decision.ts';
import type { Facts, Instant } from './facts.ts';
import { holdsInForce, holdsProposed, holdToHonour } from './holds.ts';
import { knownAt } from './known.ts';
import { knownFaults } from './known-faulty.ts';
import { ask } from './requirements.ts';
import { summaryOf } from './summary.ts';
import { mayShip, verdictOf } from './verdict.ts';

/**
 * What the gate says of one release and one ring at an instant. Everything that came later than `asOf` is left
 * out, so that the same question about the past keeps its answer. The order of the facts does not matter.
 */
export function decide(facts: Facts, asOf: Instant): Decision {
  const known = knownAt(facts, asOf);
  const { asked, ignored } = ask(facts, known);
  const holds = holdsInForce(facts, asOf);
  const answers: Answer[] = knownFaults(facts.release.version, known.incidents, {
    inForce: holds,
    proposed: holdsProposed(facts),
  });
  for (const one of asked) answers.push(answerTo(one, facts, known, holds));
  const verdict = verdictOf(answers);
  return {
    verdict,
    mayShip: mayShip(verdict),
    summary: summaryOf(verdict, answers),
    answers,
    ignored,
    // Facts from before there were holds keep the decision that was made of them.
    ...(facts.holds && { holds: holds.map(holdToHonour) }),
  };
}
