/** Asks the gate again and again while it is pending. */
import type { Answer } from './answer.ts';
import { CouldNotAsk, isPassing } from './exit-code.ts';
import { type Decision, nameOf } from './output/decision.ts';
import type { Session } from './session.ts';

const secondsBetween = 2;

/** The least that one call is given, however little of the wait is left. */
const secondsForAnswerMin = 10;

type Asked =
  | { kind: 'answered'; answer: Answer<Decision> }
  | { kind: 'failed'; error: CouldNotAsk };

/**
 * The first verdict that is not pending, or the last answer when `wait` milliseconds are over. Says on stderr what it
 * waits for, whenever that changes. A failure to ask that may pass ends nothing before the wait does; it is thrown
 * then, as `CouldNotAsk`.
 */
export async function waitForVerdict(
  session: Pick<Session, 'clock' | 'note'>,
  wait: number,
  askWithin: (milliseconds: number) => Promise<Answer<Decision>>,
): Promise<Answer<Decision>> {
  const { clock } = session;
  const end = clock.now() + wait;
  let told = '';
  for (;;) {
    const left = wait > 0 ? end - clock.now() : Number.POSITIVE_INFINITY;
    const asked = await tryToAsk(() => askWithin(Math.max(left, secondsForAnswerMin * 1000)));
    if (asked.kind === 'answered' && isFinal(asked.answer)) return asked.answer;
    const remaining = end - clock.now();
    if (remaining <= 0) {
      if (asked.kind === 'failed') throw asked.error;
      return asked.answer;
    }
    const state = describe(asked);
    if (state !== told) session.note(state);
    told = state;
    await clock.sleep(Math.min(secondsBetween * 1000, remaining));
  }
}

async function tryToAsk(go: () => Promise<Answer<Decision>>): Promise<Asked> {
  try {
    return { kind: 'answered', answer: await go() };
  } catch (error) {
    if (error instanceof CouldNotAsk && error.kind === 'passing') return { kind: 'failed', error };
    throw error;
  }
}

function isFinal(answer: Answer<Decision>): boolean {
  return answer.kind === 'refused' ? !isPassing(answer.status) : answer.data.verdict !== 'pending';
}

function describe(asked: Asked): string {
  if (asked.kind === 'failed') return `${asked.error.message} Asking again until the wait ends.`;
  const { answer } = asked;
  if (answer.kind === 'refused') {
    return `${answer.problem.title} (${answer.status}). Asking again until the wait ends.`;
  }
  const open = answer.data.answers.filter(
    ({ enforcement, status }) =>
      enforcement === 'required' && status !== 'passed' && status !== 'waived',
  );
  return `Waiting for ${open.map((one) => `${nameOf(one)}: ${one.status}`).join('; ')}`;
}
