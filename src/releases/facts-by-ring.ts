/** The facts about one release as the gate sees them for each ring. */
import type { Kysely } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Facts } from '../gate/index.ts';
import { loadFacts } from './gate-facts.ts';
import { shipmentsOf } from './shipment-store.ts';

export interface ReleaseInRings {
  id: number;
  product: string;
  version: string;
  /** In the product's order. */
  rings: readonly string[];
}

/**
 * For every ring, the last one first, one query at a time as they are asked for. Rings not entered differ in nothing
 * but their names, so they share a query; one that was entered is judged by the checks of that moment.
 */
export async function* factsByRing(
  db: Kysely<Database>,
  { id, product, version, rings }: ReleaseInRings,
): AsyncGenerator<{ facts: Facts; asOf: string }, void, undefined> {
  const shipments = await shipmentsOf(db, [id]);
  const entered = new Set(shipments.get(id)?.map(({ ring }) => ring));
  let ahead: { facts: Facts; asOf: string } | null = null;
  for (const ring of rings.toReversed()) {
    if (ahead && !entered.has(ring)) {
      yield { ...ahead, facts: { ...ahead.facts, ring } };
      continue;
    }
    const loaded = await loadFacts(db, { product, version, ring });
    // Releases are never deleted, and no ring of one that is read here is made up.
    if (loaded.kind !== 'found')
      throw new Error(`${product} ${version} in ${ring}: ${loaded.kind}`);
    if (!entered.has(ring)) ahead = loaded;
    yield loaded;
  }
}
