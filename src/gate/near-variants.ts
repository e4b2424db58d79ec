/** Which of a check's variants somebody may have meant who reported one that it does not list. */
import type { Variant } from './facts.ts';
import { variantKey } from './variant.ts';

const nearMax = 3;

/**
 * At most three of `listed`, nearest first. Near is a variant with the same names (in any case), and one whose
 * pairs contain, or lie within, the reported ones.
 */
export function nearVariants(reported: Variant | null, listed: readonly Variant[]): Variant[] {
  const near: { variant: Variant; distance: number; key: string }[] = [];
  for (const variant of listed) {
    const distance = distanceBetween(reported ?? {}, variant);
    if (distance !== null) near.push({ variant, distance, key: variantKey(variant) });
  }
  near.sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1));
  return near.slice(0, nearMax).map(({ variant }) => variant);
}

/** Null: too far to be meant. */
function distanceBetween(a: Variant, b: Variant): number | null {
  if (contains(a, b) || contains(b, a)) return 0;
  const [left, right] = [lowerCased(a), lowerCased(b)];
  if (left.size !== right.size) return null;
  let sum = 0;
  for (const [name, value] of left) {
    const other = right.get(name);
    if (other === undefined) return null;
    sum += editDistance(value, other);
  }
  return sum;
}

function contains(whole: Variant, part: Variant): boolean {
  return Object.entries(part).every(([name, value]) => whole[name] === value);
}

function lowerCased(variant: Variant): Map<string, string> {
  return new Map(Object.entries(variant).map(([k, v]) => [k.toLowerCase(), v.toLowerCase()]));
}

/** Levenshtein's: how many characters to insert, drop or replace. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const dropped = (above[column] ?? 0) + 1;
      const inserted = (here[column - 1] ?? 0) + 1;
      here.push(Math.min(replaced, dropped, inserted));
    }
    above = here;
  }
  return above[b.length] ?? 0;
}
