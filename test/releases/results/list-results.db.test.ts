/** Reading the results of a release. */
import { expect, test } from 'vitest';
import { testService } from '../../support/service.ts';
import { release, sensorRelease } from '../sensor.ts';

const results = `${release}/results`;
const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id);

test('200 lists the newest first, page by page, each result once', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  for (const outcome of ['failed', 'running', 'passed']) {
    await engineer.post(results, {
      results: [
        { check: 'boot', outcome },
        { check: 'boot', outcome },
      ],
    });
  }
  const reader = await service.as('reader');
  const first = await reader.get(`${results}?limit=4`);
  expect(idsOf(first)).toEqual(['6', '5', '4', '3']);
  expect(first.body.items[0].outcome).toBe('passed');
  const second = await reader.get(`${results}?limit=4&cursor=${first.body.next}`);
  expect(idsOf(second)).toEqual(['2', '1']);
  expect(second.body.next).toBeUndefined();
});

test('200 lists the results of one check, of none that is unknown, and of no other release', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service, { checks: { boot: {}, soak: {} } });
  await engineer.put('/v1/products/sensor/releases/2.1', {});
  await engineer.post('/v1/products/sensor/releases/2.1/results', {
    results: [{ check: 'boot', outcome: 'passed' }],
  });
  await engineer.post(results, {
    results: [
      { check: 'boot', outcome: 'passed' },
      { check: 'soak', outcome: 'passed' },
      { check: 'boot', outcome: 'failed' },
    ],
  });
  expect(idsOf(await engineer.get(`${results}?check=boot`))).toEqual(['4', '2']);
  expect(idsOf(await engineer.get(`${results}?check=boot&limit=1`))).toEqual(['4']);
  expect(idsOf(await engineer.get(`${results}?check=nothing`))).toEqual([]);
});

test('400 for a cursor that this list never gave', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  const { status, body } = await engineer.get(`${results}?cursor=made-up`);
  expect(status).toBe(400);
  expect(body.errors[0].parameter).toBe('cursor');
});

test('404 for what is not registered, and for what lies outside the products of the token', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  expect((await engineer.get('/v1/products/sensor/releases/3.0/results')).status).toBe(404);
  expect((await engineer.get('/v1/products/nothing/releases/2.0/results')).status).toBe(404);
  const bound = await service.as('reader', { products: ['scanner'] });
  expect((await bound.get(results)).status).toBe(404);
});
