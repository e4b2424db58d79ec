/** Whether a check may become what somebody wants of it. */
import { problem, unprocessable } from '../contract/problems.ts';
import { isPast } from '../db/clock.ts';
import type { Change } from '../db/write.ts';
import { type CheckBody, driversNamed, faultsWithin } from './check.ts';
import { faultsOfDrivers, faultsOfNames } from './declared-names.ts';
import { refuseChange } from './scope.ts';
import { holdDeclaredNames, knownDrivers } from './store.ts';

/**
 * The problem where it may not, null where it may. `before` is null for a new check, `reachable` for a caller who may
 * know of every product.
 */
export async function judgeCheck(
  db: Change,
  before: CheckBody | null,
  after: CheckBody,
  reachable: readonly string[] | null,
) {
  const refusal = refuseChange(before, after, reachable);
  if (refusal) return problem('forbidden', refusal);
  // Products that the token may not know of are as unknown as those that do not exist.
  const inQuestion =
    after.appliesTo.products?.filter((key) => reachable?.includes(key) ?? true) ?? null;
  const products = await holdDeclaredNames(db, inQuestion);
  const drivers = await knownDrivers(db, driversNamed(after));
  const faults = [
    ...faultsWithin(after),
    ...faultsOfNames(after.appliesTo, products),
    ...faultsOfDrivers(after, drivers),
  ];
  const { retiredAt } = after;
  if (retiredAt && retiredAt !== before?.retiredAt && (await isPast(db, retiredAt))) {
    const detail =
      'It lies in the past, and verdicts given since then rest on this check. Retire it from now or later.';
    faults.push({ pointer: '/retiredAt', detail });
  }
  return faults.length > 0 ? unprocessable(faults) : null;
}
