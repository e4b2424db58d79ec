/** listTokens: every token without its secret, with when it was last used. */
import { expect, test } from 'vitest';
import { testService } from '../support/service.ts';

test('200 lists the newest first, page by page, as createToken answered them but for the secret', async () => {
  const admin = await (await testService()).as('admin');
  const made = [];
  for (const name of ['a', 'b', 'c']) {
    const { body } = await admin.post('/v1/tokens', { name, role: 'reader' });
    const { token, ...state } = body;
    made.unshift(state);
  }

  const first = await admin.get('/v1/tokens?limit=2');
  expect(first.body.items).toEqual(made.slice(0, 2));
  const second = await admin.get(`/v1/tokens?limit=2&cursor=${first.body.next}`);
  expect(second.body.items).toMatchObject([made[2], { name: 'admin' }]);
  expect(second.body.next).toBeUndefined();
});

test('the last use shows, to the minute, and is null before the first', async () => {
  const service = await testService();
  const admin = await service.as('admin');
  const { body } = await admin.post('/v1/tokens', { name: 'ann', role: 'reader' });
  const lastUsedAt = async () => (await admin.get('/v1/tokens?limit=1')).body.items[0].lastUsedAt;

  expect(await lastUsedAt()).toBeNull();
  await service.withSecret(body.token).get('/v1/products');
  expect(await lastUsedAt()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
  expect(Date.now() - Date.parse(await lastUsedAt())).toBeLessThan(120_000);
});

test('400 for a cursor that this list never gave', async () => {
  const admin = await (await testService()).as('admin');
  const foreign = Buffer.from(JSON.stringify([1, 'a'])).toString('base64url');
  expect(await admin.get(`/v1/tokens?cursor=${foreign}`)).toMatchObject({ status: 400 });
});
