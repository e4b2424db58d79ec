import { expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';
import { blocked, decision, pending } from '../samples.ts';

async function ship(script: Script, ...options: string[]) {
  const service = await fakeService(script);
  const ran = await run(['ship', 'content', '1.2', ...options, '--url', service.url]);
  return { ...ran, asked: service.asked };
}

const shipment = {
  id: '1',
  product: 'content',
  version: '1.2',
  ring: 'canary',
  shippedAt: '2024-08-12T10:00:00Z',
  recordedAt: '2024-08-12T10:00:00Z',
  recordedBy: 'build-farm',
  afterwards: false,
  pastGate: null,
};

test('what the gate allows is recorded: 0', async () => {
  const ran = await ship(() => ({ status: 201, body: shipment }), '--ring', 'canary');
  expect(ran.code).toBe(0);
  expect(ran.stdout).toBe(
    'content 1.2 is in ring canary since 2024-08-12T10:00:00Z, recorded by build-farm.\n',
  );
  expect(ran.asked[0]).toMatchObject({
    method: 'POST',
    path: '/v1/products/content/releases/1.2/shipments',
    body: { ring: 'canary' },
  });
});

test('a ring entered before is said so, and is 0', async () => {
  const ran = await ship(() => ({ body: shipment }), '--ring', 'canary');
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('in ring canary already');
});

test.each([
  ['blocked', blocked, 1],
  ['pending', pending, 2],
  ['a verdict of a newer service', { ...blocked, verdict: 'someday' }, 4],
  ['a pass, which no refusal can rest on', decision(), 4],
])('refused by the gate with %s', async (_, body, code) => {
  const refusal = problem(409, 'The gate refuses.', { decision: body });
  const ran = await ship(() => refusal, '--ring', 'canary');
  expect(ran.code).toBe(code);
  expect(ran.stdout).toContain(body.summary);
  expect(ran.stderr).toContain('The gate refuses.');
  const asJson = await ship(() => refusal, '--ring', 'canary', '--json');
  expect(asJson.code).toBe(code);
  expect(JSON.parse(asJson.stdout)).toEqual(refusal.body);
});

test('another conflict, and an unknown release, are asked wrongly', async () => {
  expect((await ship(() => problem(409, 'No.'), '--ring', 'x')).code).toBe(3);
  expect((await ship(() => problem(404, 'No.'), '--ring', 'x')).code).toBe(3);
});

test('the ring and the instant may come from a file, and options go before it', async () => {
  const file = fileWith('shipment.json', { ring: 'general', shippedAt: '2024-07-19T04:09:00Z' });
  const recorded = { status: 201, body: { ...shipment, afterwards: true } };
  const { stdout, asked } = await ship(() => recorded, '--file', file);
  expect(asked[0]?.body).toEqual({ ring: 'general', shippedAt: '2024-07-19T04:09:00Z' });
  expect(stdout).toContain('the gate was not asked');

  const reason = 'The fix cannot wait.';
  const over = await ship(
    () => recorded,
    '--file',
    file,
    '--ring',
    'canary',
    '--past-gate-reason',
    reason,
  );
  expect(over.asked[0]?.body).toEqual({
    ring: 'canary',
    shippedAt: '2024-07-19T04:09:00Z',
    pastGateReason: reason,
  });
});

test('without a ring nothing is asked', async () => {
  expect(await ship(() => ({}))).toMatchObject({ code: 3, asked: [] });
});
