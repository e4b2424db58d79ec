/** getProduct: one product, for those who may know of it. */
import { expect, test } from 'vitest';
import { testService } from '../support/service.ts';

const sensor = { name: 'Sensor', versionScheme: 'intdot', rings: ['general'] };

test('200 with the revision as ETag, also for a token that is bound to it', async () => {
  const service = await testService();
  const put = await (await service.as('engineer')).put('/v1/products/sensor', sensor);

  for (const products of [undefined, ['sensor', 'content']]) {
    const reader = await service.as('reader', { products });
    const got = await reader.get('/v1/products/sensor');
    expect(got).toMatchObject({ status: 200, body: put.body });
    expect(got.headers.get('etag')).toBe('"1"');
  }
});

test('404 where there is none; a token bound to others is told exactly the same of one that is there', async () => {
  const service = await testService();
  await (await service.as('engineer')).put('/v1/products/sensor', sensor);
  const reader = await service.as('reader');
  const bound = await service.as('pipeline', { products: ['content'] });

  const absent = await reader.get('/v1/products/nothing');
  const hidden = await bound.get('/v1/products/sensor');
  expect(absent.status).toBe(404);
  expect(hidden.status).toBe(404);
  expect({ ...hidden.body, instance: '' }).toEqual({
    ...absent.body,
    instance: '',
    detail: absent.body.detail.replaceAll('nothing', 'sensor'),
  });
});

test('400 for a key that none can have', async () => {
  const reader = await (await testService()).as('reader');
  expect(await reader.get('/v1/products/Sensor')).toMatchObject({ status: 400 });
});
