/** Which incidents a token that is bound to products may know of, and which it may change. Pure. */
import type { Caller } from '../contract/caller.ts';
import { productsOf } from '../contract/product-scope.ts';
import type { IncidentRecord } from './record.ts';

/** An incident of which nobody knows yet whom it concerns may concern anybody. */
export function mayRead(caller: Caller, { affected }: IncidentRecord): boolean {
  const reachable = productsOf(caller);
  if (reachable === null || affected.length === 0) return true;
  return affected.some(({ product }) => reachable.includes(product));
}

/** Why the caller, who may read it, may not change it, as a sentence; null where they may. */
export function refuseChange(
  caller: Caller,
  { key, record }: { key: string; record: IncidentRecord },
): string | null {
  const reachable = productsOf(caller);
  if (reachable === null) return null;
  if (record.affected.every(({ product }) => reachable.includes(product))) return null;
  return `${key} also affects products that this token is not bound to. Use a token that is bound to all of them, or to none.`;
}
