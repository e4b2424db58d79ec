/** Variants as people write them on a command line. */
import { InvalidArgumentError } from 'commander';
import type { Variant } from '../gate/facts.ts';
import { variantText } from '../gate/variant.ts';

/** For `--variant os=windows-11`, given once for each property. */
export function collectVariant(text: string, before: Variant = {}): Variant {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || value === '') throw new InvalidArgumentError('Give it as os=windows-11.');
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: value };
}

/** `os=windows-10`, with names in order; empty for no variant. */
export function describeVariant(variant: Variant | null | undefined): string {
  return variant ? variantText(variant) : '';
}

/** The same as a pair for each property, as the contract's query takes it. */
export function pairsOf(variant: Variant): string[] {
  return Object.entries(variant).map(([name, value]) => `${name}=${value}`);
}
