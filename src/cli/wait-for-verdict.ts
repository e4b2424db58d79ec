/** Waits at the gate while it is pending, and says for what. */
import type { Answer } from './answer.ts';
import { CouldNotAsk, isPassing } from './exit-code.ts';
import { type Decision, nameOf } from './output/decision.ts';
import type { Session } from './session.ts';

/**
 * How long the service keeps one question. It could be longer: the verdict comes the moment that it is one. But what is
 * waited for is told with each answer, and somebody may be looking on.
 */
const secondsKeptMax = 10;

/** Before asking again where the service did not keep the question: it is away, ends, or is full. */
const secondsBetween = 2;

/** The least and the most that one call is given beyond the time it is kept, however little of the wait is left. */
const secondsForAnswer = { min: 10, max: 60 };

/** How one question is asked. */
export interface Question {
  waitSeconds: number;
  /** When to give the answer up. */
  withinMs: number;
}

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
  ask: (question: Question) => Promise<Answer<Decision>>,
): Promise<Answer<Decision>> {
  const { clock } = session;
  const end = clock.now() + wait;
  let told = '';
  // The first answer is asked for at once: it says what is waited for.
  let waitSeconds = 0;
  for (;;) {
    const begun = clock.now();
    const left = wait > 0 ? end - begun : Number.POSITIVE_INFINITY;
    const question = { waitSeconds, withinMs: givenUpAfter(waitSeconds, left) };
    const asked = await tryToAsk(() => ask(question));
    if (asked.kind === 'answered' && isFinal(asked.answer)) return asked.answer;
    const remaining = end - clock.now();
    if (remaining <= 0) {
      if (asked.kind === 'failed') throw asked.error;
      return asked.answer;
    }
    const state = describe(asked);
    if (state !== told) session.note(state);
    told = state;
    const wasKept = isVerdict(asked) && clock.now() - begun >= waitSeconds * 1000;
    if (!wasKept) await clock.sleep(Math.min(secondsBetween * 1000, remaining));
    const leftNow = end - clock.now();
    waitSeconds = Math.min(secondsKeptMax, Math.max(0, Math.floor(leftNow / 1000)));
    // The service waits for whole seconds.
    if (waitSeconds === 0 && leftNow > 0) await clock.sleep(leftNow);
  }
}

function givenUpAfter(waitSeconds: number, left: number): number {
  const kept = waitSeconds * 1000;
  const { min, max } = secondsForAnswer;
  return kept + Math.min(Math.max(left - kept, min * 1000), max * 1000);
}

async function tryToAsk(go: () => Promise<Answer<Decision>>): Promise<Asked> {
  try {
    return { kind: 'answered', answer: await go() };
  } catch (error) {
    if (error instanceof CouldNotAsk && error.kind === 'passing') return { kind: 'failed', error };
    throw error;
  }
}

function isVerdict(asked: Asked): boolean {
  return asked.kind === 'answered' && asked.answer.kind === 'granted';
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
