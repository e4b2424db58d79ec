/** getDriver: one third-party driver. */
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

test('200 reads one with its revision as ETag, 404 where there is none', async () => {
  const service = await testService();
  const put = await (await service.as('engineer')).put('/v1/drivers/audio-bus', driver);
  const reader = await service.as('reader');

  const got = await reader.get('/v1/drivers/audio-bus');
  expect(got).toMatchObject({ status: 200, body: put.body });
  expect(got.headers.get('etag')).toBe('"1"');
  const absent = await reader.get('/v1/drivers/nothing');
  expect(absent).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('nothing') },
  });
});
