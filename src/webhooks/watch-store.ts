/** Which gates are watched, what was last told of each, and which have to be looked at again. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { Verdict } from '../gate/index.ts';

/** By ring. */
export type Verdicts = Readonly<Record<string, Verdict>>;

/** A release that may have changed its verdict. */
export interface WatchedGate {
  releaseId: number;
  product: string;
  version: string;
  /** Those that it has not entered, in their order; none where it has entered the product's last one. */
  rings: readonly string[];
  /** As last told; null where that was before anybody was there to be told, or never. */
  told: Verdicts | null;
  /** Since when there is somebody to tell. */
  watchedSince: string;
  /** What a judgement that begins now rests on at least. */
  factAt: string;
  catalogueAt: string | null;
}

/**
 * From now on there is somebody to tell, unless there was already. Called before the webhook is there; whoever makes
 * the first one at the same moment waits.
 */
export async function beginWatching(db: Change): Promise<void> {
  await sql`
    insert into watching (since) values (clock_timestamp())
    on conflict (only_row) do update set since = watching.since
  `.execute(db);
  await sql`
    update watching set since = clock_timestamp() where not exists (select from webhook)
  `.execute(db);
}

/** A candidate that nothing was said of for so long is not looked at, until something is. */
const forgottenAfter = sql`interval '90 days'`;

/** The stamp of the gate's facts moved, or time has come to what stands in them. */
const isDue = sql`
  release.last_fact_at > clock_timestamp() - ${forgottenAfter}
  and (watched.judged_at is null or watched.judged_at < watching.since
    or watched.fact_at is distinct from release.last_fact_at
    or watched.catalogue_at is distinct from (select at from catalogue)
    or watched.stands_until <= clock_timestamp())`;

/**
 * The ids of releases to look at without those in `except`, those first of which something was said last. None while
 * there is nobody to tell.
 */
export async function listDueGates(
  db: Kysely<Database>,
  { limit, except }: { limit: number; except: readonly number[] },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select release.id
    from watching
      join watched_gate as watched on exists (select from webhook)
      join release on release.id = watched.release_id
    where ${isDue} and release.id <> all(${except}::bigint[])
    order by release.last_fact_at desc, release.id desc
    limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The gate, which nobody else judges until the transaction ends; null where somebody does or did. */
export async function claimDueGate(db: Change, releaseId: number): Promise<WatchedGate | null> {
  const { rows } = await sql<WatchedGate & { judged: boolean; told: Verdicts }>`
    select release.id as "releaseId", product.key as product, release.version, watched.verdicts as told,
      coalesce(watched.judged_at >= watching.since, false) as judged, watching.since as "watchedSince",
      release.last_fact_at as "factAt", (select at from catalogue) as "catalogueAt",
      array(
        select ring.name
        from jsonb_array_elements_text(product.body -> 'rings') with ordinality as ring (name, place)
        where not exists (
          select from shipment where shipment.release_id = release.id
            and shipment.ring in (ring.name, product.body -> 'rings' ->> -1)
        )
        order by ring.place
      ) as rings
    from watching
      join watched_gate as watched on watched.release_id = ${releaseId}
      join release on release.id = watched.release_id
      join product on product.id = release.product_id
    where ${isDue}
    for update of watched skip locked
  `.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { judged, ...gate } = row;
  return { ...gate, told: judged ? gate.told : null };
}

export async function stopWatching(db: Change, releaseId: number): Promise<void> {
  await db.deleteFrom('watched_gate').where('release_id', '=', releaseId).execute();
}

export interface Told {
  verdicts: Verdicts;
  judgedAt: string;
  /** Null: for ever. */
  standsUntil: string | null;
}

export async function keepTold(
  db: Change,
  { releaseId, factAt, catalogueAt }: WatchedGate,
  { verdicts, judgedAt, standsUntil }: Told,
): Promise<void> {
  await db
    .updateTable('watched_gate')
    .set({
      verdicts: JSON.stringify(verdicts),
      fact_at: factAt,
      catalogue_at: catalogueAt,
      judged_at: judgedAt,
      stands_until: standsUntil,
    })
    .where('release_id', '=', releaseId)
    .execute();
}

/** Milliseconds until time alone may change a verdict; null: never, as things stand. */
export async function nextChangeInMs(db: Kysely<Database>): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select (extract(epoch from min(watched.stands_until) - clock_timestamp()) * 1000)::float8 as ms
    from watched_gate as watched
    where watched.stands_until > clock_timestamp() and exists (select from webhook)
  `.execute(db);
  return rows[0]?.ms ?? null;
}
