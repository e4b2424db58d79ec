/** Whoever asks while reads are under way shares the next one, and is never answered from one that began before. */
import { setImmediate as nextTurn } from 'node:timers/promises';
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
  const reads = () => begun.map(({ questions }) => questions);
  return { begun, reads, ask: sharedRead(read) };
}

test('questions of one turn share a read, each with the answer to its own question', async () => {
  const { begun, reads, ask } = heldRead();
  const answers = Promise.all([ask('a'), ask('b'), ask('a')]);
  await nextTurn();
  expect(reads()).toEqual([['a', 'b', 'a']]);
  begun[0]?.answer();
  expect(await answers).toEqual(['a!', 'b!', 'a!']);
});

test('two reads may be under way; whoever asks meanwhile shares the one after them', async () => {
  const { begun, reads, ask } = heldRead();
  const first = ask('a');
  await nextTurn();
  const second = ask('b');
  await nextTurn();
  const later = Promise.all([ask('c'), ask('d')]);
  await nextTurn();
  expect(reads()).toEqual([['a'], ['b']]);
  begun[0]?.answer();
  expect(await first).toBe('a!');
  await nextTurn();
  expect(reads()).toEqual([['a'], ['b'], ['c', 'd']]);
  begun[2]?.answer();
  expect(await later).toEqual(['c!', 'd!']);
  begun[1]?.answer();
  expect(await second).toBe('b!');
});

test('a read that fails fails those who shared it, and nobody else', async () => {
  const { begun, ask } = heldRead();
  const first = ask('a');
  await nextTurn();
  const second = ask('b');
  await nextTurn();
  begun[0]?.fail(new Error('out of reach'));
  await expect(first).rejects.toThrow('out of reach');
  begun[1]?.answer();
  expect(await second).toBe('b!');
  const third = ask('c');
  await nextTurn();
  begun[2]?.answer();
  expect(await third).toBe('c!');
});
