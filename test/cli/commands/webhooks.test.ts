/** Webhooks from the command line. */
import { expect, test } from 'vitest';
import { run } from '../command-run.ts';
import { fakeService } from '../fake-service.ts';

const webhook = {
  id: '3',
  url: 'https://hooks.example.com/x',
  description: null,
  events: ['gate.verdict_changed'],
  products: ['sensor'],
  status: 'active',
  pausedBecause: null,
  pausedAt: null,
  failingSince: null,
  deliveredAt: null,
  waiting: 2,
  createdAt: '2026-11-01T00:00:00Z',
  createdBy: 'ada',
};
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const delivery = {
  id: '31',
  event: 'msg_1',
  sent: {
    type: 'gate.verdict_changed',
    timestamp: '2026-11-01T00:00:00Z',
    data: {
      product: 'sensor',
      version: '2.0',
      ring: 'canary',
      previousVerdict: null,
      verdict: 'blocked',
      mayShip: false,
      summary: 'Blocked.',
      gateUrl: 'https://incidents.example.com/',
    },
  },
  status: 'waiting',
  createdAt: '2026-11-01T00:00:00Z',
  nextAttemptAt: '2026-11-01T00:05:00Z',
  attemptCount: 2,
  attempts: [
    { at: '2026-11-01T00:00:05Z', durationMs: 3, statusCode: 503, failure: null, excerpt: null },
  ],
};

test('create sends what is asked for, and prints the secret alone on stdout', async () => {
  const service = await fakeService(() => ({ status: 201, body: { ...webhook, secret } }));
  const ran = await run([
    ...['webhook', 'create', webhook.url, '--product', 'sensor', '--product', 'other'],
    ...['--description', 'The chat', '--url', service.url],
  ]);
  expect(service.asked).toMatchObject([
    {
      method: 'POST',
      path: '/v1/webhooks',
      body: { url: webhook.url, products: ['sensor', 'other'], description: 'The chat' },
    },
  ]);
  expect(ran).toMatchObject({ code: 0, stdout: `${secret}\n` });
  expect(ran.stderr).toContain('Webhook 3, active');
});

test('rotate keeps the old secret for a day, and drops it where it leaked', async () => {
  const service = await fakeService(() => ({ body: { ...webhook, secret } }));
  expect((await run(['webhook', 'rotate', '3', '--url', service.url])).stdout).toBe(`${secret}\n`);
  await run(['webhook', 'rotate', '3', '--drop', '--url', service.url]);
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/v1/webhooks/3/secret?before=keep',
    '/v1/webhooks/3/secret?before=drop',
  ]);
});

test.each([
  ['pause', 'paused'],
  ['resume', 'active'],
])('%s makes it %s', async (command, status) => {
  const service = await fakeService(() => ({ body: webhook }));
  expect((await run(['webhook', command, '3', '--url', service.url])).code).toBe(0);
  expect(service.asked).toMatchObject([
    { method: 'PATCH', path: '/v1/webhooks/3', body: { status } },
  ]);
});

test('change sends what is named, and refuses what contradicts', async () => {
  const service = await fakeService(() => ({ body: webhook }));
  const change = (...args: string[]) =>
    run(['webhook', 'change', '3', ...args, '--url', service.url]);
  await change('--to', 'https://other.example.com/', '--all-products');
  expect(service.asked[0]?.body).toEqual({ url: 'https://other.example.com/', products: null });
  expect((await change('--product', 'a', '--all-products')).code).toBe(3);
  expect(service.asked).toHaveLength(1);
});

test('list says what is wrong with a webhook', async () => {
  const items = [
    webhook,
    { ...webhook, id: '2', failingSince: '2026-11-02T00:00:00Z' },
    { ...webhook, id: '1', status: 'paused', pausedBecause: 'failing', products: null },
  ];
  const service = await fakeService(() => ({ body: { items } }));
  const { stdout } = await run(['webhook', 'list', '--url', service.url]);
  const [, active, failing, paused] = stdout.split('\n');
  expect(active).toMatch(/^3 +active +https:\/\/hooks.example.com\/x +sensor +2 +never/);
  expect(failing).toContain('failing since 2026-11-02T00:00:00Z');
  expect(paused).toMatch(/paused: nothing was received for three days .* all /);
});

test('deliveries say what was told, how the last attempt went and when the next is', async () => {
  const tried = {
    ...delivery,
    id: '30',
    sent: { ...delivery.sent, type: 'webhook.test', data: { webhook: '3' } },
    status: 'delivered',
    nextAttemptAt: null,
    attempts: [{ ...delivery.attempts[0], statusCode: null, failure: 'No answer.' }],
  };
  const service = await fakeService(() => ({ body: { items: [delivery, tried] } }));
  const ran = await run([
    'webhook',
    'deliveries',
    '3',
    '--status',
    'waiting',
    '--url',
    service.url,
  ]);
  expect(service.asked[0]?.path).toBe('/v1/webhooks/3/deliveries?status=waiting');
  const [, first, second] = ran.stdout.split('\n');
  expect(first).toContain('sensor 2.0 canary: new → blocked');
  expect(first).toMatch(/2 +2026-11-01T00:00:05Z answered 503 +2026-11-01T00:05:00Z$/);
  expect(second).toMatch(/webhook\.test +delivered +2 +2026-11-01T00:00:05Z No answer\.$/);
});

test('test and redeliver say where to see how it went', async () => {
  const service = await fakeService(() => ({ status: 202, body: delivery }));
  const tested = await run(['webhook', 'test', '3', '--url', service.url]);
  const again = await run(['webhook', 'redeliver', '3', '31', '--url', service.url]);
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/v1/webhooks/3/test',
    '/v1/webhooks/3/deliveries/31/redelivery',
  ]);
  expect(tested.stdout).toBe('Delivery 31 of msg_1 is on its way.\n');
  expect(again.stderr).toContain('holdfast webhook deliveries 3');
});

test('show and delete', async () => {
  const service = await fakeService(({ method }) =>
    method === 'DELETE' ? { status: 204 } : { body: { ...webhook, description: 'The chat' } },
  );
  const shown = await run(['webhook', 'show', '3', '--url', service.url]);
  expect(shown.stdout).toContain('what for   The chat');
  const deleted = await run(['webhook', 'delete', '3', '--url', service.url]);
  expect(deleted).toMatchObject({ code: 0, stdout: 'Webhook 3 is deleted.\n' });
});
