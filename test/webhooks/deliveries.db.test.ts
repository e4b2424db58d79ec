/** Deliveries: a receiver that fails, hangs or is away misses nothing in the end, and gets each event under one id. */
import { describe, expect, test } from 'vitest';
import { claimErrand } from '../../src/webhooks/courier-store.ts';
import { forgetOldEvents } from '../../src/webhooks/outbox.ts';
import { usualPatience } from '../../src/webhooks/retry.ts';
import { openForTest } from '../support/databases.ts';
import { expectCreated, submit } from '../support/gate-scene.ts';
import { type Reaction, startReceiver, verifies } from './receiver.ts';
import { deliver, look, timePasses, webhookScene } from './webhook-scene.ts';

const steady = { ...usualPatience, random: () => 0.5 };

/** A webhook, and a way to make events of a kind that nobody has to bring about. */
async function scene() {
  const made = await webhookScene();
  const { admin, hook, service, receiver, engineer } = made;
  const { database } = service;
  return {
    ...made,
    database,
    test: async () => (await expectCreated(admin.post(`${hook}/test`))).body,
    /** Three events, one for each ring, and nothing else. */
    async verdict(outcome: 'passed' | 'failed') {
      await submit(engineer, outcome);
      await look(database);
    },
    deliveries: async () => (await admin.get(`${hook}/deliveries`)).body.items,
    state: async () => (await admin.get(hook)).body,
    /** How often each event came, by the verdict that it told, in the order of the first time. */
    seen: () => {
      const times = new Map<string, number>();
      for (const { id } of receiver.received) times.set(id, (times.get(id) ?? 0) + 1);
      return [...times.values()];
    },
  };
}

describe('a receiver that', () => {
  test.each<[string, Reaction]>([
    ['fails', 500],
    ['hangs', 'hang'],
    ['breaks off', 'break'],
    ['redirects', (response) => response.writeHead(302, { location: '/other' }).end()],
  ])(
    '%s for a while gets everything in the end, in its order, each event under one id',
    async (_, reaction) => {
      const { verdict, receiver, database, seen, deliveries, state } = await scene();
      receiver.react(reaction);
      await verdict('failed');
      expect(await deliver(database, { most: 4 })).toBe(4);
      await verdict('passed');
      await deliver(database, { most: 3 });
      expect(await state()).toMatchObject({ status: 'active', waiting: 6, deliveredAt: null });

      receiver.react(204);
      await deliver(database);
      expect(await state()).toMatchObject({ waiting: 0, failingSince: null });
      const all = await deliveries();
      expect(all.map(({ status }: { status: string }) => status)).toEqual(
        Array(6).fill('delivered'),
      );
      expect(new Set(receiver.received.map(({ id }) => id))).toEqual(
        new Set(all.map(({ event }: { event: string }) => event)),
      );
      expect(seen()).toHaveLength(6);
      const received = receiver.received.slice(-6);
      for (const ring of ['internal', 'canary', 'general']) {
        const told = received.filter(({ event }) => event.data.ring === ring);
        expect(told.map(({ event }) => event.data.verdict)).toEqual(['blocked', 'passed']);
      }
    },
  );

  test('is away gets everything when it is back', async () => {
    const { verdict, admin, hook, database, state, deliveries } = await scene();
    await admin.patch(hook, { url: 'http://127.0.0.1:1/' });
    await verdict('failed');
    await deliver(database, { most: 3 });
    const [{ attempts }] = await deliveries();
    expect(attempts[0]).toMatchObject({
      statusCode: null,
      failure: expect.stringContaining('ECONNREFUSED'),
    });
    expect((await state()).failingSince).toBe((await deliveries()).at(-1).attempts.at(-1).at);
    const back = await startReceiver();
    await admin.patch(hook, { url: back.url });
    await deliver(database);
    expect(back.received).toHaveLength(3);
  });

  test('fails is left alone for ever longer, and what waits is due once it answers', async () => {
    const { verdict, receiver, database } = await scene();
    receiver.react(503);
    await verdict('failed');
    const patient = (most = 100) => deliver(database, { patience: steady, most });
    // One attempt, and the receiver as a whole is left alone.
    expect(await patient()).toBe(1);
    await timePasses(database, 5 / 3600);
    expect(await patient()).toBe(1);
    await timePasses(database, 4 / 60);
    expect(await patient()).toBe(0);
    await timePasses(database, 1 / 60);
    expect(await patient()).toBe(1);
    receiver.react(200);
    await timePasses(database, 0.5);
    expect(await patient()).toBe(3);
  });

  test('failed is sent to at once where somebody asks for it, or gives it another address', async () => {
    const made = await scene();
    const { verdict, admin, hook, receiver, database } = made;
    receiver.react(500);
    const patient = () => deliver(database, { patience: steady });
    await verdict('failed');
    expect(await patient()).toBe(1);
    await made.test();
    expect(await patient()).toBe(1);
    await admin.patch(hook, { description: 'The chat' });
    expect(await patient()).toBe(0);
    const other = await startReceiver();
    await admin.patch(hook, { url: other.url });
    expect(await patient()).toBe(4);
    expect(other.received).toHaveLength(4);
  });

  test('refuses one event gets the news of other things all the same', async () => {
    const { verdict, receiver, database, deliveries, state, test } = await scene();
    receiver.react((response) => {
      const refused = receiver.received.at(-1)?.event.data.ring === 'internal';
      response.writeHead(refused ? 400 : 204).end('I do not know this ring.');
    });
    await verdict('failed');
    await deliver(database, { most: 10 });
    await verdict('passed');
    await deliver(database, { most: 10 });
    const waiting = (await deliveries()).filter(
      ({ status }: { status: string }) => status === 'waiting',
    );
    expect(waiting).toMatchObject([
      { attemptCount: 0, attempts: [], sent: { data: { ring: 'internal', verdict: 'passed' } } },
      {
        attempts: expect.arrayContaining([
          expect.objectContaining({ statusCode: 400, excerpt: 'I do not know this ring.' }),
        ]),
        sent: { data: { ring: 'internal', verdict: 'blocked' } },
      },
    ]);
    expect(await state()).toMatchObject({ status: 'active', waiting: 2 });

    // After three days it is given up, since others were received, and what waited behind it is next.
    await timePasses(database, 71);
    await test();
    await deliver(database, { most: 2 });
    await timePasses(database, 2);
    await deliver(database, { most: 1 });
    expect((await deliveries()).at(-1)).toMatchObject({ status: 'failed', nextAttemptAt: null });
    receiver.react(204);
    await timePasses(database, 1);
    await deliver(database);
    expect(receiver.received.at(-1)?.event.data).toMatchObject({
      ring: 'internal',
      verdict: 'passed',
    });
  });
});

test('three days without a success pause the webhook; resumed, it gets all that waited', async () => {
  const { verdict, receiver, database, admin, hook, state } = await scene();
  receiver.react('break');
  await verdict('failed');
  await deliver(database, { most: 1 });
  await timePasses(database, 73);
  const told: unknown[] = [];
  await deliver(database, { most: 1, onPaused: (id, because) => told.push([`${id}`, because]) });
  expect(await state()).toMatchObject({ status: 'paused', pausedBecause: 'failing', waiting: 3 });
  expect(told).toEqual([[(await state()).id, 'failing']]);
  await verdict('passed');
  expect(await deliver(database)).toBe(0);

  receiver.react(204);
  const { body } = await admin.patch(hook, { status: 'active' });
  expect(body).toMatchObject({ status: 'active', pausedBecause: null, pausedAt: null, waiting: 6 });
  expect(await deliver(database)).toBe(6);
});

test('410 pauses the webhook, and nothing more is sent until somebody resumes it', async () => {
  const { verdict, receiver, database, state, admin, hook } = await scene();
  receiver.react(410);
  await verdict('failed');
  expect(await deliver(database)).toBe(1);
  expect(await state()).toMatchObject({ status: 'paused', pausedBecause: 'gone' });
  receiver.react(204);
  await admin.patch(hook, { status: 'active' });
  expect(await deliver(database)).toBe(3);
});

test('every attempt is signed anew, for its own time, over the same body', async () => {
  const { test, receiver, database, secret } = await scene();
  receiver.react(500);
  await test();
  await deliver(database, { most: 3 });
  for (const received of receiver.received) {
    expect(verifies(secret, received)).toBe(true);
    const seconds = Number(received.headers['webhook-timestamp']);
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
    expect(verifies(secret, { ...received, text: `${received.text} ` })).toBe(false);
  }
  expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
  expect(receiver.received).toHaveLength(3);
});

test('a new secret signs beside the old one for a day, and one that leaked ends at once', async () => {
  const { test, receiver, database, secret, admin, hook } = await scene();
  const last = async () => {
    await test();
    await deliver(database);
    const received = receiver.received.at(-1);
    if (!received) throw new Error('Nothing came.');
    return received;
  };
  const second = (await admin.post(`${hook}/secret`)).body.secret;
  const both = await last();
  expect([verifies(secret, both), verifies(second, both)]).toEqual([true, true]);
  await timePasses(database, 25);
  const one = await last();
  expect([verifies(secret, one), verifies(second, one)]).toEqual([false, true]);
  const third = (await admin.post(`${hook}/secret?before=drop`)).body.secret;
  const other = await last();
  expect([second, third].map((each) => verifies(each, other))).toEqual([false, true]);
});

test('whoever dies while sending has the event sent again, under the same id', async () => {
  const { test, receiver, database, state } = await scene();
  await test();
  // As if the process had ended between taking the delivery and saying what came of it.
  expect(await claimErrand(database.db)).not.toBeNull();
  expect(await deliver(database)).toBe(0);
  await timePasses(database, 2 / 60);
  expect(await deliver(database)).toBe(1);
  expect(receiver.received).toHaveLength(1);
  expect(await state()).toMatchObject({ waiting: 0 });
});

test('two instances send each event once, and one at a time', async () => {
  const { verdict, receiver, database } = await scene();
  const url = database.pool.options.connectionString;
  const other = url === undefined ? database : await openForTest({ url });
  let [now, most] = [0, 0];
  receiver.react((response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      response.writeHead(204).end();
    }, 20);
  });
  for (const outcome of ['failed', 'passed', 'failed'] as const) await verdict(outcome);
  for (let round = 0; round < 9; round++) {
    await Promise.all([deliver(database), deliver(other), deliver(database), deliver(other)]);
  }
  expect(receiver.received).toHaveLength(9);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(9);
  expect(most).toBe(1);
});

test('a delivery is made again when somebody asks for it, also one that was received', async () => {
  const { test, receiver, database, admin, hook, deliveries } = await scene();
  const { id, event } = await test();
  await deliver(database);
  const asked = await admin.post(`${hook}/deliveries/${id}/redelivery`);
  expect(asked).toMatchObject({ status: 202, body: { id, event, status: 'waiting' } });
  await deliver(database);
  expect(receiver.received.map((each) => each.id)).toEqual([event, event]);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attemptCount: 2 }]);
});

test('what happens while a webhook is paused waits for thirty days', async () => {
  const { verdict, receiver, database, admin, hook, state } = await scene();
  await admin.patch(hook, { status: 'paused' });
  await verdict('failed');
  expect(await deliver(database)).toBe(0);
  await timePasses(database, 29 * 24);
  await forgetOldEvents(database.db);
  expect(await state()).toMatchObject({ pausedBecause: 'asked', waiting: 3 });
  await timePasses(database, 25);
  await forgetOldEvents(database.db);
  expect(await state()).toMatchObject({ waiting: 0 });
  await admin.patch(hook, { status: 'active' });
  await deliver(database);
  expect(receiver.received).toEqual([]);
});

test('a webhook that is deleted while something is sent to it leaves nothing behind', async () => {
  const { test, receiver, database, admin, hook } = await scene();
  receiver.react((response) => {
    admin.delete(hook).then(() => response.writeHead(500).end());
  });
  await test();
  expect(await deliver(database)).toBe(1);
  expect((await admin.get(hook)).status).toBe(404);
  expect(await database.db.selectFrom('webhook_attempt').selectAll().execute()).toEqual([]);
});
