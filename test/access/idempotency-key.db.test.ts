/** Idempotency-Key: a call that is repeated is answered as the first time, and changes nothing more. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forgetOldAnswers } from '../../src/access/audited-write.ts';
import { type Client, type TestService, testService } from '../support/service.ts';

const incident = {
  title: 'Hosts stop at start',
  severity: 'sev1',
  summary: 'Hosts that took the update stop at start.',
  whatToDo: 'Start into safe mode.',
  affectedUnknown: true,
  nextUpdateAt: '2099-07-20T12:00:00Z',
};
const key = { 'Idempotency-Key': 'build-4711' };

/** How often something was written. */
async function lines(service: TestService): Promise<number> {
  const { body } = await (await service.as('admin')).get('/v1/audit?limit=200');
  return body.items.length;
}

function log(client: Client, said: object = {}, headers: Record<string, string> = key) {
  return client.post('/v1/incidents', { ...incident, ...said }, headers);
}

test('the same call again gets the same status, headers and body, and stores nothing more', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');

  const first = await log(engineer);
  expect(first.status).toBe(201);
  await engineer.patch(
    first.headers.get('location') ?? '',
    { title: 'Other' },
    { 'If-Match': '*' },
  );
  const before = await lines(service);

  const again = await log(engineer);
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  for (const header of ['etag', 'location', 'content-type']) {
    expect(again.headers.get(header)).toBe(first.headers.get(header));
  }
  expect(await lines(service)).toBe(before);
  expect((await engineer.get('/v1/incidents')).body.items).toHaveLength(1);
});

test('the order of the fields does not make another call', async () => {
  const engineer = await (await testService()).as('engineer');
  const first = await engineer.post('/v1/incidents', { title: 'T', severity: 'sev1' }, key);
  const again = await engineer.post('/v1/incidents', { severity: 'sev1', title: 'T' }, key);
  expect(again.body).toEqual(first.body);
});

test('422 for another body under the same key, and nothing is stored', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');
  await log(engineer);

  const other = await log(engineer, { severity: 'sev2' });
  expect(other).toMatchObject({
    status: 422,
    body: { type: '/problems/idempotency-key-reused', detail: /build-4711/ },
  });
  expect(await lines(service)).toBe(1);
});

test('422 for the same body at another address under the same key', async () => {
  const engineer = await (await testService()).as('engineer');
  const product = { name: 'P', versionScheme: 'intdot', rings: ['canary', 'general'] };
  await engineer.put('/v1/products/sensor', product);
  const ship = { ring: 'canary' };
  for (const [version, status] of [
    ['1.0', 201],
    ['1.1', 422],
  ] as const) {
    const release = `/v1/products/sensor/releases/${version}`;
    await engineer.put(release, {});
    expect(await engineer.post(`${release}/shipments`, ship, key)).toMatchObject({ status });
  }
});

test('of several of the same call at the same time one stores, and all are answered alike', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');

  const answers = await Promise.all(Array.from({ length: 6 }, () => log(engineer)));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
  expect(new Set(answers.map(({ body }) => body.key)).size).toBe(1);
  expect(await lines(service)).toBe(1);
});

test('the same key of another person, or for another operation, is another key', async () => {
  const service = await testService();
  const ann = await service.as('engineer', { name: 'ann' });
  const ben = await service.as('engineer', { name: 'ben' });

  const keys = [await log(ann), await log(ben)].map(({ body }) => body.key);
  expect(new Set(keys).size).toBe(2);
  const transitions = `/v1/incidents/${keys[0]}/transitions`;
  const headers = { ...key, 'If-Match': '*' };
  expect(await ann.post(transitions, { to: 'in_review' }, headers)).toMatchObject({ status: 200 });
});

test('a key belongs to its token: another one, be it of the same name, makes a call of its own', async () => {
  const service = await testService();
  const answers = [
    await log(await service.as('engineer', { name: 'ann' })),
    await log(await service.as('engineer', { name: 'ann' })),
  ];
  expect(answers.map(({ body }) => body.key)).toEqual([
    expect.stringMatching(/-0001$/),
    expect.stringMatching(/-0002$/),
  ]);
});

test('a problem is not kept: the same call works once what was wrong is put right', async () => {
  const engineer = await (await testService()).as('engineer');
  const checks = [{ check: 'boot', why: 'It would have shown it.' }];
  expect(await log(engineer, { checks })).toMatchObject({ status: 422 });

  await engineer.put('/v1/checks/boot', {
    title: 'Boots twice',
    purpose: 'A host starts twice.',
    kind: 'automated',
    enforcement: 'required',
    appliesTo: {},
    owner: 'release-engineering',
  });
  expect(await log(engineer, { checks })).toMatchObject({ status: 201 });
  expect(await log(engineer)).toMatchObject({ status: 422 });
});

test('a key is free again after a day, and its answer can be dropped', async () => {
  const service = await testService();
  const { db } = service.database;
  const engineer = await service.as('engineer');
  const kept = async () => (await db.selectFrom('idempotency_key').select('key').execute()).length;
  const first = await log(engineer);
  await forgetOldAnswers(db);
  expect(await kept()).toBe(1);

  await sql`update idempotency_key set created_at = created_at - interval '1 day'`.execute(db);
  const next = await log(engineer, { severity: 'sev2' });
  expect(next.status).toBe(201);
  expect(next.body.key).not.toBe(first.body.key);
  expect(await kept()).toBe(1);

  await sql`update idempotency_key set created_at = created_at - interval '1 day'`.execute(db);
  await forgetOldAnswers(db);
  expect(await kept()).toBe(0);
});

test.each(['', 'a b', 'x'.repeat(201)])('400 for the key %j', async (bad) => {
  const engineer = await (await testService()).as('engineer');
  expect(await log(engineer, {}, { 'Idempotency-Key': bad })).toMatchObject({ status: 400 });
});
