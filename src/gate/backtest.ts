/** Whether the gate would have stopped a faulty release, had nobody known yet that it was faulty. */
import { decide } from './decide.ts';
import type { Answer } from './decision.ts';
import type { Facts, Instant, Proof, RequirementStatus, Variant } from './facts.ts';
import { weightOf } from './gravity.ts';

/** A required answer that is not met. */
export interface Stop {
  /** Null for a known fault. */
  check: string | null;
  variant: Variant | null;
  status: RequirementStatus | 'known_faulty';
  /** Against the incident backtested; null where the check does not guard against it. */
  proof: Proof | null;
  /** The other incident that a known fault is from. */
  incident: string | null;
}

export interface Backtest {
  /** `held_back`: no required check spoke against it, but one had not passed either. */
  outcome: 'blocked' | 'held_back' | 'let_through';
  /** What speaks against the release first; empty where it is let through. */
  stoppedBy: Stop[];
}

/** What the gate says of these facts, leaving aside that the release is known to be faulty by this incident. */
export function backtest(facts: Facts, asOf: Instant, incident: string): Backtest {
  const { answers, mayShip, verdict } = decide(withoutFault(facts, incident), asOf);
  if (mayShip) return { outcome: 'let_through', stoppedBy: [] };
  const stops = answers
    .filter(({ enforcement }) => enforcement === 'required')
    .flatMap((answer) => stopOf(answer, incident) ?? []);
  const against = stops.filter(speaksAgainst);
  return {
    outcome: verdict === 'blocked' ? 'blocked' : 'held_back',
    stoppedBy: [...against, ...stops.filter((stop) => !speaksAgainst(stop))],
  };
}

/** Its checks stay: they are what is asked about. Its holds go: nobody would have proposed them. */
function withoutFault(facts: Facts, incident: string): Facts {
  return {
    ...facts,
    incidents: facts.incidents.map((one) =>
      one.key === incident ? { ...one, affectedVersions: [] } : one,
    ),
    ...(facts.holds && { holds: facts.holds.filter((hold) => hold.incident !== incident) }),
  };
}

/** Null where the answer is met, waived or held. */
function stopOf(answer: Answer, incident: string): Stop | null {
  const { check, variant, status, guardsAgainst } = answer;
  if (status === 'passed' || status === 'waived' || status === 'held') return null;
  if (status === 'known_faulty') {
    return { check: null, variant: null, status, proof: null, incident: answer.incident };
  }
  const reason = guardsAgainst.find((one) => one.incident === incident);
  return { check, variant, status, proof: reason?.proof ?? null, incident: null };
}

function speaksAgainst({ status }: Stop): boolean {
  return status === 'known_faulty' || weightOf(status) === 'grave';
}
