/** What is published of the way out of an incident: the versions that carry the fix, and who is kept from the others. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';

export interface Remedy {
  incident: string;
  /** Versions of the product. */
  fixedIn: string[];
  /** Holds on the product that are in force and that everybody may know of. */
  holds: { hold: string; title: string; versions: string }[];
}

/** Of the published incidents that concern a product, as their reports have it. */
export async function remediesFor(db: Kysely<Database>, product: string): Promise<Remedy[]> {
  const { rows } = await sql<Remedy>`
    select incident.key as incident,
      jsonb_path_query_array(published.record, '$.affected[*] ? (@.product == $product).fixedIn[*]',
        jsonb_build_object('product', ${product}::text)) as "fixedIn",
      (
        select coalesce(jsonb_agg(jsonb_build_object(
          'hold', hold.id::text, 'title', hold.body -> 'title', 'versions', hold.body -> 'versions'
          ) order by hold.id), '[]')
        from hold join product on product.id = hold.product_id
        where hold.incident_id = incident.id and product.key = ${product} and hold.state = 'active'
          and hold_is_public(hold.body, published.record)
      ) as holds
    from incident join incident_revision published
      on published.incident_id = incident.id and published.revision = incident.published_revision
    where incident.status <> 'withdrawn'
      and published.record @> ${JSON.stringify({ affected: [{ product }] })}::jsonb
    order by incident.key
  `.execute(db);
  return rows;
}
