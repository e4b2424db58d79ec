/** listDrivers: third-party drivers by key. */
import { expect, test } from 'vitest';
import { testService } from '../support/service.ts';

const driver = {
  name: 'Audio bus',
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: ['AudioBus.sys'] },
  access: 'lab',
};

test('200 lists by key, page by page; 400 for a cursor that this list never gave', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');
  for (const key of ['c', 'a', 'b']) await engineer.put(`/v1/drivers/${key}`, driver);
  const keysOf = (body: { items: { key: string }[] }) => body.items.map(({ key }) => key);

  const first = await engineer.get('/v1/drivers?limit=2');
  expect(first.status).toBe(200);
  expect(keysOf(first.body)).toEqual(['a', 'b']);
  const second = await engineer.get(`/v1/drivers?limit=2&cursor=${first.body.next}`);
  expect(keysOf(second.body)).toEqual(['c']);
  expect(second.body.next).toBeUndefined();
  expect(await engineer.get('/v1/drivers?cursor=abc')).toMatchObject({ status: 400 });
});
