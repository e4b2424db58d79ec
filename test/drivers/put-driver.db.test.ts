/** putDriver: creating a driver, and replacing it. */
import { expect, test } from 'vitest';
import { testService } from '../support/service.ts';

const address = '/v1/drivers/audio-bus';
const revision1 = { 'If-Match': '"1"' };

const audio = {
  name: 'Audio bus',
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: ['AudioBus.sys'], sha256: ['0'.repeat(64)] },
  access: 'lab',
};

test('201 creates the driver with its address and its first revision', async () => {
  const engineer = await (await testService()).as('engineer');

  const put = await engineer.put(address, audio);
  expect(put.status).toBe(201);
  expect(put.headers.get('etag')).toBe('"1"');
  expect(put.headers.get('location')).toBe(address);
  expect(put.body).toMatchObject({ ...audio, key: 'audio-bus', revision: 1 });
  expect(put.body.identity).toMatchObject({ ...audio.identity, signers: [] });
  expect((await engineer.get(address)).body).toEqual(put.body);
});

test('200 replaces the driver, or says that nothing changed; 428 and 412 keep it as it is', async () => {
  const engineer = await (await testService()).as('engineer');
  await engineer.put(address, audio);

  expect(await engineer.put(address, audio)).toMatchObject({ status: 200, body: { revision: 1 } });
  const other = { ...audio, access: 'none' };
  expect(await engineer.put(address, other)).toMatchObject({ status: 428 });
  expect(await engineer.put(address, other, { 'If-Match': '"2"' })).toMatchObject({ status: 412 });
  const put = await engineer.put(address, other, revision1);
  expect(put).toMatchObject({ status: 200, body: { access: 'none', revision: 2 } });
  expect(put.headers.get('etag')).toBe('"2"');
});

test('422 for a driver that could never be recognised', async () => {
  const engineer = await (await testService()).as('engineer');

  const put = await engineer.put(address, { ...audio, identity: { fileNames: [] } });
  expect(put).toMatchObject({ status: 422, body: { errors: [{ pointer: '/identity' }] } });
  expect(await engineer.get(address)).toMatchObject({ status: 404 });
});
