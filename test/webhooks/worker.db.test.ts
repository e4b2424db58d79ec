/** The worker beside the service: woken by what happens on any instance, and ended without losing anything. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { sender } from '../../src/webhooks/send.ts';
import { startWebhookWorker } from '../../src/webhooks/worker.ts';
import { openForTest } from '../support/databases.ts';
import { expectCreated, submit } from '../support/gate-scene.ts';
import { settings } from '../support/service.ts';
import { startReceiver } from './receiver.ts';
import { atOnce, loopback, webhookScene } from './webhook-scene.ts';

/** Soon: far below the 30 seconds after which somebody looks in any case. */
const soon = { timeout: 15_000, interval: 20 };

function startWorker(database: OpenDatabase, patience = atOnce) {
  const failures: unknown[] = [];
  const worker = startWebhookWorker(database, {
    publicUrl: settings.publicUrl,
    send: sender({ allowed: loopback, timeoutMs: 5000 }),
    patience,
    onPaused: () => {},
    onFailure: (error) => failures.push(error),
  });
  onTestFinished(worker.stop);
  return { worker, failures };
}

async function scene() {
  const made = await webhookScene({ products: ['content'] });
  const { database } = made.service;
  const url = database.pool.options.connectionString;
  return {
    ...made,
    database,
    elsewhere: url === undefined ? database : await openForTest({ url }),
  };
}

test('a result on one instance is told by another, without being asked, and once', async () => {
  const { engineer, database, elsewhere, receiver } = await scene();
  const { failures } = startWorker(elsewhere);
  startWorker(database);
  await submit(engineer, 'failed');
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), soon);
  await submit(engineer, 'passed');
  await vi.waitFor(() => expect(receiver.received).toHaveLength(6), soon);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(6);
  expect(failures).toEqual([]);
});

test('what time changes is told when its time has come', async () => {
  const { engineer, service, database, receiver } = await scene();
  const approver = await service.as('approver');
  startWorker(database);
  const expiresAt = new Date(Date.now() + 1000).toISOString();
  const release = '/v1/products/content/releases/2.0';
  const waiver = { check: 'boots-twice', reason: 'The lab is down.', expiresAt };
  const { body } = await expectCreated(engineer.post(`${release}/waivers`, waiver));
  await expectCreated(approver.post(`/v1/waivers/${body.id}/approval`));
  await vi.waitFor(() => {
    expect(receiver.told().slice(-3)).toEqual(Array(3).fill('passed_with_waivers → pending'));
  }, soon);
});

test('what waited while a webhook was paused is sent when it is resumed', async () => {
  const { admin, hook, engineer, database, receiver } = await scene();
  await admin.patch(hook, { status: 'paused' });
  startWorker(database);
  await submit(engineer, 'failed');
  await vi.waitFor(async () => expect((await admin.get(hook)).body.waiting).toBe(3), soon);
  await admin.patch(hook, { status: 'active' });
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), soon);
});

test('a failure is tried again by itself, and a webhook that hangs holds up no other', async () => {
  const { admin, hook, database, receiver } = await scene();
  const hanging = await startReceiver();
  let answer = () => {};
  hanging.react((response) => {
    answer = () => response.writeHead(204).end();
  });
  const { body } = await expectCreated(admin.post('/v1/webhooks', { url: hanging.url }));
  startWorker(database, { ...atOnce, pausesMs: [50] });
  await admin.post(`/v1/webhooks/${body.id}/test`);
  await vi.waitFor(() => expect(hanging.received).toHaveLength(1), soon);
  receiver.react(500);
  await admin.post(`${hook}/test`);
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(2), soon);
  receiver.react(204);
  await vi.waitFor(async () => expect((await admin.get(hook)).body.waiting).toBe(0), soon);
  expect(hanging.received).toHaveLength(1);
  answer();
});

test('told to stop it begins nothing more, and keeps what came of what was on its way', async () => {
  const { admin, hook, database, receiver } = await scene();
  const { worker } = startWorker(database);
  let answer = () => {};
  receiver.react((response) => {
    answer = () => response.writeHead(204).end();
  });
  await admin.post(`${hook}/test`);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), soon);
  await admin.post(`${hook}/test`);
  const stopped = worker.stop();
  answer();
  await stopped;
  const { items } = (await admin.get(`${hook}/deliveries`)).body;
  expect(items.map(({ status }: { status: string }) => status)).toEqual(['waiting', 'delivered']);
  expect(receiver.received).toHaveLength(1);
});
