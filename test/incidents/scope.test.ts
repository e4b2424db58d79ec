import { describe, expect, test } from 'vitest';
import type { Caller } from '../../src/contract/caller.ts';
import { mayRead, refuseChange } from '../../src/incidents/scope.ts';
import { aRecord } from './a-record.ts';

const bound = (...products: string[]): Caller => ({
  kind: 'token',
  tokenId: '1',
  name: 'ann',
  role: 'engineer',
  products,
});
const unbound: Caller = {
  kind: 'token',
  tokenId: '1',
  name: 'ann',
  role: 'engineer',
  products: null,
};

const affecting = (...products: string[]) =>
  aRecord({ affected: products.map((product) => ({ product, versions: 'vers:intdot/1' })) });

describe('a token that is bound to products', () => {
  test.each<[string[], Caller, boolean, boolean]>([
    [['a'], unbound, true, true],
    [['a'], bound('a'), true, true],
    [['a', 'b'], bound('a', 'b'), true, true],
    [['a', 'b'], bound('a'), true, false],
    [['b'], bound('a'), false, false],
    [[], bound('a'), true, true],
  ])(
    'of an incident that affects %j, %o may read: %s, change: %s',
    (products, caller, reads, changes) => {
      const record = affecting(...products);
      expect(mayRead(caller, record)).toBe(reads);
      expect(refuseChange(caller, { key: 'HF-2024-0001', record }) === null).toBe(changes);
    },
  );
});
