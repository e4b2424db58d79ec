/** Names that nobody declares are refused, so that a spelling mistake cannot shed a check. */
import { expect, test } from 'vitest';
import type { CheckInput } from '../../src/checks/check.ts';
import { type DeclaredNames, faultsOfNames } from '../../src/checks/declared-names.ts';

const sensor: DeclaredNames = {
  key: 'sensor',
  versionScheme: 'intdot',
  components: ['driver'],
  rings: ['internal', 'general'],
  platforms: ['windows'],
};
const agent: DeclaredNames = {
  key: 'agent',
  versionScheme: 'semver',
  components: ['daemon'],
  rings: ['general'],
  platforms: ['linux'],
};

type AppliesTo = CheckInput['appliesTo'];

/** As the store finds them: those named that exist, all where none is named. */
function faultsOf(appliesTo: AppliesTo, existing = [sensor, agent]) {
  const { products } = appliesTo;
  return faultsOfNames(
    appliesTo,
    existing.filter(({ key }) => products?.includes(key) ?? true),
  );
}

test.each<[string, AppliesTo, string[]]>([
  ['nothing named', {}, []],
  [
    'names of the product',
    { products: ['sensor'], components: ['driver'], rings: ['general'] },
    [],
  ],
  [
    'a name of another product',
    { products: ['sensor'], components: ['daemon'] },
    ['/components/0'],
  ],
  ['a name of each of two products', { products: ['sensor', 'agent'], rings: ['general'] }, []],
  [
    'names of one of two products, which can never hold for the other',
    { products: ['sensor', 'agent'], platforms: ['linux'] },
    ['/platforms'],
  ],
  ['a name of any product, where none is named', { components: ['driver', 'daemon'] }, []],
  [
    'a name of no product',
    { components: ['driver', 'Driver'], rings: ['beta'], platforms: ['macos'] },
    ['/components/1', '/rings/0', '/platforms/0'],
  ],
  ['an unknown product', { products: ['sensor', 'sensr'] }, ['/products/1']],
  [
    'an unknown product, of which nobody can tell what it declares',
    { products: ['sensr'], components: ['driver'], versions: 'vers:intdot/*' },
    ['/products/0'],
  ],
  ['a range of the scheme', { products: ['sensor'], versions: 'vers:intdot/>=7.11|<7.16' }, []],
  ['a range of some product, where none is named', { versions: 'vers:semver/>=1.0.0' }, []],
  ['a range of no product', { versions: 'vers:datetime/*' }, ['/versions']],
  ['a range of another scheme', { products: ['sensor'], versions: 'vers:semver/*' }, ['/versions']],
  [
    'a range of one of two schemes, which can not hold for the other',
    { products: ['sensor', 'agent'], versions: 'vers:intdot/*' },
    ['/versions'],
  ],
  [
    'a range that can not be read, beside an unknown product',
    { products: ['sensr'], versions: 'vers:intdot/>=7.x' },
    ['/products/0', '/versions'],
  ],
])('%s: a fault at each place that is wrong', (_, appliesTo, places) => {
  const pointers = faultsOf(appliesTo).map(({ pointer }) => pointer);
  expect(pointers).toEqual(places.map((place) => `/appliesTo${place}`));
});

test('a fault says what could have been meant', () => {
  expect(faultsOf({ products: ['sensor'], rings: ['canary'] })).toMatchObject([
    { detail: expect.stringContaining('general, internal') },
  ]);
  expect(faultsOf({ products: ['sensor'], versions: 'vers:intdot/>=7.x' })).toMatchObject([
    { detail: expect.stringContaining('position 15') },
  ]);
  expect(faultsOf({ components: ['driver'] }, [])).toMatchObject([
    { detail: expect.stringContaining('Declared: none') },
  ]);
});
