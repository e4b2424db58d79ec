/** Whoever asks while a read is under way shares the next one, and is never answered from one that began before. */
import { expect, test } from 'vitest';
import { sharedRead } from '../../src/db/shared-read.ts';

/** A read that answers when it is told to, with the questions it was given. */
function heldRead() {
  const begun: { questions: readonly string[]; answer(): void; fail(error: Error): void }[] = [];
  const read = (questions: readonly string[]) =>
    new Promise<readonly string[]>((resolve, reject) => {
      const answer = () => resolve(questions.map((question) => `${question}!`));
      begun.push({ questions, answer, fail: reject });
    });
  return { begun, ask: sharedRead(read) };
}

test('a question that comes alone is read at once', async () => {
  const { begun, ask } = heldRead();
  const answer = ask('a');
  expect(begun.map(({ questions }) => questions)).toEqual([['a']]);
  begun[0]?.answer();
  expect(await answer).toBe('a!');
});

test('whoever asks during a read shares the next one, each with the answer to its own question', async () => {
  const { begun, ask } = heldRead();
  const first = ask('a');
  const later = Promise.all([ask('b'), ask('a'), ask('c')]);
  expect(begun).toHaveLength(1);
  begun[0]?.answer();
  await first;
  await Promise.resolve();
  expect(begun[1]?.questions).toEqual(['b', 'a', 'c']);
  begun[1]?.answer();
  expect(await later).toEqual(['b!', 'a!', 'c!']);
});

test('a read that fails fails those who shared it, and nobody after them', async () => {
  const { begun, ask } = heldRead();
  const first = ask('a');
  const second = ask('b');
  begun[0]?.fail(new Error('out of reach'));
  await expect(first).rejects.toThrow('out of reach');
  begun[1]?.answer();
  expect(await second).toBe('b!');
  const third = ask('c');
  begun[2]?.answer();
  expect(await third).toBe('c!');
});
