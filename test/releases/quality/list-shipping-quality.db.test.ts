/** How releases shipped, by product and month. */
import { expect, test } from 'vitest';
import { testService } from '../../support/service.ts';
import { done, putCheck, putProduct } from '../sensor.ts';
import { inDays } from '../waivers/in-days.ts';

const address = '/v1/quality';

/** Five releases of sensor in general this month, one of each sort and one that only went to canary; one in 2024. */
async function shipped() {
  const service = await testService();
  const engineer = await service.as('engineer');
  const approver = await service.as('approver');
  for (const key of ['sensor', 'agent']) await putProduct(engineer, key);
  await putCheck(engineer, 'boot', {});
  const put = async (version: string, product = 'sensor') => {
    const release = `/v1/products/${product}/releases/${version}`;
    done(await engineer.put(release, {}));
    return release;
  };
  const ship = async (release: string, more = {}) =>
    done(await approver.post(`${release}/shipments`, { ring: 'general', ...more }));

  const passed = await put('1.0');
  done(
    await engineer.post(`${passed}/results`, { results: [{ check: 'boot', outcome: 'passed' }] }),
  );
  await ship(passed);
  const waived = await put('1.1');
  const asked = { check: 'boot', reason: 'The lab is down.', expiresAt: inDays(5) };
  done(await approver.post(`${waived}/waivers`, asked));
  done(await engineer.post(`${waived}/shipments`, { ring: 'canary' }));
  await ship(waived);
  await ship(await put('1.2'), { pastGateReason: 'Customers are down without it.' });
  const canary = await put('1.3');
  done(
    await approver.post(`${canary}/shipments`, { ring: 'canary', pastGateReason: 'To find out.' }),
  );
  const afterwards = async (version: string, shippedAt: string) =>
    done(await engineer.post(`${await put(version)}/shipments`, { ring: 'general', shippedAt }));
  await afterwards('1.4', new Date().toISOString());
  await afterwards('0.9', '2024-07-31T23:59:59-01:00');
  await ship(await put('1.0', 'agent'));
  return { service, engineer };
}

const thisMonth = new Date().toISOString().slice(0, 7);
const ofSensor = {
  product: 'sensor',
  month: thisMonth,
  ring: 'general',
  shipped: 4,
  onWaivers: 1,
  pastGate: 1,
  afterwards: 1,
  exceptionShare: 2 / 3,
};
const ofAgent = { ...ofSensor, product: 'agent', shipped: 1, onWaivers: 0, pastGate: 0 };

test('200 counts each release once, in the month of UTC in which it entered the last ring', async () => {
  const { service } = await shipped();
  const { status, body } = await (await service.as('reader')).get(address);
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      { ...ofAgent, afterwards: 0, exceptionShare: 0 },
      ofSensor,
      {
        ...ofSensor,
        month: '2024-08',
        shipped: 1,
        onWaivers: 0,
        pastGate: 0,
        exceptionShare: null,
      },
    ],
  });
});

test('200 narrows to a product, a ring and the months since one', async () => {
  const { engineer } = await shipped();
  const items = async (query: string) => (await engineer.get(`${address}?${query}`)).body.items;
  expect(await items(`product=sensor&since=${thisMonth}`)).toEqual([ofSensor]);
  expect(await items('ring=canary')).toMatchObject([
    { product: 'sensor', ring: 'canary', shipped: 2, onWaivers: 1, pastGate: 1, exceptionShare: 1 },
  ]);
  expect(await items('product=nothing')).toEqual([]);
  expect(await items('ring=nowhere')).toEqual([]);
});

test('200 page by page, each month once', async () => {
  const { engineer } = await shipped();
  const whole = (await engineer.get(address)).body.items;
  const paged = [];
  for (let next = ''; next !== undefined; ) {
    const { body } = await engineer.get(`${address}?limit=1${next && `&cursor=${next}`}`);
    paged.push(...body.items);
    next = body.next;
  }
  expect(paged).toEqual(whole);
});

test('a token bound to products reads of these alone', async () => {
  const { service } = await shipped();
  const bound = await service.as('pipeline', { products: ['agent'] });
  expect((await bound.get(address)).body.items).toMatchObject([{ product: 'agent' }]);
  expect((await bound.get(`${address}?product=sensor`)).body.items).toEqual([]);
});

test('400 for what is no month, and for a cursor that this list never gave; 401 without a token', async () => {
  const service = await testService();
  const reader = await service.as('reader');
  expect((await reader.get(`${address}?since=2026-13`)).body.errors[0].parameter).toBe('since');
  expect((await reader.get(`${address}?cursor=made-up`)).status).toBe(400);
  expect((await service.anonymous.get(address)).status).toBe(401);
});
