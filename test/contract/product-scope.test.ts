/** Which products a caller may know of. */
import { expect, test } from 'vitest';
import type { Caller } from '../../src/contract/caller.ts';
import {
  mayReachProduct,
  productNotFound,
  productOutOfReach,
  productsOf,
} from '../../src/contract/product-scope.ts';

const holder = (products: readonly string[] | null): Caller => ({
  kind: 'token',
  tokenId: '1',
  name: 'ann',
  role: 'engineer',
  products,
});

test.each([
  ['a token bound to none in particular', holder(null), null, true],
  ['a token bound to it', holder(['agent', 'sensor']), ['agent', 'sensor'], true],
  ['a token bound to another', holder(['agent']), ['agent'], false],
  ['a token bound to no product at all', holder([]), [], false],
  ['nobody in particular', { kind: 'anonymous' } as const, [], false],
])('%s', (_, caller, products, reaches) => {
  expect(productsOf(caller)).toEqual(products);
  expect(mayReachProduct(caller, 'sensor')).toBe(reaches);
});

test('the answers for what is out of reach say nothing but the name that was asked for', () => {
  for (const answer of [productNotFound, productOutOfReach]) {
    expect(JSON.stringify(answer('a')).replaceAll("'a'", "'b'")).toBe(JSON.stringify(answer('b')));
  }
});
