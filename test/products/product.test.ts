/** What a product may become. */
import { expect, test } from 'vitest';
import {
  completeProduct,
  faultsOfReplacement,
  type NameInUse,
  namesTakenAway,
  type ProductInput,
} from '../../src/products/product.ts';

const input: ProductInput = {
  name: 'Sensor',
  versionScheme: 'intdot',
  components: ['driver', 'updater'],
  rings: ['internal', 'general'],
};
const before = completeProduct(input);

test('what is left out is stored as nothing, so that saying nothing and saying none are equal', () => {
  expect(completeProduct({ ...input, platforms: [], waiverDaysMax: {} })).toEqual(before);
});

test('a name is taken away where it is declared no more, in whatever order the rest stands', () => {
  const after = { ...before, components: ['updater', 'tray'], rings: ['general', 'internal'] };
  expect(namesTakenAway(before, after)).toEqual([{ facet: 'components', name: 'driver' }]);
});

const inUse: NameInUse[] = [{ facet: 'components', name: 'driver', by: 'the check boot' }];

test.each([
  ['nothing of what is in use', { components: ['driver'] }, []],
  ['a component in use', { components: ['updater'] }, ['/components']],
  ['a ring of the same name', { components: ['driver'], rings: ['general'] }, []],
  ['the version scheme', { versionScheme: 'semver' as const }, ['/versionScheme']],
  ['both', { versionScheme: 'semver' as const, components: [] }, ['/versionScheme', '/components']],
])('a replacement that takes away %s', (_, change, pointers) => {
  const faults = faultsOfReplacement(before, { ...before, ...change }, inUse);
  expect(faults.map(({ pointer }) => pointer)).toEqual(pointers);
});
