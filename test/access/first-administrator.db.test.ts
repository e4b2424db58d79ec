/** The first start makes a way in, and no later one makes another. */
import { expect, test } from 'vitest';
import { ensureAdministrator } from '../../src/access/first-administrator.ts';
import { testDatabase } from '../support/databases.ts';
import { testService } from '../support/service.ts';
import { makeToken } from './make-token.ts';

test('the first start makes up a secret, which is an administrator; the second start none', async () => {
  const service = await testService();
  const { db } = service.database;

  const first = await ensureAdministrator(db, null);
  const secret = first.kind === 'made_up' ? first.secret : '';
  expect(await service.withSecret(secret).get('/v1/tokens')).toMatchObject({
    status: 200,
    body: { items: [{ name: 'administrator', role: 'admin', createdBy: 'first start' }] },
  });
  expect(await ensureAdministrator(db, null)).toEqual({ kind: 'on_record' });
});

test('of several instances that start at the same time one makes up a secret', async () => {
  const { db } = await testDatabase();
  const firsts = await Promise.all(Array.from({ length: 4 }, () => ensureAdministrator(db, null)));
  expect(firsts.filter(({ kind }) => kind === 'made_up')).toHaveLength(1);
});

test('where there is a token already, nothing is made up', async () => {
  const database = await testDatabase();
  await makeToken({ database });
  expect(await ensureAdministrator(database.db, null)).toEqual({ kind: 'on_record' });
});

test('a configured secret is an administrator from then on, and is not shown again', async () => {
  const service = await testService();
  const { db } = service.database;
  await makeToken(service);

  const configured = 'a-token-that-the-operator-chose';
  expect(await ensureAdministrator(db, configured)).toEqual({ kind: 'on_record' });
  expect(await ensureAdministrator(db, configured)).toEqual({ kind: 'on_record' });
  const { body } = await service.withSecret(configured).get('/v1/tokens');
  expect(body.items.map(({ role }: { role: string }) => role)).toEqual(['admin', 'reader']);
});

test('a configured secret that was revoked stays revoked', async () => {
  const service = await testService();
  const { db } = service.database;
  const configured = 'a-token-that-the-operator-chose';
  await ensureAdministrator(db, configured);
  await (await service.as('admin')).delete('/v1/tokens/1');

  expect(await ensureAdministrator(db, configured)).toEqual({ kind: 'revoked' });
  expect(await service.withSecret(configured).get('/v1/tokens')).toMatchObject({ status: 401 });
});
