/** listProducts: every product that the caller may know of, by key. */
import { expect, test } from 'vitest';
import { type Client, type TestService, testService } from '../support/service.ts';

const keys = ['b', 'a-b', 'a.b', 'a', 'a_b', '1'];

async function withProducts(): Promise<TestService> {
  const service = await testService();
  const engineer = await service.as('engineer');
  for (const key of keys) {
    const product = { name: key, versionScheme: 'intdot', rings: ['general'] };
    expect(await engineer.put(`/v1/products/${key}`, product)).toMatchObject({ status: 201 });
  }
  return service;
}

/** The keys on each page. */
async function pages(client: Client, limit: number): Promise<string[][]> {
  const seen: string[][] = [];
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const from = cursor ? `&cursor=${cursor}` : '';
    const { status, body } = await client.get(`/v1/products?limit=${limit}${from}`);
    expect(status).toBe(200);
    seen.push(body.items.map(({ key }: { key: string }) => key));
    cursor = body.next;
  }
  return seen;
}

test('200 lists by key, byte by byte, page by page, each product once', async () => {
  const reader = await (await withProducts()).as('reader');
  const inOrder = [...keys].sort();

  expect(await pages(reader, 200)).toEqual([inOrder]);
  expect(await pages(reader, 4)).toEqual([inOrder.slice(0, 4), inOrder.slice(4)]);
  expect(await pages(reader, 3)).toEqual([inOrder.slice(0, 3), inOrder.slice(3)]);
});

test('an item is what getProduct answers', async () => {
  const reader = await (await withProducts()).as('reader');
  const { body } = await reader.get('/v1/products?limit=1');
  expect(body.items).toEqual([(await reader.get('/v1/products/1')).body]);
});

test('a token bound to products sees these alone, on every page', async () => {
  const bound = await (await withProducts()).as('pipeline', { products: ['b', 'a', 'gone'] });
  expect(await pages(bound, 1)).toEqual([['a'], ['b']]);
});

test('400 for a cursor that this list never gave, and for a limit out of bounds', async () => {
  const reader = await (await testService()).as('reader');
  const foreign = Buffer.from(JSON.stringify([1, 7])).toString('base64url');
  for (const query of ['cursor=abc', `cursor=${foreign}`, 'limit=0', 'limit=201', 'limit=x']) {
    const [parameter] = query.split('=');
    const { status, body } = await reader.get(`/v1/products?${query}`);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ parameter }]);
  }
});
