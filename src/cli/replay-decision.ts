/** Decides again, on this machine, from the facts that the service recorded: nothing that it says of them is believed. */
import type { components } from '../contract/types.gen.ts';
import { type Decision, decide, type Facts, gateVersion } from '../gate/index.ts';
import { canonicalText, factsHash } from '../releases/facts-hash.ts';

type Schemas = components['schemas'];
type Shown = Schemas['Decision'];

/** As the service answers it. */
export interface FactsHandedOut {
  asOf: string;
  facts: Facts;
}

/** The facts are those of someone who may read all of them, so nothing is left out of the decision shown to them. */
export function replayHere(
  { decision }: Pick<Schemas['RecordedDecision'], 'decision'>,
  { asOf, facts }: FactsHandedOut,
): Schemas['Replay'] {
  const again = decide(facts, asOf);
  const hash = factsHash(facts, asOf);
  const same =
    hash === decision.factsHash &&
    asOf === decision.asOf &&
    facts.ring === decision.ring &&
    canonicalText(comparable(again)) === canonicalText(comparable(decision));
  return { same, gateVersion, factsHash: hash, verdict: again.verdict };
}

/** What the gate gives and what the service shows, as far as both say it: they name the public face of an incident apart. */
function comparable({ verdict, mayShip, summary, answers, ignored, holds }: Decision | Shown) {
  const alike = answers.map((answer) => ({
    ...answer,
    guardsAgainst: answer.guardsAgainst.map((reason) => ({
      ...reason,
      publicTitle: undefined,
      publicWhy: undefined,
      products: undefined,
      reportUrl: undefined,
    })),
  }));
  const honoured = (holds ?? []).map(({ hold, incident, severity, title }) => {
    return { hold, incident, severity, title };
  });
  return { verdict, mayShip, summary, answers: alike, ignored, holds: honoured };
}
