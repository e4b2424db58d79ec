/** Which of a check's variants somebody may have meant who reported one that it does not list. */
import type { Variant } from './facts.ts';
import { variantKey } from './variant.ts';

const nearMax = 3;

/** For how many unlisted variants of a check near ones are looked for; a report may hold thousands. */
export const lookedForMax = 20;

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
    sum += difference(value, other);
  }
  return sum;
}

function contains(whole: Variant, part: Variant): boolean {
  return Object.entries(part).every(([name, value]) => whole[name] === value);
}

function lowerCased(variant: Variant): Map<string, string> {
  return new Map(Object.entries(variant).map(([k, v]) => [k.toLowerCase(), v.toLowerCase()]));
}

/** Characters that are left between a common beginning and a common end. In linear time: values come from outside. */
function difference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let before = 0;
  while (before < shorter && a[before] === b[before]) before++;
  let behind = 0;
  while (behind < shorter - before && a.at(-1 - behind) === b.at(-1 - behind)) behind++;
  return Math.max(a.length, b.length) - before - behind;
}
