/** Listing waivers as they stand now. */
import { expect, test } from 'vitest';
import { type Reply, testService } from '../../support/service.ts';
import { done, incidentBehind, putProduct, release, sensorRelease } from '../sensor.ts';
import { inDays } from './in-days.ts';

const idsOf = ({ body }: Reply) => body.items.map(({ id }: { id: string }) => id);
const asking = (check: string) => ({ check, reason: 'The lab is down.', expiresAt: inDays(5) });

/** Waivers 1 to 4, one of each status, on boot and soak of sensor 2.0, and one on scanner 1.0. */
async function waivers() {
  const service = await testService();
  const all = { appliesTo: {} };
  const engineer = await sensorRelease(service, { checks: { boot: all, soak: all } });
  await putProduct(engineer, 'scanner');
  done(await engineer.put('/v1/products/scanner/releases/1.0', {}));
  const approver = await service.as('approver');
  done(await engineer.post(`${release}/waivers`, asking('boot')));
  done(await approver.post(`${release}/waivers`, asking('boot')));
  done(await approver.post(`${release}/waivers`, asking('soak')));
  done(await approver.post(`${release}/waivers`, asking('soak')));
  done(await engineer.post('/v1/products/scanner/releases/1.0/waivers', asking('boot')));
  done(await engineer.post('/v1/waivers/3/revocation', { reason: 'The lab is back.' }));
  await service.database.pool.query(
    `update waiver set requested_at = requested_at - interval '9 days', expires_at = clock_timestamp()
     where id = any('{3, 4}')`,
  );
  return { service, engineer };
}

test('200 lists the newest request first, page by page, each waiver once', async () => {
  const { service } = await waivers();
  const reader = await service.as('reader');
  const first = await reader.get('/v1/waivers?limit=3');
  expect(idsOf(first)).toEqual(['5', '4', '3']);
  const second = await reader.get(`/v1/waivers?limit=3&cursor=${first.body.next}`);
  expect(idsOf(second)).toEqual(['2', '1']);
  expect(second.body.next).toBeUndefined();
});

test('200 narrows to a product, a version however it is written, a check and a status', async () => {
  const { engineer } = await waivers();
  const list = async (query: string) => idsOf(await engineer.get(`/v1/waivers?${query}`));
  expect(await list('product=scanner')).toEqual(['5']);
  expect(await list('product=sensor&version=2.0.0')).toEqual(['4', '3', '2', '1']);
  expect(await list('product=sensor&version=3.0')).toEqual([]);
  expect(await list('product=sensor&version=two')).toEqual([]);
  expect(await list('product=nothing&version=2.0')).toEqual([]);
  expect(await list('product=nothing')).toEqual([]);
  expect(await list('check=boot')).toEqual(['5', '2', '1']);
  expect(await list('check=boot&product=sensor&status=active')).toEqual(['2']);
});

test('the status is the one of now: revoked goes before expired, expired before approved', async () => {
  const { engineer } = await waivers();
  const { items } = (await engineer.get('/v1/waivers')).body;
  const statuses = items.map(({ id, status }: Record<string, string>) => [id, status]);
  expect(Object.fromEntries(statuses)).toEqual({
    1: 'requested',
    2: 'active',
    3: 'revoked',
    4: 'expired',
    5: 'requested',
  });
  for (const [id, status] of statuses) {
    expect(idsOf(await engineer.get(`/v1/waivers?status=${status}`))).toContain(id);
  }
});

test('what is risked is the gravest incident of now, the first of several as grave', async () => {
  const { engineer } = await waivers();
  const risked = async () => {
    const { risks, severity, secondPerson } = (await engineer.get('/v1/waivers?status=active')).body
      .items[0];
    return { risks, severity, secondPerson };
  };
  expect(await risked()).toEqual({ risks: null, severity: 'sev4', secondPerson: false });
  await incidentBehind(engineer, 'boot', 'sev3');
  const grave = await incidentBehind(engineer, 'boot', 'sev2');
  await incidentBehind(engineer, 'boot', 'sev2');
  expect(await risked()).toEqual({ risks: grave, severity: 'sev2', secondPerson: true });
});

test('a token bound to products sees the waivers of these alone, as if there were no others', async () => {
  const { service } = await waivers();
  const bound = await service.as('pipeline', { products: ['scanner'] });
  expect(idsOf(await bound.get('/v1/waivers'))).toEqual(['5']);
  expect(idsOf(await bound.get('/v1/waivers?product=sensor'))).toEqual([]);
  expect(idsOf(await bound.get('/v1/waivers?product=sensor&version=2.0'))).toEqual([]);
});

test('400 for a version without its product, and for a cursor that this list never gave', async () => {
  const service = await testService();
  const reader = await service.as('reader');
  const version = await reader.get('/v1/waivers?version=2.0');
  expect([version.status, version.body.errors[0].parameter]).toEqual([400, 'version']);
  const cursor = await reader.get('/v1/waivers?cursor=made-up');
  expect([cursor.status, cursor.body.errors[0].parameter]).toEqual([400, 'cursor']);
});

test('401 without a token', async () => {
  const service = await testService();
  expect((await service.anonymous.get('/v1/waivers')).status).toBe(401);
});

test('200 with expiresBefore lists what is asked for or active and ends before, the first to end first, page by page', async () => {
  const { service, engineer } = await waivers();
  const approver = await service.as('approver');
  const ending = async (days: number) => {
    const asked = { ...asking('soak'), expiresAt: inDays(days) };
    return done(await approver.post(`${release}/waivers`, asked)).body.id;
  };
  const [late, early] = [await ending(4), await ending(2)];
  const list = async (query: string) => idsOf(await engineer.get(`/v1/waivers?${query}`));
  const before = encodeURIComponent(inDays(4.5).replace('Z', '+00:00'));
  expect(await list(`expiresBefore=${before}`)).toEqual([early, late]);
  expect(await list(`expiresBefore=${inDays(6)}`)).toEqual([early, late, '1', '2', '5']);
  expect(await list(`expiresBefore=${inDays(6)}&status=active`)).toEqual([early, late, '2']);
  expect(await list(`expiresBefore=${inDays(6)}&status=expired`)).toEqual([]);
  expect(await list(`expiresBefore=${inDays(6)}&product=scanner`)).toEqual(['5']);

  const first = await engineer.get(`/v1/waivers?expiresBefore=${inDays(6)}&limit=3`);
  expect(idsOf(first)).toEqual([early, late, '1']);
  const { next } = first.body;
  expect(await list(`expiresBefore=${inDays(6)}&limit=3&cursor=${next}`)).toEqual(['2', '5']);
  expect((await engineer.get(`/v1/waivers?cursor=${next}`)).status).toBe(400);
});
