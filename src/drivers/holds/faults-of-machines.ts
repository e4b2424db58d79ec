/** Why machines can't be held against holds as they are asked about: a spelling mistake must not let one proceed. Pure. */
import { didYouMean } from '../../contract/did-you-mean.ts';
import type { ProblemFault } from '../../contract/problems.ts';

/** A product as far as a caller may know it. */
export interface KnownProduct {
  /** In their order; null where the caller may not know them. */
  rings: readonly string[] | null;
}

interface MachineNamed {
  id: string;
  product: string;
  ring?: string | undefined;
}

/** `products` are those that the caller may know of, by key. */
export function faultsOfMachines(
  machines: readonly MachineNamed[],
  products: ReadonlyMap<string, KnownProduct>,
): ProblemFault[] {
  const seen = new Set<string>();
  return machines.flatMap(({ id, product, ring }, index) => {
    const faults: ProblemFault[] = [];
    const at = (field: string, detail: string) =>
      faults.push({ pointer: `/machines/${index}/${field}`, detail });
    if (seen.has(id)) at('id', 'Give each machine an id of its own: this one came before.');
    seen.add(id);
    const known = products.get(product);
    if (known === undefined) at('product', unknownProduct(product, [...products.keys()]));
    else if (ring !== undefined && known.rings?.includes(ring) === false) {
      at('ring', `${product} has no ring '${ring}'. Its rings: ${known.rings.join(', ')}.`);
    }
    return faults;
  });
}

const namedMax = 20;

/** Without a token nobody learns of a product that no report speaks of: its machines get the same answer. */
function unknownProduct(product: string, known: readonly string[]): string {
  const meant = didYouMean(product, known);
  const guess = meant === null ? '' : ` Did you mean '${meant}'?`;
  const more = known.length > namedMax ? ` and ${known.length - namedMax} more` : '';
  const list = known.slice(0, namedMax).join(', ');
  const keys = known.length === 0 ? '' : ` You may ask about ${list}${more}.`;
  return `There is no product '${product}' that you may know of, so nobody can tell what its machines are held from.${guess}${keys}`;
}
