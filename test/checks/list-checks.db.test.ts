/** listChecks: by key, narrowed to a product, and to what the caller may know of. */
import { expect, test } from 'vitest';
import { type Client, type TestService, testService } from '../support/service.ts';
import { aCheck } from './a-check.ts';

const product = { name: 'P', versionScheme: 'intdot', rings: ['general'] };

async function withChecks(): Promise<TestService> {
  const service = await testService();
  const engineer = await service.as('engineer');
  await engineer.put('/v1/products/sensor', product);
  await engineer.put('/v1/products/agent', product);
  for (const [key, appliesTo] of Object.entries({
    'z-all': {},
    both: { products: ['sensor', 'agent'] },
    agents: { products: ['agent'] },
    'a-sensor': { products: ['sensor'] },
  })) {
    const put = await engineer.put(`/v1/checks/${key}`, { ...aCheck, appliesTo });
    expect(put).toMatchObject({ status: 201 });
  }
  return service;
}

async function keys(client: Client, query = ''): Promise<string[]> {
  const { status, body } = await client.get(`/v1/checks${query}`);
  expect(status).toBe(200);
  return body.items.map(({ key }: { key: string }) => key);
}

test('200 lists by key, page by page, each check once and as getCheck answers it', async () => {
  const reader = await (await withChecks()).as('reader');

  expect(await keys(reader)).toEqual(['a-sensor', 'agents', 'both', 'z-all']);
  const first = await reader.get('/v1/checks?limit=3');
  expect(first.body.items).toHaveLength(3);
  expect(first.body.items[2]).toEqual((await reader.get('/v1/checks/both')).body);
  expect(await keys(reader, `?limit=3&cursor=${first.body.next}`)).toEqual(['z-all']);
});

test('200 narrowed to a product lists what may apply to it; a check without products may apply to any', async () => {
  const reader = await (await withChecks()).as('reader');
  expect(await keys(reader, '?product=sensor')).toEqual(['a-sensor', 'both', 'z-all']);
  expect(await keys(reader, '?product=nothing')).toEqual(['z-all']);
});

test('a replaced check is listed by what it applies to now', async () => {
  const service = await withChecks();
  const engineer = await service.as('engineer');
  const moved = { ...aCheck, appliesTo: { products: ['sensor'] } };
  await engineer.put('/v1/checks/agents', moved, { 'If-Match': '"1"' });
  expect(await keys(engineer, '?product=agent')).toEqual(['both', 'z-all']);
  expect(await keys(engineer, '?product=sensor')).toEqual(['a-sensor', 'agents', 'both', 'z-all']);
});

test('a token bound to products sees the checks for these, and of another product no more than of an unknown one', async () => {
  const bound = await (await withChecks()).as('pipeline', { products: ['sensor'] });
  expect(await keys(bound)).toEqual(['a-sensor', 'both', 'z-all']);
  expect(await keys(bound, '?product=sensor')).toEqual(['a-sensor', 'both', 'z-all']);
  expect(await keys(bound, '?product=agent')).toEqual(await keys(bound, '?product=nothing'));
});

test('400 for a cursor that this list never gave', async () => {
  const reader = await (await testService()).as('reader');
  const { status, body } = await reader.get('/v1/checks?cursor=abc');
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ parameter: 'cursor' }]);
});
