/** The holds that an incident leads to: machines with any of its drivers, under its conditions. Pure. */
import canonicalize from 'canonicalize';
import type { IncidentRecord } from '../../incidents/record.ts';
import type { Scheme } from '../../versions/index.ts';
import type { HoldBody, HoldMatch, HoldTerm } from './hold.ts';

export interface ProposedHold {
  product: string;
  body: HoldBody;
}

/** What it is proposed from. */
export interface HoldSource {
  key: string;
  record: Pick<IncidentRecord, 'affected' | 'drivers' | 'checks'>;
  /** The version schemes of the products to propose holds for, by key. */
  schemes: ReadonlyMap<string, Scheme>;
  /** Names of the drivers, by key. */
  driverNames: ReadonlyMap<string, string>;
}

export const termsMax = 500;

/**
 * One for each range of a product that it affects. Each holds every machine that the incident harms with any version of
 * that product, so that of several that hold a version each is enough. `unholdable` are products that it harms on every
 * machine, or under more drivers and conditions than a hold may name: a hold would keep nothing apart. All are internal:
 * the record may be a draft that nobody reviewed.
 */
export function holdsFrom(source: HoldSource): { proposed: ProposedHold[]; unholdable: string[] } {
  const { key, record, schemes, driverNames } = source;
  const proposed: ProposedHold[] = [];
  const unholdable: string[] = [];
  for (const [product, scheme] of schemes) {
    const entries = record.affected.filter((affected) => affected.product === product);
    const match = matchOf(entries, record.drivers);
    if (match === null) {
      unholdable.push(product);
      continue;
    }
    const toldOpenly = record.drivers.every(({ visibility }) => visibility === 'public');
    const names = record.drivers.map(({ driver }) => driverNames.get(driver) ?? driver);
    const body = {
      title: titleOf(key, toldOpenly ? names : []),
      visibility: 'internal' as const,
      match,
      releaseWhen: {
        inWords: `A version that ${key} does not affect passes the checks that guard against it.`,
        checks: distinct(record.checks.map(({ check }) => check)),
      },
    };
    const ranges = distinct(entries.map(({ versions }) => versions ?? `vers:${scheme}/*`));
    for (const versions of ranges) proposed.push({ product, body: { ...body, versions } });
  }
  return { proposed, unholdable };
}

/** Null where it harms on every machine, or there are too many terms. */
function matchOf(
  entries: IncidentRecord['affected'],
  involved: IncidentRecord['drivers'],
): HoldMatch | null {
  const drivers = distinct(
    involved.map(({ driver, versions, versionOf }) => ({ driver, versions, versionOf })),
  );
  const always = entries.some(({ conditions }) => conditions === null);
  const conditions = always ? [] : distinct(entries.map((entry) => entry.conditions));
  const none: Omit<HoldTerm, 'conditions'> = { driver: null, versions: null, versionOf: 'file' };
  const [only, ...others] = conditions;
  const alone = conditions.map((each) => ({ ...none, conditions: each }));

  const match: HoldMatch = { allOf: [], anyOf: [], noneOf: [] };
  if (drivers.length === 0) {
    if (others.length === 0) match.allOf = alone;
    else match.anyOf = alone;
  } else if (others.length === 0) {
    match.allOf = only === undefined ? [] : alone;
    match.anyOf = drivers.map((driver) => ({ ...driver, conditions: null }));
  } else {
    match.anyOf = drivers.flatMap((driver) =>
      conditions.map((each) => ({ ...driver, conditions: each })),
    );
  }
  const terms = match.allOf.length + match.anyOf.length;
  return terms === 0 || match.anyOf.length > termsMax ? null : match;
}

function titleOf(key: string, drivers: readonly string[]): string {
  const names = distinct(drivers);
  const max = 3;
  if (names.length === 0) return `Kept from the machines that ${key} harms.`;
  const told = names.length > max ? [...names.slice(0, max), 'others'] : names;
  const last = told.at(-1) ?? '';
  const series = told.length === 1 ? last : `${told.slice(0, -1).join(', ')} or ${last}`;
  return `Kept from machines with ${series} that ${key} harms.`;
}

/** In their order. */
function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [canonicalize(item), item])).values()];
}
