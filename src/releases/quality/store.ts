/** How releases shipped, counted in the database. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';

/** One product's releases that entered a ring in one month. */
export interface ShippedMonth {
  product: string;
  /** `2026-11`, in UTC. */
  month: string;
  ring: string;
  shipped: number;
  onWaivers: number;
  pastGate: number;
  afterwards: number;
}

export interface MonthsAsked {
  /** Those that the caller may know of, null for all. */
  products: readonly string[] | null;
  /** Null for all, here and below. */
  product: string | null;
  /** Null: each product's last one. */
  ring: string | null;
  since: string | null;
  after: readonly [month: string, product: string] | null;
  limit: number;
}

/** Newest month first, then by product. A release enters a ring once, so every shipment is one release. */
export async function listShippedMonths(
  db: Kysely<Database>,
  { products, product, ring, since, after, limit }: MonthsAsked,
): Promise<ShippedMonth[]> {
  const { rows } = await sql<ShippedMonth>`
    with shipped as (
      select product.key as product, shipment.ring,
        to_char(shipment.shipped_at at time zone 'UTC', 'YYYY-MM') collate "C" as month,
        shipment.afterwards, shipment.verdict, shipment.past_gate_reason
      from shipment
        join release on release.id = shipment.release_id
        join product on product.id = release.product_id
      where shipment.ring = coalesce(${ring}::text, product.body -> 'rings' ->> -1)
        and (${products}::text[] is null or product.key = any(${products}::text[]))
        and (${product}::text is null or product.key = ${product})
    )
    select product, month, ring, count(*)::integer as shipped,
      (count(*) filter (where verdict = 'passed_with_waivers'))::integer as "onWaivers",
      (count(*) filter (where past_gate_reason is not null))::integer as "pastGate",
      (count(*) filter (where afterwards))::integer as afterwards
    from shipped
    where (${since}::text is null or month >= ${since})
      and (${after?.[0] ?? null}::text is null or month < ${after?.[0] ?? null}
        or (month = ${after?.[0] ?? null} and product > ${after?.[1] ?? null}))
    group by product, month, ring
    order by month desc, product
    limit ${limit}
  `.execute(db);
  return rows;
}
