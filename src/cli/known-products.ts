/** Which products a catalogue speaks of. Pure. */
import { didYouMean } from '../contract/did-you-mean.ts';
import type { PublicCatalogue } from '../drivers/affected/public-catalogue.ts';

/** By key. */
export function productsIn({ incidents }: Pick<PublicCatalogue, 'incidents'>): readonly string[] {
  const keys = incidents.flatMap(({ affected }) => affected.map(({ product }) => product));
  return [...new Set(keys)].sort();
}

const shownMax = 20;

/** A sentence or two on a product that no report speaks of: an answer would read as if all were well. */
export function unknownProduct(product: string, known: readonly string[]): string {
  const said = `No report speaks of the product '${product}', so nothing can be said of it.`;
  const meant = didYouMean(product, [...known]);
  if (meant !== null) return `${said} Is ${meant} meant?`;
  if (known.length === 0) return `${said} No report speaks of any.`;
  const more = known.length - shownMax;
  const shown = known.slice(0, shownMax).join(', ');
  return `${said} There are reports on ${shown}${more > 0 ? ` and ${more} more` : ''}.`;
}
