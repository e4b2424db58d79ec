/** Whether what a check names is there: a spelling mistake must not shed a check. Pure. */
import { putFirst } from '../contract/put-first.ts';
import { parseRange, type Scheme } from '../versions/index.ts';
import { type CheckBody, driversNamed, type Faults } from './check.ts';

type AppliesTo = CheckBody['appliesTo'];

/** What a product declares, as far as a check may name it. */
export interface DeclaredNames {
  key: string;
  versionScheme: Scheme;
  components: readonly string[];
  rings: readonly string[];
  platforms: readonly string[];
}

/**
 * `products` are those that the check names, as far as they exist; all of them where it names none. A product that the
 * check names has to declare a name of every facet; where it names none, each name needs some product that declares it.
 */
export function faultsOfNames(appliesTo: AppliesTo, products: readonly DeclaredNames[]): Faults {
  const unknown = faultsOfProducts(appliesTo, products);
  const { versions } = appliesTo;
  const range = versions === undefined ? [] : faultsOfRange(versions);
  // What a product declares that nobody knows, nobody can tell.
  if (unknown.length > 0) return [...unknown, ...range];
  const scheme = range.length === 0 ? faultsOfScheme(appliesTo, products) : range;
  return [...faultsOfFacets(appliesTo, products), ...scheme];
}

/** Where it takes variants from drivers of which none is known. */
export function faultsOfDrivers(body: CheckBody, known: ReadonlySet<string>): Faults {
  return driversNamed(body).flatMap((key, index) => {
    if (known.has(key)) return [];
    return [{ pointer: `/variantsFrom/drivers/${index}`, detail: putFirst('driver', key) }];
  });
}

function faultsOfProducts(
  { products: named = [] }: AppliesTo,
  products: readonly DeclaredNames[],
): Faults {
  const known = new Set(products.map(({ key }) => key));
  return named.flatMap((key, index) => {
    if (known.has(key)) return [];
    return [{ pointer: `/appliesTo/products/${index}`, detail: putFirst('product', key) }];
  });
}

function faultsOfFacets(appliesTo: AppliesTo, products: readonly DeclaredNames[]): Faults {
  return (['components', 'rings', 'platforms'] as const).flatMap((facet) => {
    const names = appliesTo[facet] ?? [];
    const declared = new Set(products.flatMap((product) => product[facet]));
    const unknown = names.flatMap((name, index) => {
      if (declared.has(name)) return [];
      const detail = `No product in question declares '${name}' among its ${facet}. Declared: ${listed(declared)}.`;
      return [{ pointer: `/appliesTo/${facet}/${index}`, detail }];
    });
    // Without a name that somebody declares, all has been said.
    if (appliesTo.products === undefined || unknown.length === names.length) return unknown;
    return [...unknown, ...faultsOfShedding(facet, names, products)];
  });
}

type Facet = 'components' | 'rings' | 'platforms';

/** A name that another product declares is no name for this one: the check would never apply to it. */
function faultsOfShedding(
  facet: Facet,
  names: readonly string[],
  products: readonly DeclaredNames[],
): Faults {
  return products.flatMap((product) => {
    if (product[facet].some((name) => names.includes(name))) return [];
    const detail = `${product.key} declares none of these among its ${facet}, so the check would never apply to it. It declares: ${listed(product[facet])}. Add one of them, or leave ${product.key} out of the products.`;
    return [{ pointer: `/appliesTo/${facet}`, detail }];
  });
}

function listed(names: Iterable<string>): string {
  return [...names].sort().join(', ') || 'none';
}

const pointer = '/appliesTo/versions';

function faultsOfRange(versions: string): Faults {
  const reading = parseRange(versions);
  if (reading.ok) return [];
  return [{ pointer, detail: `${reading.reason} (at position ${reading.position})` }];
}

/** A range speaks of the versions of one scheme: that of every product named, or of some product where none is. */
function faultsOfScheme(
  { products: named, versions }: AppliesTo,
  products: readonly DeclaredNames[],
): Faults {
  const reading = versions === undefined ? null : parseRange(versions);
  if (!reading?.ok) return [];
  const { scheme } = reading.range;
  const other = products.find(({ versionScheme }) => versionScheme !== scheme);
  if (named && other) {
    const detail = `The versions of ${other.key} are ${other.versionScheme}, not ${scheme}. Write the range as vers:${other.versionScheme}/…, or make a check for each scheme.`;
    return [{ pointer, detail }];
  }
  if (named || products.some(({ versionScheme }) => versionScheme === scheme)) return [];
  return [
    { pointer, detail: `No product has ${scheme} versions. Put it first, or correct the scheme.` },
  ];
}
