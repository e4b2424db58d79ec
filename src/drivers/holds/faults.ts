/** Why a hold can't be as it is written: what it speaks of is not there, or says less than it shows. Pure. */
import type { ProblemFault } from '../../contract/problems.ts';
import type { IncidentRecord } from '../../incidents/record.ts';
import {
  absent,
  conditionFaults,
  type References,
  type Referents,
  rangeFaults,
} from '../../incidents/references.ts';
import type { Scheme } from '../../versions/index.ts';
import { type HoldBody, type HoldTerm, termsOf, visibilityOf } from './hold.ts';

export interface HoldOf {
  product: string;
  versionScheme: Scheme;
  incident: string;
  record: Pick<IncidentRecord, 'affected' | 'drivers' | 'checks'>;
}

/** What a hold names besides its incident, whose checks alone it may name. */
export function referencesOfHold(product: string, { match }: HoldBody): References {
  const terms = termsOf(match).map(({ term }) => term);
  const companions = terms.flatMap(({ conditions }) => conditions?.companions ?? []);
  return {
    products: [...new Set([product, ...companions.map((each) => each.product)])],
    checks: [],
    drivers: [...new Set(terms.flatMap(({ driver }) => driver ?? []))],
  };
}

/** Every fault, as pointers into the body. */
export function faultsOfHold(body: HoldBody, of: HoldOf, referents: Referents): ProblemFault[] {
  const { incident, record, product } = of;
  const terms = termsOf(body.match);
  const faults = rangeFaults(of.versionScheme, body.versions, '/versions');
  if (terms.length === 0) {
    faults.push({ pointer: '/match', detail: 'Name at least one driver or condition.' });
  }
  const concerned = record.affected.map((affected) => affected.product);
  if (concerned.length > 0 && !concerned.includes(product)) {
    const detail = `${incident} does not affect ${product}. Record it there first, or correct the product.`;
    faults.push({ pointer: '/product', detail });
  }
  for (const { list, index, term } of terms) {
    const ofTerm = faultsOfTerm(term, `/match/${list}/${index}`, product, referents);
    faults.push(...ofTerm);
    if (body.visibility === 'public' && term.driver !== null && ofTerm.length === 0) {
      faults.push(...hidden(term, `/match/${list}/${index}/driver`, of));
    }
  }
  const named = new Set(record.checks.map(({ check }) => check));
  for (const [index, check] of body.releaseWhen.checks.entries()) {
    if (named.has(check)) continue;
    const detail = `${incident} does not name the check '${check}'. Name it there first, so that it can be proven against it.`;
    faults.push({ pointer: `/releaseWhen/checks/${index}`, detail });
  }
  return faults;
}

function faultsOfTerm(
  { driver, versions, versionOf, conditions }: HoldTerm,
  at: string,
  product: string,
  { drivers, products }: Referents,
): ProblemFault[] {
  const ofConditions =
    conditions === null ? [] : conditionFaults(conditions, product, `${at}/conditions`, products);
  if (driver !== null) {
    const known = drivers.get(driver);
    if (!known) return [absent('driver', driver, `${at}/driver`), ...ofConditions];
    return [...rangeFaults(known.versionScheme, versions, `${at}/versions`), ...ofConditions];
  }
  const aimless = versions !== null ? 'versions' : versionOf !== 'file' ? 'versionOf' : null;
  if (aimless !== null) {
    const detail = 'Name the driver whose versions these are.';
    return [{ pointer: `${at}/${aimless}`, detail }, ...ofConditions];
  }
  if (conditions !== null) return ofConditions;
  return [{ pointer: at, detail: 'Name a driver, conditions or both.' }];
}

/** What is public names nobody's secrets. */
function hidden(term: HoldTerm, pointer: string, { incident, record }: HoldOf): ProblemFault[] {
  if (visibilityOf(term, record.drivers) !== 'internal') return [];
  const detail = `${incident} names '${term.driver}' in just these versions to nobody. Make the hold internal, or name the driver there with the same versions and versionOf, public or on_match, first.`;
  return [{ pointer, detail }];
}
