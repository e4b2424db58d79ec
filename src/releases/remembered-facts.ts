/** Facts about now, for questions that are asked again and again. */
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { queryNamed } from '../db/prepared-statement.ts';
import type { Database } from '../db/rows.gen.ts';
import { sharedRead } from '../db/shared-read.ts';
import { type FactsAsked, type LoadedFacts, loadStampedFacts } from './gate-facts.ts';
import { gateStampsSql } from './gate-facts-sql.ts';

/** Equal stamps mean equal facts about now. */
interface Stamp {
  release_id: number;
  stamp: string;
  as_of: string;
}

type Found = Extract<LoadedFacts, { kind: 'found' }>;

interface Remembered {
  found: Found;
  stamp: string;
}

/** Releases, and altogether their results: a release may have a hundred of them or a hundred thousand. */
const bounds = { max: 500, maxSize: 500_000 };

/**
 * The facts about now. While the database says, in one small query, that nothing changed, they are the very object that
 * was read before. Never inside a transaction, whose changes may be undone.
 */
export function factsReader(
  db: Kysely<Database>,
): (asked: Omit<FactsAsked, 'asOf' | 'asIfNotEntered'>) => Promise<LoadedFacts> {
  const remembered = new LRUCache<string, Remembered>({
    ...bounds,
    sizeCalculation: ({ found }) => 1 + found.facts.results.length,
  });
  const stampOf = sharedRead((releaseIds: readonly number[]) => loadStamps(db, releaseIds));

  return async (asked) => {
    const question = JSON.stringify([asked.product, asked.version, asked.ring]);
    const known = remembered.get(question);
    const now = known && (await stampOf(known.found.releaseId));
    if (known && now?.stamp === known.stamp) return { ...known.found, asOf: now.as_of };
    const { loaded, stamp } = await loadStampedFacts(db, asked);
    if (loaded.kind === 'found') remembered.set(question, { found: loaded, stamp });
    return loaded;
  };
}

/** In the order of the ids. */
async function loadStamps(
  db: Kysely<Database>,
  releaseIds: readonly number[],
): Promise<(Stamp | undefined)[]> {
  const statement = { name: 'gate_stamps', text: gateStampsSql, values: [releaseIds] };
  const rows = await queryNamed<Stamp>(db, statement);
  const byRelease = new Map(rows.map((row) => [row.release_id, row]));
  return releaseIds.map((id) => byRelease.get(id));
}
