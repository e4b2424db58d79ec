/** What a record says of things outside of it: products, checks and drivers, and versions in their schemes. Pure. */
import { didYouMean } from '../contract/did-you-mean.ts';
import type { ProblemFault } from '../contract/problems.ts';
import { putFirst } from '../contract/put-first.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import { compareInstants } from '../gate/index.ts';
import { checkRange, checkVersion, contains, parseRange, type Scheme } from '../versions/index.ts';
import type { Affected, Conditions, IncidentRecord, InvolvedDriver } from './record.ts';

/** The keys that a record names, each once. */
export interface References {
  products: string[];
  checks: string[];
  drivers: string[];
}

/** Those of them that exist, by key. */
export interface Referents {
  products: ReadonlyMap<string, { versionScheme: Scheme; platforms: readonly string[] }>;
  checks: ReadonlySet<string>;
  drivers: ReadonlyMap<string, { versionScheme: Scheme }>;
}

export function referencesOf({ affected, checks, actions, drivers }: IncidentRecord): References {
  const companions = affected.flatMap(({ conditions }) => conditions?.companions ?? []);
  const tried = drivers.flatMap(({ foundUnaffected }) =>
    foundUnaffected.flatMap(({ beside }) => beside ?? []),
  );
  return {
    products: unique([...affected, ...companions, ...tried].map(({ product }) => product)),
    checks: unique([
      ...checks.map(({ check }) => check),
      ...actions.flatMap((each) => each.checks),
    ]),
    drivers: unique(drivers.map(({ driver }) => driver)),
  };
}

/** Every fault, in the order of the record's fields, as pointers into it. */
export function referenceFaults(record: IncidentRecord, referents: Referents): ProblemFault[] {
  const checkFault = (check: string, pointer: string) =>
    referents.checks.has(check) ? [] : [absent('check', check, pointer)];
  return [
    ...record.affected.flatMap((each, index) =>
      affectedFaults(each, `/affected/${index}`, referents.products),
    ),
    ...record.drivers.flatMap((each, index) => driverFaults(each, `/drivers/${index}`, referents)),
    ...record.actions.flatMap(({ checks }, index) =>
      checks.flatMap((check, place) => checkFault(check, `/actions/${index}/checks/${place}`)),
    ),
    ...record.checks.flatMap(({ check }, index) => checkFault(check, `/checks/${index}/check`)),
  ];
}

function affectedFaults(
  affected: Affected,
  at: string,
  products: Referents['products'],
): ProblemFault[] {
  const ofConditions = affected.conditions
    ? conditionFaults(affected.conditions, affected.product, `${at}/conditions`, products)
    : [];
  const product = products.get(affected.product);
  if (!product) return [absent('product', affected.product, `${at}/product`), ...ofConditions];
  const { versionScheme: scheme } = product;
  return [
    ...rangeFaults(scheme, affected.versions, `${at}/versions`),
    ...affected.fixedIn.flatMap((version, index) =>
      fixFaults(scheme, version, affected.versions, `${at}/fixedIn/${index}`),
    ),
    ...ofConditions,
  ];
}

/** A fix inside the affected range would be refused by the gate as known to be faulty. */
function fixFaults(
  scheme: Scheme,
  version: string,
  versions: string | null,
  pointer: string,
): ProblemFault[] {
  const read = checkVersion(scheme, version);
  if (!read.ok) return [{ pointer, detail: sentence(read) }];
  const parsed = versions === null ? null : checkRange(scheme, versions);
  if (!parsed?.ok || !contains(parsed.range, version)) return [];
  const detail = `${version} lies in the affected versions. End their range before it, or take it out here.`;
  return [{ pointer, detail }];
}

/** `key` is the product that harms under these conditions; faults stand below the pointer `at`. */
export function conditionFaults(
  conditions: Conditions,
  key: string,
  at: string,
  products: Referents['products'],
): ProblemFault[] {
  const { companions = [], platforms = [], osBuilds, onlineBetween } = conditions;
  const declared = products.get(key)?.platforms;
  return [
    ...companions.flatMap(({ product, versions }, index) => {
      const companion = products.get(product);
      return companion
        ? rangeFaults(companion.versionScheme, versions, `${at}/companions/${index}/versions`)
        : [absent('product', product, `${at}/companions/${index}/product`)];
    }),
    ...platforms.flatMap((platform, index) =>
      !declared || declared.includes(platform)
        ? []
        : [undeclared(platform, key, declared, `${at}/platforms/${index}`)],
    ),
    ...rangeFaults(null, osBuilds ?? null, `${at}/osBuilds`),
    ...windowFaults(onlineBetween, `${at}/onlineBetween`),
  ];
}

/** No machine was online in a window that ends no later than it begins. */
function windowFaults(window: Conditions['onlineBetween'], at: string): ProblemFault[] {
  if (!window || compareInstants(utcInstant(window.from), utcInstant(window.until)) < 0) return [];
  const detail = 'The window ends no later than it begins. Correct one of the two.';
  return [{ pointer: `${at}/until`, detail }];
}

function driverFaults(
  { driver, versions, foundUnaffected }: InvolvedDriver,
  at: string,
  { drivers, products }: Referents,
): ProblemFault[] {
  const known = drivers.get(driver);
  if (!known) return [absent('driver', driver, `${at}/driver`)];
  return [
    ...rangeFaults(known.versionScheme, versions, `${at}/versions`),
    ...foundUnaffected.flatMap((tried, index) => {
      const place = `${at}/foundUnaffected/${index}`;
      const ofVersions = rangeFaults(known.versionScheme, tried.versions, `${place}/versions`);
      if (tried.beside === null) return ofVersions;
      const { product, versions: ours } = tried.beside;
      const scheme = products.get(product)?.versionScheme;
      if (scheme === undefined) {
        return [...ofVersions, absent('product', product, `${place}/beside/product`)];
      }
      return [...ofVersions, ...rangeFaults(scheme, ours, `${place}/beside/versions`)];
    }),
  ];
}

/** `scheme` is null where any will do, and `range` where there is none. */
export function rangeFaults(
  scheme: Scheme | null,
  range: string | null,
  pointer: string,
): ProblemFault[] {
  if (range === null) return [];
  const parsed = scheme === null ? parseRange(range) : checkRange(scheme, range);
  return parsed.ok ? [] : [{ pointer, detail: sentence(parsed) }];
}

export function absent(
  kind: 'product' | 'check' | 'driver',
  key: string,
  pointer: string,
): ProblemFault {
  return { pointer, detail: putFirst(kind, key) };
}

function undeclared(
  platform: string,
  product: string,
  declared: readonly string[],
  pointer: string,
): ProblemFault {
  const near = didYouMean(platform, declared);
  const hint = near === null ? 'Declare it there first, or correct it.' : `Did you mean '${near}'?`;
  return { pointer, detail: `The product '${product}' has no platform '${platform}'. ${hint}` };
}

function sentence({ position, reason }: { position: number; reason: string }): string {
  return `Character ${position + 1}: ${reason}`;
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}
