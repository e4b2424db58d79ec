/** Variants that speak of a driver: `{ driver: 'audio-bus', fileVersion: '>=10.29|<10.30' }`. */
import type { HoldFact, HoldMatchFact, MachinesFact, Variant } from './facts.ts';
import { keeps } from './hold-coverage.ts';
import { isRange } from './version-range.ts';

/** Those of the holds that each keep the release from every machine with the driver that the variant speaks of. */
export function holdsKeeping(variant: Variant | null, holds: readonly HoldFact[]): HoldFact[] {
  const driver = variant?.driver;
  if (variant === null || driver === undefined) return [];
  return holds.filter(({ match }) => match && keeps(match, machinesWith(driver, variant, match)));
}

const versionsOf = {
  fileVersion: 'file',
  productVersion: 'product',
  packageVersion: 'package',
} as const;

/**
 * The range of a variant is written without its scheme, which is the driver's, as in the terms that speak of its versions.
 * What cannot be read is any version: long ranges are shortened in variants.
 */
function machinesWith(driver: string, variant: Variant, match: HoldMatchFact): MachinesFact {
  const scheme = schemeOf(driver, match);
  for (const [name, versionOf] of Object.entries(versionsOf)) {
    const versions = `${scheme}/${variant[name]}`;
    if (variant[name] !== undefined && !isShortened.test(versions) && isRange(versions)) {
      return { driver, versions, versionOf, conditions: null };
    }
  }
  return { driver, versions: null, versionOf: 'file', conditions: null };
}

/** As the database shortens them: the beginning, and a hash of the whole. */
const isShortened = /~[0-9a-f]{32}$/;

/** Such as `vers:intdot`. */
function schemeOf(driver: string, { allOf, anyOf }: HoldMatchFact): string {
  const named = [...allOf, ...anyOf].filter((term) => term.driver === driver);
  return named.map(({ versions }) => versions?.split('/')[0]).find(Boolean) ?? '';
}
