/** revokeToken: a token that stops working, and stays on record. */
import { expect, test } from 'vitest';
import { testService } from '../support/service.ts';

async function withToken() {
  const service = await testService();
  const admin = await service.as('admin');
  const { body } = await admin.post('/v1/tokens', { name: 'ann', role: 'reader' });
  const stateOf = async () => (await admin.get('/v1/tokens?limit=1')).body.items[0];
  return { service, admin, stateOf, address: `/v1/tokens/${body.id}`, secret: body.token };
}

test('204: the token stops at once on this instance, however lately it was used', async () => {
  const { service, admin, stateOf, address, secret } = await withToken();
  const ann = service.withSecret(secret);
  expect(await ann.get('/v1/products')).toMatchObject({ status: 200 });

  expect(await admin.delete(address)).toMatchObject({ status: 204, body: '' });
  const refused = await ann.get('/v1/products');
  expect(refused).toMatchObject({ status: 401, body: { detail: /revoked/ } });
  expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
  expect(await stateOf()).toMatchObject({ name: 'ann', revokedAt: expect.any(String) });
});

test('204 again for a token that is revoked already, which changes nothing', async () => {
  const { admin, stateOf, address } = await withToken();
  await admin.delete(address);
  const before = await stateOf();
  const audited = async () => (await admin.get('/v1/audit')).body.items.length;
  const entries = await audited();

  expect(await admin.delete(address)).toMatchObject({ status: 204 });
  expect(await stateOf()).toEqual(before);
  expect(await audited()).toBe(entries);
});

test('of several who revoke it at the same time all are told that it is, and one is on record', async () => {
  const { admin, address } = await withToken();
  const revoked = await Promise.all(Array.from({ length: 5 }, () => admin.delete(address)));
  expect(revoked.map(({ status }) => status)).toEqual(Array(5).fill(204));
  const { body } = await admin.get(`/v1/audit?subject=${address}`);
  expect(body.items.map(({ operation }: { operation: string }) => operation)).toEqual([
    'revokeToken',
    'createToken',
  ]);
});

test('an administrator may revoke the very token that is used', async () => {
  const { service, admin } = await withToken();
  const { body } = await admin.post('/v1/tokens', { name: 'bob', role: 'admin' });
  const bob = service.withSecret(body.token);
  expect(await bob.delete(`/v1/tokens/${body.id}`)).toMatchObject({ status: 204 });
  expect(await bob.get('/v1/tokens')).toMatchObject({ status: 401 });
});

test('404 for a token that is not there, 400 for what is no id', async () => {
  const admin = await (await testService()).as('admin');
  expect(await admin.delete('/v1/tokens/999999999999999999')).toMatchObject({ status: 404 });
  expect(await admin.delete('/v1/tokens/hf_secret')).toMatchObject({ status: 400 });
});
