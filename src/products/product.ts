/** A product: how its document is completed, read and shown. */
import type { components } from '../contract/types.gen.ts';
import type { StoredDocument } from '../documents/store.ts';

export type ProductInput = components['schemas']['ProductInput'];
export type Product = components['schemas']['Product'];

/** What is stored: every field there, so that revisions differ only in what was meant. */
export type ProductBody = Required<ProductInput>;

export function completeProduct(input: ProductInput): ProductBody {
  const { name, versionScheme, components = [], rings, platforms = [], waiverDaysMax = {} } = input;
  return { name, versionScheme, components, rings, platforms, waiverDaysMax };
}

export function showProduct(document: StoredDocument<ProductBody>): Product {
  const { key, revision, body, createdAt, updatedAt } = document;
  return { key, ...body, revision, createdAt, updatedAt };
}

/** A component, a ring or a platform. */
export interface DeclaredName {
  facet: 'components' | 'rings' | 'platforms';
  name: string;
}

/** One that a check or a release names. */
export interface NameInUse extends DeclaredName {
  /** `the check boot-loop`, `the release 1.2` */
  by: string;
}

const facets = ['components', 'rings', 'platforms'] as const;

/** Names that the product would declare no more. */
export function namesTakenAway(before: ProductBody, after: ProductBody): DeclaredName[] {
  return facets.flatMap((facet) =>
    before[facet].filter((name) => !after[facet].includes(name)).map((name) => ({ facet, name })),
  );
}

/** What a replacement must not do, as places in it with a sentence each; empty where it may go on. */
export function faultsOfReplacement(
  before: ProductBody,
  after: ProductBody,
  inUse: readonly NameInUse[],
): { pointer: string; detail: string }[] {
  const faults = namesTakenAway(before, after).flatMap(({ facet, name }) => {
    const use = inUse.find((one) => one.facet === facet && one.name === name);
    if (!use) return [];
    const detail = `'${name}' can't be taken away while ${use.by} names it.`;
    return [{ pointer: `/${facet}`, detail }];
  });
  if (before.versionScheme === after.versionScheme) return faults;
  const detail = `The version scheme never changes; it is ${before.versionScheme}. Make another product for another scheme.`;
  return [{ pointer: '/versionScheme', detail }, ...faults];
}
