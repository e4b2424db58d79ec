/** Candidates, releases that have not entered their product's last ring, and what the gate says of them. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import { decide, type Verdict } from '../gate/index.ts';
import { loadFacts } from './gate-facts.ts';

export interface Candidate {
  product: string;
  version: string;
  /** Those that it has not entered, in their order. */
  rings: readonly string[];
}

/** The newest registration first. `products` are keys, null for all. */
export async function listCandidates(
  db: Kysely<Database>,
  products: readonly string[] | null,
  limit: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select product.key as product, release.version, ahead.rings
    from release
      join product on product.id = release.product_id
      cross join lateral (
        select array_agg(ring.name order by ring.place) as rings
        from jsonb_array_elements_text(product.body -> 'rings') with ordinality as ring (name, place)
        where not exists (
          select from shipment where shipment.release_id = release.id and shipment.ring = ring.name
        )
      ) as ahead
    where (${products}::text[] is null or product.key = any(${products}::text[]))
      and product.body -> 'rings' ->> -1 = any(ahead.rings)
    order by release.registered_at desc, release.id desc
    limit ${limit}
  `.execute(db);
  return rows;
}

/** The verdict for each ring that it has not entered. Those differ in nothing but their names, so they share a query. */
export async function judgeCandidate(
  db: Kysely<Database>,
  { product, version, rings }: Candidate,
  asOf?: string,
): Promise<{ asOf: string; verdicts: Map<string, Verdict> }> {
  const loaded = await loadFacts(db, { product, version, ring: rings.at(-1), asOf });
  if (loaded.kind !== 'found') throw new Error(`${product} ${version}: ${loaded.kind}`);
  const { facts, asOf: at } = loaded;
  return {
    asOf: at,
    verdicts: new Map(rings.map((ring) => [ring, decide({ ...facts, ring }, at).verdict])),
  };
}
