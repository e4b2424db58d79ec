/** The operations on webhooks, and what they never give away. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { expectCreated, product } from '../support/gate-scene.ts';
import { testService } from '../support/service.ts';
import { startReceiver } from './receiver.ts';
import { deliver, webhookScene } from './webhook-scene.ts';

const url = 'https://hooks.example.com/holdfast';

async function scene() {
  const service = await testService();
  const admin = await service.as('admin', { name: 'ada' });
  const engineer = await service.as('engineer');
  await expectCreated(engineer.put('/v1/products/content', product));
  return { service, admin };
}

describe('createWebhook', () => {
  test('201 with the secret, and where to read the webhook', async () => {
    const { admin } = await scene();
    const asked = {
      url,
      description: 'The chat',
      events: ['gate.verdict_changed'],
      products: ['content'],
    };
    const { status, headers, body } = await admin.post('/v1/webhooks', asked);
    expect(status).toBe(201);
    const { secret, ...state } = body;
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(state).toMatchObject({
      ...asked,
      status: 'active',
      pausedBecause: null,
      failingSince: null,
      deliveredAt: null,
      waiting: 0,
      createdBy: 'ada',
    });
    const read = await admin.get(headers.get('location') ?? '');
    expect(read).toMatchObject({ status: 200, body: state });
  });

  test('201 for an address alone: every product, and what changes a verdict', async () => {
    const { admin } = await scene();
    const { body } = await admin.post('/v1/webhooks', { url });
    expect(body).toMatchObject({
      products: null,
      events: ['gate.verdict_changed'],
      description: null,
    });
  });

  test('400 for what does not fit, with its place', async () => {
    const { admin } = await scene();
    for (const [wrong, pointer] of [
      [{}, '/url'],
      [{ url: 'hooks.example.com' }, '/url'],
      [{ url, events: [] }, '/events'],
      [{ url, events: ['gate.opened'] }, '/events/0'],
      [{ url, products: [] }, '/products'],
      [{ url, description: ' ' }, '/description'],
      [{ url, secret: 'whsec_x' }, '/secret'],
    ] as const) {
      const { status, body } = await admin.post('/v1/webhooks', wrong);
      expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
    }
  });

  test('422 for an address that may not be reached, and a product that is not there', async () => {
    const { admin } = await scene();
    for (const [wrong, pointer, why] of [
      [{ url: 'http://hooks.example.com/' }, '/url', 'not https'],
      [{ url: 'https://10.0.0.1/' }, '/url', 'WEBHOOK_ALLOW_PRIVATE'],
      [{ url: 'https://ada:secret@hooks.example.com/' }, '/url', 'password'],
      [{ url, products: ['content', 'other'] }, '/products/1', "no product 'other'"],
    ] as const) {
      const { status, body } = await admin.post('/v1/webhooks', wrong);
      expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
      expect(body.detail).toContain(why);
    }
    expect((await admin.get('/v1/webhooks')).body).toEqual({ items: [] });
  });
});

describe('listWebhooks', () => {
  test('200 page by page, the newest first', async () => {
    const { admin } = await scene();
    const ids: string[] = [];
    for (let made = 0; made < 3; made++)
      ids.unshift((await admin.post('/v1/webhooks', { url })).body.id);
    const first = await admin.get('/v1/webhooks?limit=2');
    const second = await admin.get(`/v1/webhooks?limit=2&cursor=${first.body.next}`);
    const items = [...first.body.items, ...second.body.items];
    expect(items.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(second.body.next).toBeUndefined();
    expect((await admin.get('/v1/webhooks?cursor=x')).status).toBe(400);
  });
});

describe('updateWebhook', () => {
  test('200 changes what is said, and leaves the rest', async () => {
    const { admin } = await scene();
    const { body } = await admin.post('/v1/webhooks', { url, products: ['content'] });
    const hook = `/v1/webhooks/${body.id}`;
    const { secret: _, ...before } = body;
    expect((await admin.patch(hook, { description: 'Chat' })).body).toEqual({
      ...before,
      description: 'Chat',
    });
    const other = { url: 'https://other.example.com/', products: null, description: null };
    expect((await admin.patch(hook, other)).body).toEqual({ ...before, ...other });
    const paused = await admin.patch(hook, { status: 'paused' });
    expect(paused.body).toMatchObject({ status: 'paused', pausedBecause: 'asked' });
    // Again changes nothing, also not since when.
    expect((await admin.patch(hook, { status: 'paused' })).body).toEqual(paused.body);
    expect((await admin.patch(hook, { status: 'active' })).body).toEqual({ ...before, ...other });
  });

  test('404, 422 and 400', async () => {
    const { admin } = await scene();
    expect((await admin.patch('/v1/webhooks/999', { status: 'paused' })).status).toBe(404);
    const { body } = await admin.post('/v1/webhooks', { url });
    const hook = `/v1/webhooks/${body.id}`;
    const refused = await admin.patch(hook, { url: 'https://[::1]/', status: 'paused' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/url' }] } });
    expect((await admin.patch(hook, {})).status).toBe(400);
    expect((await admin.get(hook)).body).toMatchObject({ url, status: 'active' });
  });
});

test('deleteWebhook: 204, and then 404 for everything about it', async () => {
  const { admin } = await scene();
  const { body } = await admin.post('/v1/webhooks', { url });
  const hook = `/v1/webhooks/${body.id}`;
  const delivery = (await admin.post(`${hook}/test`)).body.id;
  expect((await admin.delete(hook)).status).toBe(204);
  expect((await admin.delete(hook)).status).toBe(404);
  expect((await admin.get(hook)).status).toBe(404);
  expect((await admin.get(`${hook}/deliveries`)).status).toBe(404);
  expect((await admin.post(`${hook}/secret`)).status).toBe(404);
  expect((await admin.post(`${hook}/test`)).status).toBe(404);
  expect((await admin.post(`${hook}/deliveries/${delivery}/redelivery`)).status).toBe(404);
});

describe('testWebhook and redeliverWebhookEvent', () => {
  test('202 with a delivery that waits, once for an Idempotency-Key; another body under it is 422', async () => {
    const { admin } = await scene();
    const { body } = await admin.post('/v1/webhooks', { url });
    const hook = `/v1/webhooks/${body.id}`;
    const key = { 'idempotency-key': 'once' };
    const first = await admin.post(`${hook}/test`, undefined, key);
    expect(first).toMatchObject({
      status: 202,
      body: {
        event: expect.stringMatching(/^msg_[\w-]{24}$/),
        sent: { type: 'webhook.test', data: { webhook: body.id } },
        status: 'waiting',
        attemptCount: 0,
        attempts: [],
      },
    });
    expect((await admin.post(`${hook}/test`, undefined, key)).body).toEqual(first.body);
    const redelivery = `${hook}/deliveries/${first.body.id}/redelivery`;
    expect((await admin.post(redelivery, undefined, key)).status).toBe(202);
    const { body: other } = await admin.post('/v1/webhooks', { url });
    const reused = await admin.post(`/v1/webhooks/${other.id}/test`, undefined, key);
    expect(reused.status).toBe(422);
    const { body: second } = await admin.post(`${hook}/test`);
    const again = await admin.post(`${hook}/deliveries/${second.id}/redelivery`, undefined, key);
    expect(again.status).toBe(422);
    expect((await admin.get(`${hook}/deliveries`)).body.items).toHaveLength(2);
  });

  test('409 while the webhook is paused', async () => {
    const { admin } = await scene();
    const { body } = await admin.post('/v1/webhooks', { url });
    const hook = `/v1/webhooks/${body.id}`;
    const { body: delivery } = await admin.post(`${hook}/test`);
    await admin.patch(hook, { status: 'paused' });
    for (const address of [`${hook}/test`, `${hook}/deliveries/${delivery.id}/redelivery`]) {
      expect(await admin.post(address)).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining('Resume it first') },
      });
    }
  });

  test('404 for a delivery of another webhook', async () => {
    const { admin } = await scene();
    const one = (await admin.post('/v1/webhooks', { url })).body.id;
    const other = (await admin.post('/v1/webhooks', { url })).body.id;
    const delivery = (await admin.post(`/v1/webhooks/${one}/test`)).body.id;
    const asked = await admin.post(`/v1/webhooks/${other}/deliveries/${delivery}/redelivery`);
    expect(asked.status).toBe(404);
  });
});

test('listWebhookDeliveries: 200 page by page, the newest first, also those of one status', async () => {
  const { admin, hook, service, receiver } = await webhookScene();
  const ids: string[] = [];
  for (let made = 0; made < 3; made++) ids.unshift((await admin.post(`${hook}/test`)).body.id);
  await deliver(service.database, { most: 2 });
  receiver.react(500);
  await deliver(service.database, { most: 25 });
  const first = await admin.get(`${hook}/deliveries?limit=2`);
  const second = await admin.get(`${hook}/deliveries?limit=2&cursor=${first.body.next}`);
  const items = [...first.body.items, ...second.body.items];
  expect(items.map(({ id }) => id)).toEqual(ids);
  const statuses = ['waiting', 'delivered', 'delivered'];
  expect(items.map(({ status }) => status)).toEqual(statuses);
  expect(items[0].attemptCount).toBe(25);
  expect(items[0].attempts).toHaveLength(20);
  expect(items[1].attempts).toMatchObject([{ statusCode: 204, failure: null, excerpt: null }]);
  const waiting = await admin.get(`${hook}/deliveries?status=waiting`);
  expect(waiting.body.items).toEqual([items[0]]);
  expect((await admin.get(`${hook}/deliveries?cursor=x`)).status).toBe(400);
});

test('a secret is in the answer that gives it, and in no other, nor in the audit trail, the log or what is sent', async () => {
  const logged: object[] = [];
  const service = await testService({ log: { error: (fields) => logged.push(fields) } });
  const admin = await service.as('admin');
  const receiver = await startReceiver();
  const { body } = await admin.post('/v1/webhooks', { url }, { 'idempotency-key': 'kept' });
  const hook = `/v1/webhooks/${body.id}`;
  const rotated = (await admin.post(`${hook}/secret`)).body.secret;
  await admin.patch(hook, { description: 'Chat' });
  await admin.post(`${hook}/test`);
  await deliver(service.database, {
    most: 1,
    send: async (post) => {
      receiver.received.push(post as never);
      return { kind: 'unanswered', why: 'No answer.' };
    },
  });
  const shown = await Promise.all(
    ['/v1/webhooks', hook, `${hook}/deliveries`, '/v1/audit'].map(async (address) =>
      JSON.stringify((await admin.get(address)).body),
    ),
  );
  const { rows: kept } = await sql`select body from idempotency_key`.execute(service.database.db);
  const everywhere = [...shown, JSON.stringify([kept, logged, receiver.received])].join('\n');
  for (const secret of [body.secret, rotated]) {
    const bare = secret.replace('whsec_', '');
    const hex = Buffer.from(bare, 'base64').toString('hex');
    for (const form of [secret, bare, hex]) expect(everywhere).not.toContain(form);
  }
  expect(everywhere).toContain('rotateWebhookSecret');
});
