/** The release that an address names, for a caller who may know of it. */
import type { Kysely } from 'kysely';
import type { Caller } from '../contract/caller.ts';
import { type ProblemAnswer, problem, unprocessable } from '../contract/problems.ts';
import { mayReachProduct, productNotFound } from '../contract/product-scope.ts';
import type { Database } from '../db/rows.gen.ts';
import type { LoadedFacts } from './gate-facts.ts';
import { type StoredRelease, unknownRing } from './release.ts';
import { findProduct, findReleaseRow, type ProductOfRelease } from './store.ts';
import { versionForms } from './version-forms.ts';

type NotFound = { kind: 'problem'; answer: ProblemAnswer<'not-found'> };

export async function findProductFor(
  db: Kysely<Database>,
  caller: Caller,
  key: string,
): Promise<{ kind: 'found'; product: ProductOfRelease } | NotFound> {
  const product = mayReachProduct(caller, key) ? await findProduct(db, key) : null;
  return product ? { kind: 'found', product } : { kind: 'problem', answer: productNotFound(key) };
}

/** A version that the product's scheme can't read is a release that can't exist. */
export async function findRelease(
  db: Kysely<Database>,
  caller: Caller,
  { product: key, version }: { product: string; version: string },
): Promise<{ kind: 'found'; product: ProductOfRelease; release: StoredRelease } | NotFound> {
  const found = await findProductFor(db, caller, key);
  if (found.kind === 'problem') return found;
  const { product } = found;
  const canonical = versionForms(version)[product.versionScheme];
  const release = canonical === undefined ? null : await findReleaseRow(db, product.id, canonical);
  return release
    ? { kind: 'found', product, release }
    : { kind: 'problem', answer: releaseNotFound(key, version) };
}

export function releaseNotFound(product: string, version: string) {
  return problem(
    'not-found',
    `${product} has no release ${version}. Register it first (\`holdfast release put\`), or correct the version.`,
  );
}

/** Why the gate can't be asked. */
export function notAskable(
  loaded: Exclude<LoadedFacts, { kind: 'found' }>,
  path: { product: string; version: string },
): ProblemAnswer<'not-found' | 'unprocessable'> {
  switch (loaded.kind) {
    case 'no_product':
      return productNotFound(path.product);
    case 'no_release':
      return releaseNotFound(path.product, path.version);
    case 'no_ring':
      return unprocessable([
        { parameter: 'ring', detail: unknownRing(loaded.ring, loaded.product) },
      ]);
  }
}
