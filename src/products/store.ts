/** Products in the database: who still names a part of one. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { NameInUse } from './product.ts';

/**
 * Components, rings and platforms that a release of this product names, or a check that may apply to it; each once.
 * A check that names no product may apply to any.
 */
export async function namesInUse(db: Kysely<Database>, product: string): Promise<NameInUse[]> {
  const { rows } = await sql<NameInUse>`
    with released as (
      select release.id, release.version, release.body
      from release join product on product.id = release.product_id
      where product.key = ${product}
    ),
    named (facet, name, by) as (
      select facet, jsonb_array_elements_text(body -> 'appliesTo' -> facet), 'the check ' || key
      from regression_check, unnest(array['components', 'rings', 'platforms']) as facet
      where body -> 'appliesTo' -> 'products' is null
        or body -> 'appliesTo' -> 'products' ? ${product}
      union all
      select facet, jsonb_array_elements_text(body -> facet), 'the release ' || version
      from released, unnest(array['components', 'platforms']) as facet
      where jsonb_typeof(body -> facet) = 'array'
      union all
      select 'rings', shipment.ring, 'the release ' || released.version
      from shipment join released on released.id = shipment.release_id
    )
    select facet, name, min(by collate "C") as by
    from named
    group by facet, name
    order by facet, name collate "C"
  `.execute(db);
  return rows;
}
