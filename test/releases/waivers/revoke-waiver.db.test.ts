/** Revoking a waiver: it ends at once, and nothing said is lost. */
import { expect, test } from 'vitest';
import { testService } from '../../support/service.ts';
import { done, putProduct, release, sensorRelease } from '../sensor.ts';
import { inDays } from './in-days.ts';

const asked = { check: 'boot', reason: 'The lab is down.' };
const revocation = '/v1/waivers/1/revocation';
const because = { reason: 'The lab is back.' };

test('200 ends the waiver at once, and request, approval and revocation stay readable', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  const approver = await service.as('approver', { name: 'ada' });
  const expiresAt = inDays(5);
  const waived = done(await approver.post(`${release}/waivers`, { ...asked, expiresAt }));
  const whileActive = (await engineer.get(`${release}/gate`)).body;
  expect(whileActive.verdict).toBe('passed_with_waivers');

  const { status, body } = await engineer.post(revocation, because);
  expect(status).toBe(200);
  expect(body).toEqual({
    ...waived.body,
    status: 'revoked',
    revocation: { by: 'engineer', at: body.revocation.at, reason: 'The lab is back.' },
  });
  expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('pending');
  expect((await engineer.get('/v1/waivers')).body.items).toEqual([body]);
  const { rows } = await service.database.pool.query(
    `select approved_by, revoked_by from waiver_approval join waiver_revocation using (waiver_id)`,
  );
  expect(rows).toEqual([{ approved_by: 'ada', revoked_by: 'engineer' }]);

  const before = await engineer.get(`${release}/gate?asOf=${whileActive.asOf}`);
  expect(before.body.verdict).toBe('passed_with_waivers');
});

test('200 for one that nobody has approved', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  const { body } = await engineer.post(revocation, because);
  expect(body).toMatchObject({ status: 'revoked', approval: null });
});

test('409 for one that is revoked already, which keeps its first reason', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  const first = await engineer.post(revocation, because);
  const { status, body } = await engineer.post(revocation, { reason: 'Again.' });
  expect(status).toBe(409);
  expect(body.detail).toMatch(/^engineer revoked it at /);
  expect((await engineer.get('/v1/waivers')).body.items).toEqual([first.body]);
});

test('of two who revoke at the same time one does, and the other is told', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  const replies = await Promise.all([1, 2, 3].map(() => engineer.post(revocation, because)));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('the same call with the same Idempotency-Key is answered the same', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  const key = { 'Idempotency-Key': 'r-1' };
  const first = await engineer.post(revocation, because, key);
  const again = await engineer.post(revocation, because, key);
  expect([again.status, again.body]).toEqual([200, first.body]);
});

test('422 for the Idempotency-Key of a revocation with another reason', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  const key = { 'Idempotency-Key': 'r-1' };
  await engineer.post(revocation, because, key);
  const other = await engineer.post(revocation, { reason: 'Something else.' }, key);
  expect(other.status).toBe(422);
});

test('400 without a reason, 403 for a pipeline, and the waiver stands', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  expect((await engineer.post(revocation, {})).status).toBe(400);
  expect((await engineer.post(revocation, { reason: ' ' })).status).toBe(400);
  expect((await (await service.as('pipeline')).post(revocation, because)).status).toBe(403);
  expect((await engineer.get('/v1/waivers')).body.items[0].status).toBe('requested');
});

test('404 for a waiver that does not exist, and for one outside the products of the token alike', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await putProduct(engineer, 'scanner');
  await engineer.post(`${release}/waivers`, { ...asked, expiresAt: inDays(5) });
  const bound = await service.as('engineer', { products: ['scanner'] });
  const outside = await bound.post(revocation, because);
  const unknown = await bound.post('/v1/waivers/999/revocation', because);
  expect([outside.status, unknown.status]).toEqual([404, 404]);
  expect(outside.body.detail).toBe(unknown.body.detail.replace('999', '1'));
  expect((await engineer.get('/v1/waivers')).body.items[0].status).toBe('requested');
});
