/** Variants: when two are the same, and how one is written. */
import type { Variant } from './facts.ts';

/**
 * Canonical text of a variant: JSON with its names in order, `{"arch":"x64","os":"windows-11"}`.
 * Two variants have the same text exactly when they have the same pairs. No variant is the empty text, and a
 * variant without pairs is no variant.
 */
export function variantKey(variant: Variant | null): string {
  if (variant === null) return '';
  const pairs = inOrder(variant).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Whether both have the same pairs, in any order. */
export function sameVariant(a: Variant | null, b: Variant | null): boolean {
  return variantKey(a) === variantKey(b);
}

/** The same variant with its names in order, so that nobody sees in which order it was reported. */
export function orderedVariant(variant: Variant | null): Variant | null {
  return variant === null || variantKey(variant) === ''
    ? null
    : Object.fromEntries(inOrder(variant));
}

/** For a sentence: `arch=x64, os=windows-11`. */
export function variantText(variant: Variant): string {
  return inOrder(variant)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

function inOrder(variant: Variant): [string, string][] {
  return Object.entries(variant).sort(([a], [b]) => (a < b ? -1 : 1));
}
