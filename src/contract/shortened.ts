/** Cuts a value down to what can be searched for every fault: the search costs the square of how many there are. */

/** Once so many items and fields were taken, lists end. */
const partsTaken = 2000;

/** Beyond this even without the ends of its lists, a value is not searched. */
const partsMax = 10_000;

export interface Shortened {
  /** A copy, with the same places as far as it goes. */
  value: unknown;
  /** The lists of the copy that had more items. */
  cut: ReadonlySet<unknown>;
}

/** Null where the value is too large even so. */
export function shortened(value: unknown): Shortened | null {
  const cut = new Set<unknown>();
  let parts = 0;
  const copy = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null || parts > partsMax) return part;
    if (!Array.isArray(part)) {
      const entries = Object.entries(part);
      parts += entries.length;
      return Object.fromEntries(entries.map(([name, inner]) => [name, copy(inner)]));
    }
    const items: unknown[] = [];
    for (const item of part) {
      if (parts >= partsTaken) {
        cut.add(items);
        break;
      }
      parts++;
      items.push(copy(item));
    }
    return items;
  };
  const copied = copy(value);
  return parts > partsMax ? null : { value: copied, cut };
}
