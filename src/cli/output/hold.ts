/** A hold in a line. */
import type { components } from '../../contract/types.gen.ts';

type Hold = components['schemas']['Hold'];

/** `Hold 12 is active: sensor vers:… for HF-2025-0001 (sev2). Kept from …` */
export function describeHold({ id, state, product, versions, ...hold }: Hold): string {
  const title = hold.title === null ? '' : ` ${hold.title}`;
  return `Hold ${id} is ${state}: ${product} ${versions} for ${hold.incident} (${hold.severity}).${title}`;
}
