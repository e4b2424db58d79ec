/** Which checks a token that is bound to products may know of, and which it may put. Pure. */
import type { Caller } from '../contract/caller.ts';
import { productsOf, readsUnpublished } from '../contract/product-scope.ts';
import type { CheckBody, GuardedIncident } from './check.ts';

/** Keys of the products that a caller is bound to; null for all. */
type Reachable = readonly string[] | null;

/** A check that may apply to one of its products concerns it. */
export function mayRead({ appliesTo }: CheckBody, reachable: Reachable): boolean {
  if (reachable === null || appliesTo.products === undefined) return true;
  return appliesTo.products.some((key) => reachable.includes(key));
}

/** Whether the caller may read more than the key of an incident that a check guards against. */
export function mayReadOf(caller: Caller, { isPublic, products }: GuardedIncident): boolean {
  if (isPublic) return true;
  if (!readsUnpublished(caller)) return false;
  const reachable = productsOf(caller);
  // An incident of which nobody knows yet whom it concerns may concern anybody.
  if (reachable === null || products.length === 0) return true;
  return products.some((key) => reachable.includes(key));
}

/** Why `before`, null for a new check, may not become `after`, as a sentence; null where it may. */
export function refuseChange(
  before: CheckBody | null,
  after: CheckBody,
  reachable: Reachable,
): string | null {
  if (reachable === null) return null;
  if (after.appliesTo.products === undefined) {
    return 'A check that names no products is for all of them, and this token is bound to some. Name them in appliesTo.products.';
  }
  if (before === null || isOnlyFor(before, reachable)) return null;
  return 'The check is also for products that this token is not bound to. Use a token that is bound to all of them, or to none.';
}

function isOnlyFor({ appliesTo }: CheckBody, products: readonly string[]): boolean {
  return appliesTo.products?.every((key) => products.includes(key)) ?? false;
}
