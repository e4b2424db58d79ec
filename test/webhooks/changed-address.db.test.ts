/** A webhook that gets another address while something is sent to the old one: what that answers is history. */
import { expect, test } from 'vitest';
import { usualPatience } from '../../src/webhooks/retry.ts';
import { expectCreated } from '../support/gate-scene.ts';
import { type Reaction, startReceiver } from './receiver.ts';
import { deliver, timePasses, webhookScene } from './webhook-scene.ts';

type Answer = Exclude<Reaction, 'hang'>;

/** One event for a webhook that will have another address. */
async function scene() {
  const { admin, hook, receiver, service } = await webhookScene();
  const { database } = service;
  const other = await startReceiver();
  await expectCreated(admin.post(`${hook}/test`));
  const paused: unknown[] = [];
  const onPaused = (_: number, because: unknown) => paused.push(because);
  return {
    database,
    old: receiver,
    other,
    /** The old address answers so, once it is the old one. */
    changesBefore(answer: Answer) {
      receiver.react((response) => {
        admin.patch(hook, { url: other.url }).then(() => {
          if (typeof answer === 'number') response.writeHead(answer).end();
          else if (answer === 'break') response.destroy();
          else answer(response);
        });
      });
    },
    deliver: (most = 100) => deliver(database, { patience: usualPatience, onPaused, most }),
    paused,
    state: async () => (await admin.get(hook)).body,
    deliveries: async () => (await admin.get(`${hook}/deliveries`)).body.items,
  };
}

const untouched = { status: 'active', pausedBecause: null, failingSince: null, deliveredAt: null };

test.each<[string, Answer, number | null]>([
  ['wants nothing more', 410, 410],
  ['fails, and asks for a pause', (r) => r.writeHead(503, { 'retry-after': '3600' }).end(), 503],
  ['breaks off', 'break', null],
  ['has received it', 204, 204],
])(
  'an old address that %s says nothing of the new one, which gets the event at once',
  async (_, answer, statusCode) => {
    const { changesBefore, deliver, state, deliveries, paused, old, other } = await scene();
    changesBefore(answer);
    expect(await deliver(1)).toBe(1);
    expect(await state()).toMatchObject({ ...untouched, waiting: 1 });
    expect(await deliveries()).toMatchObject([{ status: 'waiting', attempts: [{ statusCode }] }]);
    expect(paused).toEqual([]);

    expect(await deliver()).toBe(1);
    expect(other.received.map(({ id }) => id)).toEqual(old.received.map(({ id }) => id));
    expect(await state()).toMatchObject({ failingSince: null, waiting: 0 });
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attemptCount: 2 }]);
  },
);

test('three days of failures at an old address do not pause the new one', async () => {
  const { changesBefore, deliver, state, paused, old, other, database } = await scene();
  old.react(500);
  await deliver(1);
  await timePasses(database, 73);
  changesBefore(500);
  await deliver(1);
  expect(await state()).toMatchObject({ ...untouched, waiting: 1 });
  expect(paused).toEqual([]);
  await deliver();
  expect(other.received).toHaveLength(1);
});
