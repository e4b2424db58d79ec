/** Recorded decisions in the database, with their facts and signatures. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import type { components } from '../../contract/types.gen.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import type { Decision, Facts } from '../../gate/index.ts';
import { canonicalText } from '../facts-hash.ts';
import type { StoredDecision } from './recorded-decision.ts';

type DecisionSummary = components['schemas']['DecisionSummary'];

const compress = promisify(gzip);
const decompress = promisify(gunzip);

export interface NewDecision extends Omit<StoredDecision, 'id' | 'signed'> {
  releaseId: number;
}

/** Answers its id. */
export async function insertDecision(db: Change, made: NewDecision): Promise<number> {
  const { decision, facts, releaseId } = made;
  const { id } = await db
    .insertInto('decision')
    .values({
      release_id: releaseId,
      ring: facts.ring,
      as_of: made.asOf,
      verdict: decision.verdict,
      may_ship: decision.mayShip,
      summary: decision.summary,
      body: JSON.stringify(decision),
      facts: await compress(canonicalText(facts)),
      facts_hash: made.factsHash,
      gate_version: made.gateVersion,
      recorded_by: made.recordedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertSignature(
  db: Change,
  decisionId: number,
  { payload, keyid, signature }: NonNullable<StoredDecision['signed']>,
): Promise<void> {
  await db
    .insertInto('decision_signature')
    .values({ decision_id: decisionId, payload, keyid, signature })
    .execute();
}

/** `products` are those that the caller may know of, null for all. */
export async function findDecision(
  db: Kysely<Database>,
  id: number | string,
  products: readonly string[] | null,
): Promise<StoredDecision | null> {
  const row = await db
    .selectFrom('decision')
    .innerJoin('release', 'release.id', 'decision.release_id')
    .innerJoin('product', 'product.id', 'release.product_id')
    .leftJoin('decision_signature as signed', 'signed.decision_id', 'decision.id')
    .select([
      'decision.id',
      'decision.as_of as asOf',
      'decision.body',
      'decision.facts',
      'decision.facts_hash as factsHash',
      'decision.gate_version as gateVersion',
      'decision.recorded_by as recordedBy',
      'signed.payload',
      'signed.keyid',
      'signed.signature',
    ])
    .where('decision.id', '=', sql<number>`${id}::bigint`)
    .$if(products !== null, (query) =>
      query.where('product.key', '=', sql<string>`any(${products})`),
    )
    .executeTakeFirst();
  if (!row) return null;
  const { body, facts, payload, keyid, signature, ...kept } = row;
  return {
    ...kept,
    decision: body as Decision,
    facts: JSON.parse((await decompress(facts)).toString()) as Facts,
    signed: payload && keyid && signature ? { payload, keyid, signature } : null,
  };
}

/** Newest first, from behind the decision with the id `after`. */
export async function listDecisionRows(
  db: Kysely<Database>,
  releaseId: number,
  { after, limit }: { after: number | null; limit: number },
): Promise<(Omit<DecisionSummary, 'id'> & { id: number })[]> {
  return db
    .selectFrom('decision')
    .innerJoin('release', 'release.id', 'decision.release_id')
    .innerJoin('product', 'product.id', 'release.product_id')
    .leftJoin('decision_signature as signed', 'signed.decision_id', 'decision.id')
    .select([
      'decision.id',
      'product.key as product',
      'release.version',
      'decision.ring',
      sql<DecisionSummary['verdict']>`decision.verdict`.as('verdict'),
      'decision.may_ship as mayShip',
      'decision.summary',
      'decision.as_of as asOf',
      'decision.facts_hash as factsHash',
      'decision.gate_version as gateVersion',
      'decision.recorded_by as recordedBy',
      sql<boolean>`signed.decision_id is not null`.as('signed'),
    ])
    .where('decision.release_id', '=', releaseId)
    .$if(after !== null, (query) => query.where('decision.id', '<', after))
    .orderBy('decision.id', 'desc')
    .limit(limit)
    .execute();
}
