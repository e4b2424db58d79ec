/** What a waiver of one check is judged on. */

import type { Change } from '../../db/write.ts';
import type { Facts } from '../../gate/index.ts';
import { factsByRing, type ReleaseInRings } from '../facts-by-ring.ts';

/**
 * The facts for the last ring whose gate looks at the check; null where none does. It need not apply to that ring, nor
 * to the release: what is waived and what is risked are the same for every ring, and facts may yet change.
 */
export async function factsAbout(
  db: Change,
  check: string,
  release: ReleaseInRings,
): Promise<Facts | null> {
  for await (const { facts } of factsByRing(db, release)) {
    if (facts.checks.some(({ key }) => key === check)) return facts;
  }
  return null;
}

/** The sentence for a check that is for other products only, or came after the release had entered every ring. */
export function notAsked(
  check: string,
  { product, version }: { product: string; version: string },
): string {
  return `${check} is not asked of ${product} ${version}, so there is nothing to waive.`;
}
