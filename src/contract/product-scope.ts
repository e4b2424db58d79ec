/** Which products a caller may know of. What lies outside answers exactly as if it did not exist. */
import type { Caller } from './caller.ts';
import { problem } from './problems.ts';

/** Keys of the products that the caller is bound to; null for all. */
export function productsOf(caller: Caller): readonly string[] | null {
  return caller.kind === 'token' ? caller.products : [];
}

/** Whether the caller reads records that are not published at all, as far as its products go. */
export function readsUnpublished(caller: Caller): boolean {
  return caller.kind === 'token' && caller.role !== 'pipeline';
}

export function mayReachProduct(caller: Caller, product: string): boolean {
  return productsOf(caller)?.includes(product) ?? true;
}

export function productNotFound(product: string) {
  return problem(
    'not-found',
    `There is no product '${product}', or this token may not know of it. Put it first, or correct the key.`,
  );
}

/** The 403 for a change to a product that the token is not bound to, the same whether or not it exists. */
export function productOutOfReach(product: string) {
  return problem(
    'forbidden',
    `This token is bound to products, and '${product}' is none of them. Use another token.`,
  );
}
