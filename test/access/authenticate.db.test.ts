/** From a bearer token to a caller: what is refused, and how long an answer is taken for true. */
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { authenticator } from '../../src/access/authenticate.ts';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { testDatabase } from '../support/databases.ts';
import { testService } from '../support/service.ts';
import { makeToken } from './make-token.ts';

/** As another instance of the service would. */
async function revokeEveryToken({ db }: Pick<OpenDatabase, 'db'>): Promise<void> {
  await db.updateTable('token').set({ revoked_at: sql`clock_timestamp()` }).execute();
}

test.each([
  ['another scheme', () => 'Basic YWRtaW46YWRtaW4='],
  ['no secret', () => 'Bearer'],
  ['a blank secret', () => 'Bearer  '],
  ['no scheme', (secret: string) => secret],
  ['something after the secret', (secret: string) => `Bearer ${secret} ${secret}`],
  ['an unknown secret', (secret: string) => `Bearer ${secret}x`],
  ['a secret of other case', (secret: string) => `Bearer ${secret.toUpperCase()}`],
])('401 with a challenge for %s, wherever it is shown', async (_, authorization) => {
  const service = await testService();
  const secret = await makeToken(service);
  const headers = { authorization: authorization(secret) };

  for (const address of ['/v1/products', '/v1/reports']) {
    const refused = await service.anonymous.get(address, headers);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(JSON.stringify(refused.body)).not.toContain(secret);
  }
});

test('the scheme is read without case, and with more than one space', async () => {
  const service = await testService();
  const secret = await makeToken(service);
  for (const authorization of [`bearer ${secret}`, `BEARER   ${secret} `]) {
    const { status } = await service.anonymous.get('/v1/products', { authorization });
    expect(status).toBe(200);
  }
});

test('401 for a token that has expired, which says when it did', async () => {
  const service = await testService();
  const secret = await makeToken(service, { expiresAt: '2024-07-19T04:09:00Z' });
  const refused = await service.withSecret(secret).get('/v1/products');
  expect(refused).toMatchObject({ status: 401, body: { detail: /2024-07-19T04:09:00Z/ } });
});

test('a token identifies its person, role and products', async () => {
  const database = await testDatabase();
  const said = { name: 'build farm', role: 'pipeline', products: ['sensor'] } as const;
  const secret = await makeToken({ database }, said);

  const { authenticate } = authenticator(database.db);
  const remoteAddress = null;
  expect(await authenticate({ authorization: `Bearer ${secret}`, remoteAddress })).toEqual({
    kind: 'token',
    tokenId: expect.stringMatching(/^\d+$/),
    ...said,
  });
  expect(await authenticate({ authorization: null, remoteAddress })).toEqual({ kind: 'anonymous' });
});

/** An authenticator whose clock stands at `clock.now`, and what it says of this secret. */
function watched(database: OpenDatabase, options: { rememberedMax?: number } = {}) {
  const clock = { now: 0 };
  const { authenticate, forget } = authenticator(database.db, { now: () => clock.now, ...options });
  const kindOf = async (secret: string) => {
    const caller = await authenticate({ authorization: `Bearer ${secret}`, remoteAddress: null });
    return caller.kind;
  };
  return { clock, kindOf, forget };
}

test('an answer is taken for true for one second, and not longer', async () => {
  const database = await testDatabase();
  const secret = await makeToken({ database });
  const { clock, kindOf } = watched(database);

  expect(await kindOf(secret)).toBe('token');
  await revokeEveryToken(database);
  clock.now = 999;
  expect(await kindOf(secret)).toBe('token');
  clock.now = 1000;
  expect(await kindOf(secret)).toBe('invalid');
});

test('an answer is not taken for true beyond the expiry of the token', async () => {
  const database = await testDatabase();
  const expiresAt = new Date(Date.now() + 30_000).toISOString();
  const secret = await makeToken({ database }, { expiresAt });
  const { clock, kindOf } = watched(database);
  expect(await kindOf(secret)).toBe('token');

  await database.db
    .updateTable('token')
    .set({ expires_at: sql`clock_timestamp() + interval '0.5 second'` })
    .execute();
  clock.now = 1000;
  expect(await kindOf(secret)).toBe('token');
  await revokeEveryToken(database);
  clock.now = 1501;
  expect(await kindOf(secret)).toBe('invalid');
});

test('what is forgotten is asked again', async () => {
  const database = await testDatabase();
  const secret = await makeToken({ database });
  const { kindOf, forget } = watched(database);

  expect(await kindOf(secret)).toBe('token');
  await revokeEveryToken(database);
  forget();
  expect(await kindOf(secret)).toBe('invalid');
});

test('however many tokens are shown, only so many are remembered', async () => {
  const database = await testDatabase();
  const secret = await makeToken({ database });
  const { kindOf } = watched(database, { rememberedMax: 2 });

  expect(await kindOf(secret)).toBe('token');
  expect(await kindOf('made-up-1')).toBe('invalid');
  await revokeEveryToken(database);
  expect(await kindOf(secret)).toBe('token');
  for (const another of ['made-up-2', 'made-up-3']) expect(await kindOf(another)).toBe('invalid');
  expect(await kindOf(secret)).toBe('invalid');
});

test('an outage is not remembered', async () => {
  const database = await testDatabase();
  const secret = await makeToken({ database });
  const { kindOf } = watched(database);
  const rename = (from: string, to: string) =>
    sql`alter table if exists ${sql.table(from)} rename to ${sql.table(to)}`.execute(database.db);
  onTestFinished(async () => {
    await rename('lost', 'token');
  });

  await rename('token', 'lost');
  await expect(kindOf(secret)).rejects.toThrow(/token/);
  await rename('lost', 'token');
  expect(await kindOf(secret)).toBe('token');
});
