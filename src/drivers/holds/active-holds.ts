/** The active holds that machines are held against, as far as one caller may know of them, ready to be asked. */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { HoldOverrideFact } from '../../gate/index.ts';
import type { CatalogueDriver } from '../matching/catalogue.ts';
import { type RecordedRange, recordRange } from '../matching/range-place.ts';
import { rememberedByView } from '../remembered.ts';
import type { KnownProduct } from './faults-of-machines.ts';
import { type HoldMatch, type InvolvedDriver, termsOf } from './hold.ts';
import { type MatchOfMachines, prepareMatch } from './match.ts';
import type { Reach } from './store.ts';

/** Who looks. Pipelines honour holds of incidents that they may not read of, and are told no more than the gate tells. */
export interface HoldView {
  reach: Reach;
  readsUnpublished: boolean;
}

export interface ActiveHold {
  id: string;
  product: string;
  incident: string;
  /** Null where the caller may not read it. */
  title: string | null;
  /** Whether the caller may know of its overrides. */
  toldOfOverrides: boolean;
  /** Whether its incident has a report. */
  published: boolean;
  range: RecordedRange;
  overrides: readonly HoldOverrideFact[];
  speaksOf: MatchOfMachines;
}

export interface ActiveHolds {
  /** Moves with the holds and drivers that answers rest on, and tells nothing of what they are. */
  revision: string;
  /** By the product's key, each list by id. */
  byProduct: ReadonlyMap<string, readonly ActiveHold[]>;
  /** Those that the caller may know of, by key. */
  products: ReadonlyMap<string, KnownProduct>;
}

/** Prepared anew only when something changed that releases are judged by, which a hold and a driver are. */
export function activeHoldsReader(db: Kysely<Database>): (view: HoldView) => Promise<ActiveHolds> {
  const holds = rememberedByView(
    () => loadStamp(db),
    async (view: HoldView) => prepare(await loadActive(db, view)),
  );
  return holds.of;
}

async function loadStamp(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ at: string }>`select at from catalogue`.execute(db);
  return rows[0]?.at ?? '';
}

interface ActiveRow {
  /** Of the hold, and of the record that its drivers stand in. */
  changed: unknown;
  id: string;
  product: string;
  incident: string;
  title: string | null;
  toldOfOverrides: boolean;
  published: boolean;
  versions: string;
  match: HoldMatch;
  involved: InvolvedDriver[];
  overrides: HoldOverrideFact[];
}

interface ActiveRows {
  /** Rings null where the product is known by its published incidents alone. */
  products: { key: string; rings: string[] | null }[];
  holds: ActiveRow[];
  drivers: (CatalogueDriver & { changedAt: string })[];
}

/** One statement, so that all of it is of one moment. */
async function loadActive(
  db: Kysely<Database>,
  { reach, readsUnpublished }: HoldView,
): Promise<ActiveRows> {
  const { rows } = await sql<ActiveRows>`
    with known as (
      select hold.id, hold.body, hold.updated_at, product.key as product, incident.key as incident, inside, is_public,
        incident.published_revision is not null as published,
        case when inside then incident.revision else published.revision end as record_revision,
        case when inside then incident.record else published.record end as record
      from hold
        join product on product.id = hold.product_id
        join incident on incident.id = hold.incident_id and incident.status <> 'withdrawn'
        left join incident_revision as published
          on published.incident_id = incident.id and published.revision = incident.published_revision
        cross join lateral (
          select ${reach}::text[] is null or product.key = any(${reach}::text[]) as inside,
            hold_is_public(hold.body, published.record) as is_public
        ) as knowledge
      where hold.state = 'active' and (inside or is_public)
    )
    select
      (
        select coalesce(jsonb_agg(jsonb_build_object(
          'key', key, 'rings', case when inside then body -> 'rings' end) order by key), '[]')
        from product cross join lateral (
          select ${reach}::text[] is null or key = any(${reach}::text[]) as inside) as knowledge
        where inside or key in (
          select unnest(published.products)
          from incident join incident_revision as published
            on published.incident_id = incident.id and published.revision = incident.published_revision)
      ) as products,
      (
        select coalesce(jsonb_agg(jsonb_build_object(
          'changed', json_build_array(instant_text(updated_at), record_revision),
          'id', id::text, 'product', product, 'incident', incident, 'published', published,
          'title', case when is_public or (inside and ${readsUnpublished}) then body -> 'title' end,
          'toldOfOverrides', inside and ${readsUnpublished},
          'versions', body -> 'versions', 'match', body -> 'match', 'involved', record -> 'drivers',
          'overrides', (
            select coalesce(jsonb_agg(jsonb_build_object(
              'versions', override.versions, 'rings', override.rings, 'from', instant_text(override.set_at),
              'expiresAt', instant_text(override.expires_at),
              'revokedAt', instant_text(revocation.revoked_at)) order by override.id), '[]')
            from hold_override as override
              left join hold_override_revocation as revocation on revocation.override_id = override.id
            where override.hold_id = known.id
          )
        ) order by id), '[]')
        from known
      ) as holds,
      (
        select coalesce(jsonb_agg(jsonb_build_object(
          'key', key, 'name', body -> 'name', 'vendor', body -> 'vendor',
          'platform', body -> 'platform', 'identity', body -> 'identity',
          'changedAt', instant_text(updated_at)
        ) order by key), '[]')
        from driver
        where key in (
          select jsonb_path_query(body, '$.match.*[*].driver') #>> '{}' from known
        )
      ) as drivers
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('A select without a table gave no row.');
  return row;
}

function prepare({ products, holds, drivers }: ActiveRows): ActiveHolds {
  const byKey = new Map(drivers.map((driver) => [driver.key, driver]));
  const byProduct = new Map<string, ActiveHold[]>();
  for (const row of holds) {
    const hold = prepareHold(row, byKey);
    const ofProduct = byProduct.get(row.product);
    if (ofProduct === undefined) byProduct.set(row.product, [hold]);
    else ofProduct.push(hold);
  }
  // By when they changed: of what a driver is, that is told on a match alone, nobody can make a digest to try.
  const changes = [
    holds.map(({ id, changed }) => [id, changed]),
    drivers.map(({ changedAt }) => changedAt),
  ];
  const digest = createHash('sha256').update(JSON.stringify(changes)).digest('hex');
  return {
    revision: `sha256:${digest}`,
    byProduct,
    products: new Map(products.map(({ key, rings }) => [key, { rings }])),
  };
}

function prepareHold(
  { changed: _, versions, match, involved, ...hold }: ActiveRow,
  drivers: ReadonlyMap<string, CatalogueDriver>,
): ActiveHold {
  const named = new Set(termsOf(match).flatMap(({ term }) => drivers.get(term.driver ?? '') ?? []));
  return {
    ...hold,
    range: recordRange(versions),
    speaksOf: prepareMatch(hold.product, match, [...named], involved),
  };
}
