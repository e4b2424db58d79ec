/** Which machines a hold keeps a release from, as far as its words tell. */
import { exclude, implies } from './conditions.ts';
import type { HoldMatchFact, MachinesFact } from './facts.ts';
import { includes, isUnbounded } from './version-range.ts';

/**
 * Whether every one of these machines is kept. Never true where it is not so; it may be missed where several terms share
 * the machines among them and none takes all.
 */
export function keeps({ allOf, anyOf, noneOf }: HoldMatchFact, machines: MachinesFact): boolean {
  return (
    allOf.every((term) => takes(term, machines)) &&
    (anyOf.length === 0 || anyOf.some((term) => takes(term, machines))) &&
    // A machine has many drivers, so that one of another sort, or in another version, may be on it too.
    noneOf.every(({ conditions }) => exclude(conditions, machines.conditions))
  );
}

/** Whether all of the machines meet the term. */
function takes(term: MachinesFact, machines: MachinesFact): boolean {
  return hasDriver(term, machines) && implies(machines.conditions, term.conditions);
}

function hasDriver(term: MachinesFact, { driver, versions, versionOf }: MachinesFact): boolean {
  if (term.driver === null) return true;
  if (term.driver !== driver) return false;
  if (term.versions === null || isUnbounded(term.versions)) return true;
  return versions !== null && term.versionOf === versionOf && includes(term.versions, versions);
}
