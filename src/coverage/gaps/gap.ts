/** Gaps in what the record guards against: how each is shown, and what to do about it. Pure. */
import type { components } from '../../contract/types.gen.ts';
import { type Variant, variantText } from '../../gate/index.ts';

type Schemas = components['schemas'];
export type Gap = Schemas['Gap'];

/** A driver that an incident names and no check of it guards. */
export interface UnguardedDriver {
  key: string;
  access: Schemas['DriverAccess'];
  /** Of a version, the first thing that is missing. */
  reason: 'no_check' | 'advisory' | 'elsewhere' | 'no_canary';
  /** What no check is asked for, or none that suffices. */
  variants: Variant[];
}

/** A gap as it is found. */
export interface FoundGap {
  /** Null for a check that no incident stands behind. */
  severity: Schemas['Severity'] | null;
  incident: string | null;
  check: string | null;
  /** Within an incident; null for the incident as a whole, and for a check. */
  cause: string | null;
  /** Within an incident; null for every other gap. */
  driver: UnguardedDriver | null;
  title: string;
  since: string;
  /** What is there and does not suffice: retired checks, or actions without a check that enforces them. */
  insufficient: string[];
  /** How many releases it was waived for; null for the other gaps. */
  releases: number | null;
}

export function showGap(gap: Gap, found: FoundGap): Schemas['CoverageGap'] {
  const { incident, check, cause, title, severity, since } = found;
  const driver = found.driver?.key ?? null;
  const key = [incident ?? check, cause ?? driver].filter((part) => part !== null).join('/');
  return { key, incident, check, driver, title, severity, since, toDo: toDo(gap, found) };
}

function toDo(gap: Gap, found: FoundGap): string {
  const { cause, insufficient, releases } = found;
  const named = listed(insufficient);
  switch (gap) {
    case 'incidents_without_check':
      return insufficient.length === 0
        ? 'Put a check that would have caught it, or find one that exists, and name it in the record.'
        : `Every check that it names is retired (${named}). Put one that takes their place, and name it in the record.`;
    case 'checks_never_run':
      return 'Run it on any release and hand in the result; on the faulty release of its incident it also shows that it works. If nobody can run it, retire it.';
    case 'checks_never_red':
      return 'Run it on a release that had the fault, and hand in the result for that release. If it passes there too, it does not catch the fault: repair it.';
    case 'checks_always_waived':
      return `It was waived for ${releases} releases and passed on none since. Make it pass, or repair it; if nobody needs it, make it advisory or retire it.`;
    case 'root_causes_without_enforced_action':
      return insufficient.length === 0
        ? `Decide on an action against the cause '${cause}' and name the check that enforces it; or say in noActionBecause why there is none.`
        : `No required check in force enforces what was decided against the cause '${cause}' (${named}). Name one in the action.`;
    case 'drivers_without_guard':
      return found.driver === null ? '' : guardDriver(found.driver, named);
    default:
      return never(gap);
  }
}

function guardDriver({ key, access, reason, variants }: UnguardedDriver, named: string): string {
  const versions = listed(variants.map(variantText));
  const ask = `in variantsFrom, or as a variant driver=${key}`;
  const canary = `a canary that is required and asks for it ${ask}, with a minimum of machines that have it`;
  const away = access === 'none' ? 'We cannot get it' : 'It is in no lab of ours';
  switch (reason) {
    case 'no_check':
      return access === 'lab'
        ? `No check of the incident asks for ${versions}. Name one that does, ${ask}.`
        : `No check of the incident asks for ${versions}. ${away}: name ${canary}.`;
    case 'advisory':
      return `What asks for ${versions} is advisory only (${named}). ${access === 'lab' ? 'Make it required.' : `${away}: name ${canary}.`}`;
    case 'elsewhere':
      return `What asks for ${versions} is not asked of every later release of each product that it harms (${named}): see its products, kinds, versions, platforms and effectiveFrom. Widen it, or name ${access === 'lab' ? 'another' : canary}.`;
    case 'no_canary':
      return `${away}, and what asks for ${versions} is no canary with a minimum of machines (${named}). Name ${canary}.`;
  }
}

const listedMax = 3;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, listedMax).join(', ');
  return names.length > listedMax ? `${shown} and more` : shown;
}

function never(gap: never): never {
  throw new Error(`A gap that nobody knows: ${gap}`);
}
