/** Facts about now, for questions that are asked again and again. */
import type { Kysely } from 'kysely';
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

/**
 * The facts about now. While the database says, in one small query, that nothing changed, they are the very object that
 * was read before. Never inside a transaction, whose changes may be undone.
 */
export function factsReader(
  db: Kysely<Database>,
  rememberedMax = 500,
): (asked: Omit<FactsAsked, 'asOf' | 'asIfNotEntered'>) => Promise<LoadedFacts> {
  const remembered = new Map<string, { found: Found; stamp: string }>();
  const stampOf = sharedRead((releaseIds: readonly number[]) => loadStamps(db, releaseIds));

  return async (asked) => {
    const question = JSON.stringify([asked.product, asked.version, asked.ring]);
    const known = remembered.get(question);
    const now = known && (await stampOf(known.found.releaseId));
    if (known && now?.stamp === known.stamp) return { ...known.found, asOf: now.as_of };
    const { loaded, stamp } = await loadStampedFacts(db, asked);
    if (loaded.kind !== 'found') return loaded;
    remembered.delete(question);
    remembered.set(question, { found: loaded, stamp });
    // The first of a map is the one that went in first.
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest);
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
