/** createToken: a secret that is shown once, and kept nowhere. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type TestService, testService } from '../support/service.ts';

const product = { name: 'Sensor', versionScheme: 'intdot', rings: ['general'] };

/** Everything that the database holds, as text. */
async function everyRow({ database: { db } }: TestService): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'
  `.execute(db);
  const texts = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ text: string }>`
      select t::text as text from ${sql.raw(name)} as t
    `.execute(db);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

test('201 answers the token with its secret, which works at once', async () => {
  const service = await testService();
  const admin = await service.as('admin', { name: 'ada' });
  await admin.put('/v1/products/sensor', product);

  const expiresAt = '2999-01-01T00:00:00Z';
  const asked = { name: 'build farm', role: 'pipeline', products: ['sensor'], expiresAt };
  const created = await admin.post('/v1/tokens', asked);
  expect(created.status).toBe(201);
  expect(created.body).toEqual({
    ...asked,
    id: expect.stringMatching(/^\d+$/),
    token: expect.stringMatching(/^hf_[\w-]{43}$/),
    createdAt: expect.any(String),
    createdBy: 'ada',
    lastUsedAt: null,
    revokedAt: null,
  });
  const pipeline = service.withSecret(created.body.token);
  expect((await pipeline.get('/v1/products')).body.items).toMatchObject([{ key: 'sensor' }]);
});

test('what is not said of a token is null, and each has a secret of its own', async () => {
  const admin = await (await testService()).as('admin');
  const [first, second] = [
    await admin.post('/v1/tokens', { name: 'ann', role: 'engineer' }),
    await admin.post('/v1/tokens', { name: 'ann', role: 'engineer' }),
  ];
  expect(first.body).toMatchObject({ products: null, expiresAt: null });
  expect(first.body.token).not.toBe(second.body.token);
  expect(first.body.id).not.toBe(second.body.id);
});

test('the secret is nowhere but in the answer: no table, no list, no audit entry has it', async () => {
  const service = await testService();
  const admin = await service.as('admin');
  const { body } = await admin.post('/v1/tokens', { name: 'ann', role: 'engineer' });
  const ann = service.withSecret(body.token);
  await ann.put('/v1/products/sensor', product);
  const incident = { title: 'Hosts stop at start', severity: 'sev1' };
  await ann.post('/v1/incidents', incident, { 'Idempotency-Key': 'one' });

  const everywhere = [
    await everyRow(service),
    JSON.stringify((await admin.get('/v1/tokens')).body),
    JSON.stringify((await admin.get('/v1/audit')).body),
  ].join('\n');
  expect(everywhere).toContain('Hosts stop at start');
  for (const written of [body.token, Buffer.from(body.token).toString('hex')]) {
    expect(everywhere).not.toContain(written);
  }
});

test('422 for products that are not there, an expiry that has passed, and a bound administrator', async () => {
  const service = await testService();
  const admin = await service.as('admin');
  await admin.put('/v1/products/sensor', product);

  const refused = await admin.post('/v1/tokens', {
    name: 'ann',
    role: 'admin',
    products: ['sensr', 'sensor', 'agent'],
    expiresAt: '2024-07-19T04:09:00Z',
  });
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/products/0',
    '/products/2',
    '/products',
    '/expiresAt',
  ]);
  expect((await admin.get('/v1/tokens')).body.items).toHaveLength(1);
});

test('an expiry is read in any offset', async () => {
  const admin = await (await testService()).as('admin');
  const expiresAt = '2999-01-01T23:59:00.5+23:59';
  const { status, body } = await admin.post('/v1/tokens', { name: 'a', role: 'reader', expiresAt });
  expect([status, body.expiresAt]).toEqual([201, '2999-01-01T00:00:00.500000Z']);
});

test.each([
  ['no name', {}],
  ['a blank name', { name: ' ' }],
  ['a name with space around it', { name: 'ann ' }],
  ['a name of two lines', { name: 'ann\nben' }],
  ['an unknown role', { name: 'ann', role: 'owner' }],
  ['an unknown field', { name: 'ann', token: 'mine' }],
  ['an expiry that is no instant', { name: 'ann', expiresAt: '2999-01-01' }],
])('400 for %s', async (_, said) => {
  const admin = await (await testService()).as('admin');
  expect(await admin.post('/v1/tokens', { role: 'reader', ...said })).toMatchObject({
    status: 400,
  });
});

test.each(['\u0085', '\u00a0x', '\u200b', 'ünï', '名前', '🙂'])(
  'a name that the contract takes is one that the database takes, such as %j',
  async (name) => {
    const admin = await (await testService()).as('admin');
    const { status } = await admin.post('/v1/tokens', { name, role: 'reader' });
    expect([201, 400]).toContain(status);
  },
);
