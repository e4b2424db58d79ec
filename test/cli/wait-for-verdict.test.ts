/** The wait of the command line, against services that keep a question, or do not. */
import { expect, test } from 'vitest';
import type { Answer } from '../../src/cli/answer.ts';
import { CouldNotAsk } from '../../src/cli/exit-code.ts';
import type { Decision } from '../../src/cli/output/decision.ts';
import { type Question, waitForVerdict } from '../../src/cli/wait-for-verdict.ts';
import { decision, pending } from './samples.ts';

const granted = (data: Decision): Answer<Decision> => ({
  kind: 'granted',
  status: 200,
  data,
  etag: undefined,
  text: '',
});

/** Waits with a clock that only the service and pauses move. */
async function wait(seconds: number, service: (question: Question, asked: number) => Wanted) {
  let now = 0;
  const questions: Question[] = [];
  const pauses: number[] = [];
  const notes: string[] = [];
  const clock = {
    now: () => now,
    async sleep(milliseconds: number) {
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
  const session = { clock, note: (text: string) => void notes.push(text) };
  const ended = await waitForVerdict(session, seconds * 1000, async (question) => {
    questions.push(question);
    const { after = question.waitSeconds, is } = service(question, questions.length);
    now += after * 1000;
    if (is === 'away') throw new CouldNotAsk('passing', 'Away.');
    return granted(is);
  }).catch((error: unknown) => error);
  const waits = questions.map(({ waitSeconds }) => waitSeconds);
  return { ended, waits, questions, pauses, notes, seconds: now / 1000 };
}

interface Wanted {
  /** Seconds; absent: as long as it was asked to keep the question. */
  after?: number;
  is: Decision | 'away';
}

test('a service that keeps questions is asked without a pause, and the wait ends at its deadline', async () => {
  const { ended, waits, pauses, notes, seconds } = await wait(25, () => ({ is: pending }));
  expect(ended).toMatchObject({ kind: 'granted', data: { verdict: 'pending' } });
  expect(waits).toEqual([0, 10, 10, 5]);
  expect(pauses).toEqual([]);
  expect(notes).toEqual(['Waiting for boot-loop: missing']);
  expect(seconds).toBe(25);
});

test('the verdict ends the wait as soon as the service gives it', async () => {
  const { waits, seconds } = await wait(600, (_, asked) =>
    asked < 3 ? { is: pending } : { is: decision(), after: 1.5 },
  );
  expect(waits).toEqual([0, 10, 10]);
  expect(seconds).toBe(11.5);
});

test('a service that lets the question go early, as when it ends, is not asked without a pause', async () => {
  const { pauses, waits } = await wait(60, (_, asked) =>
    asked === 2 ? { is: pending, after: 3 } : { is: asked > 3 ? decision() : pending },
  );
  expect(waits).toEqual([0, 10, 10, 10]);
  expect(pauses).toEqual([2000]);
});

test('the last fraction of a second is waited for, and asked after', async () => {
  const { waits, pauses, seconds } = await wait(3, (_, asked) => ({
    is: pending,
    ...(asked === 1 && { after: 0.4 }),
  }));
  expect(waits).toEqual([0, 2, 0]);
  expect(pauses).toEqual([600]);
  expect(seconds).toBe(3);
});

test('an answer is given time beyond that for which the question is kept', async () => {
  const { questions } = await wait(12, () => ({ is: pending }));
  for (const { waitSeconds, withinMs } of questions) {
    expect(withinMs).toBeGreaterThanOrEqual(waitSeconds * 1000 + 10_000);
  }
});

test('a service that is away at the end could not be asked', async () => {
  const { ended, pauses } = await wait(5, (_, asked) => ({
    is: asked === 1 ? pending : 'away',
    after: 0,
  }));
  expect(ended).toBeInstanceOf(CouldNotAsk);
  expect(pauses).toEqual([2000, 2000, 1000]);
});
