/** Asks again where a failure may pass in a moment. Only for calls that are safe to repeat. */
import type { Answer } from './answer.ts';
import { CouldNotAsk, isPassing } from './exit-code.ts';
import type { Session } from './session.ts';

/** Seconds before each further attempt. */
const pauses = [1, 2, 4];

/** The first answer that will not change by waiting, else what the last attempt came to. */
export async function askPatiently<T>(
  session: Pick<Session, 'clock' | 'note'>,
  attempt: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  for (const pause of pauses) {
    const failure = await tryOnce(attempt);
    if (typeof failure !== 'string') return failure;
    session.note(`${failure} Trying again in ${pause} s.`);
    await session.clock.sleep(pause * 1000);
  }
  return attempt();
}

/** A sentence where it may be tried again. */
async function tryOnce<T>(attempt: () => Promise<Answer<T>>): Promise<Answer<T> | string> {
  try {
    const answer = await attempt();
    if (answer.kind === 'granted' || !isPassing(answer.status)) return answer;
    return `${answer.problem.title} (${answer.status}).`;
  } catch (error) {
    if (error instanceof CouldNotAsk && error.kind === 'passing') return error.message;
    throw error;
  }
}
