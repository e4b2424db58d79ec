/** listDrivers: third-party drivers by key. */
import { describe, expect, test } from 'vitest';
import { incidentDesk, preliminary } from '../incidents/incident-desk.ts';
import { type Client, testService } from '../support/service.ts';

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

describe('narrowed', () => {
  const found = async (client: Client, query: string) => {
    const { status, body } = await client.get(`/v1/drivers?${query}`);
    expect(status).toBe(200);
    return body.items.map(({ key }: { key: string }) => key);
  };

  test.each([
    ['EXAMPLE', ['audio', 'filter', 'module']],
    ['audiob', ['audio']],
    ['AudioBus64.SYS', ['audio']],
    ['smart sound', ['audio']],
    ['original', ['filter']],
    ['snd_', ['module']],
    ['sndx', []],
    ['100%', ['filter']],
    ['\\', []],
    ['*', ['audio']],
  ])('to those that %s is a name of', async (q, keys) => {
    const engineer = await (await testService()).as('engineer');
    const put = (key: string, more: object) =>
      engineer.put(`/v1/drivers/${key}`, { ...driver, name: 'A driver', ...more });
    await put('audio', {
      aliases: ['Smart Sound Technology'],
      identity: { fileNames: ['AudioBus*.sys'] },
    });
    await put('filter', { name: '100% filter', identity: { originalFileNames: ['Original.sys'] } });
    await put('module', { identity: { moduleNames: ['snd_hda'], signers: ['Smart Sound Ltd'] } });
    expect(await found(engineer, `q=${encodeURIComponent(q)}`)).toEqual(keys);
  });

  test('by whether we can get them, and by whether anything guards them, page by page', async () => {
    const { ann, publish, log } = await incidentDesk();
    await ann.put('/v1/drivers/away', { ...driver, access: 'none' });
    expect(await found(ann, 'access=none')).toEqual(['away']);
    expect(await found(ann, 'access=lab&q=bus')).toEqual(['audio-bus', 'away'].slice(0, 1));
    expect(await found(ann, 'unguarded=true')).toEqual([]);

    const drivers = ['audio-bus', 'away'].map((key) => ({
      driver: key,
      versions: null,
      versionOf: 'file',
      role: 'trigger',
    }));
    const key = await log({ ...preliminary, drivers } as never);
    expect(await found(ann, 'unguarded=true')).toEqual([]);
    await publish(key);
    expect(await found(ann, 'unguarded=true')).toEqual(['audio-bus', 'away']);
    expect(await found(ann, 'unguarded=true&access=none')).toEqual(['away']);
    expect(await found(ann, 'unguarded=false')).toEqual([]);
    const { body } = await ann.get('/v1/drivers?unguarded=true&limit=1');
    expect(await found(ann, `unguarded=true&limit=1&cursor=${body.next}`)).toEqual(['away']);
  });

  test('400 for an access that is none', async () => {
    const engineer = await (await testService()).as('engineer');
    expect(await engineer.get('/v1/drivers?access=maybe')).toMatchObject({ status: 400 });
  });
});
