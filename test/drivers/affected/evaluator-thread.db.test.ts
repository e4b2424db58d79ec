/** Questions about machines in a thread of their own: the same answers, also after it broke down or forgot. */
import { MessageChannel } from 'node:worker_threads';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { affectedness } from '../../../src/drivers/affected/affectedness.ts';
import { evaluator } from '../../../src/drivers/affected/evaluator.ts';
import {
  type EvaluatorThread,
  evaluatorIn,
  serveEvaluator,
} from '../../../src/drivers/affected/evaluator-thread.ts';
import { type IncidentDesk, incidentDesk } from '../../incidents/incident-desk.ts';
import { testService } from '../../support/service.ts';
import { audioBus, bad, beside } from './audio-bus.ts';

const publicUrl = 'https://holdfast.test';
const asked = { product: 'sensor-content', version: '7.11', drivers: [bad] };
const anyone = { kind: 'anyone' } as const;

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
  await desk.ann.put('/v1/drivers/audio-bus', audioBus, { 'If-Match': '*' });
  await desk.publish(await desk.log(beside));
});

/** Speaks as a thread does, through a channel. `breakDown` ends it as an error would. */
function thread(): { started: EvaluatorThread; breakDown(error: Error): void } {
  const { port1, port2 } = new MessageChannel();
  serveEvaluator(port1, publicUrl);
  onTestFinished(() => port1.close());
  const breakDown = (error: Error) => {
    port1.close();
    port2.emit('error', error);
  };
  return { started: port2 as unknown as EvaluatorThread, breakDown };
}

const verdictOf = (answered: { kind: string; json?: Uint8Array }) =>
  JSON.parse(new TextDecoder().decode(answered.json)).verdict;

test('a thread answers as it is answered in place', async () => {
  const { db } = desk.service.database;
  const threaded = affectedness(
    db,
    evaluatorIn(() => thread().started),
  );
  const inPlace = affectedness(db, evaluator(publicUrl));
  const answered = await threaded.answer(anyone, asked);
  expect(verdictOf(answered)).toBe('affected');
  expect(answered).toEqual(await inPlace.answer(anyone, asked));
  expect(await threaded.concerned()).toEqual(await inPlace.concerned());
  expect(await threaded.handOut()).toEqual(await inPlace.handOut());
  const printed = new TextEncoder().encode('x'.repeat(11_000_000));
  expect(await threaded.answer(anyone, asked, printed)).toEqual(
    await inPlace.answer(anyone, asked, printed),
  );
});

test('what a broken thread was asked is refused, and the next question is answered by another', async () => {
  const threads: ReturnType<typeof thread>[] = [];
  const start = () => {
    const begun = thread();
    threads.push(begun);
    return begun.started;
  };
  const answering = evaluatorIn(start);
  const { answer } = affectedness(desk.service.database.db, answering);
  expect(verdictOf(await answer(anyone, asked))).toBe('affected');

  const pending = answering.concerned('whatever');
  threads[0]?.breakDown(new Error('out of memory'));
  await expect(pending).rejects.toThrow('broke down');
  expect(verdictOf(await answer(anyone, asked))).toBe('affected');
  expect(threads).toHaveLength(2);
});

test('a fault of the evaluation is told to whoever asked, and to nobody else', async () => {
  const answering = evaluatorIn(() => thread().started);
  await answering.keep('a', anyone, '{"incidents":[],"drivers":[]}');
  const [faulty, sound] = await Promise.allSettled([
    answering.answer('a', 'no JSON', null),
    answering.answer('a', JSON.stringify(asked), null),
  ]);
  expect(faulty).toMatchObject({ status: 'rejected', reason: expect.any(Error) });
  expect(sound).toMatchObject({ status: 'fulfilled', value: { kind: 'answered' } });
});

test('a catalogue that the thread let go of is handed to it again', async () => {
  const own = evaluator(publicUrl);
  let forgetful = 1;
  const { answer } = affectedness(desk.service.database.db, {
    ...own,
    answer: async (...question) => (forgetful-- > 0 ? null : own.answer(...question)),
  });
  expect(verdictOf(await answer(anyone, asked))).toBe('affected');
  forgetful = Number.POSITIVE_INFINITY;
  await expect(answer(anyone, asked)).rejects.toThrow('let go of');
});

test('429: what is more than can wait is refused, and answered again when the rest is', async () => {
  const own = evaluator(publicUrl);
  let answerAll = () => {};
  const held = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  const { anonymous, app } = await testService({
    database: desk.service.database,
    answering: {
      ...own,
      answer: async (...question) => {
        await held;
        return own.answer(...question);
      },
    },
  });
  const ask = (inventory: string) => anonymous.post('/v1/affected', { ...asked, inventory });
  const large = 'x'.repeat(10_000_000);
  const waiting = [1, 2, 3, 4, 5, 6].map(() => ask(large));
  const refused = await Promise.race([...waiting, ask(large)]);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('5');
  const form = new FormData();
  for (const [name, value] of Object.entries({ product: asked.product, version: '7.11' }))
    form.set(name, value);
  form.set('inventory', 'x'.repeat(9_000_000));
  const page = await app.request('/affected', { method: 'POST', body: form });
  expect(page.status).toBe(429);
  expect(await page.text()).toContain('Ask again in some seconds');
  answerAll();
  for (const response of await Promise.all(waiting)) expect(response.status).toBe(200);
  expect((await ask('nothing')).status).toBe(200);
});
