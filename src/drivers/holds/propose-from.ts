/** Proposes the holds that an incident leads to, once each. */
import canonicalize from 'canonicalize';
import { type Kysely, sql } from 'kysely';
import { nextCatalogueAt } from '../../db/clock.ts';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import type { StoredIncident } from '../../incidents/store.ts';
import type { Scheme } from '../../versions/index.ts';
import { holdsFrom } from './propose.ts';
import { standingHolds } from './store.ts';
import { insertHold } from './write-hold.ts';

export type ProposeOutcome =
  /** In the order of the ids. */
  { kind: 'proposed'; ids: number[]; anyNew: boolean } | { kind: 'refused'; why: string };

/** The incident is locked. `products` are those that the caller may know of, null for all. */
export async function proposeFrom(
  change: Change,
  { id: incidentId, key, status, revision, record }: StoredIncident,
  { by, products }: { by: string; products: readonly string[] | null },
): Promise<ProposeOutcome> {
  if (status === 'withdrawn') {
    return { kind: 'refused', why: `${key} is withdrawn: it harms nothing that could be held.` };
  }
  const affected = [...new Set(record.affected.map(({ product }) => product))];
  const reached = affected.filter((product) => products?.includes(product) ?? true);
  const rows = await productRows(change, reached);
  const { proposed, unholdable } = holdsFrom({
    key,
    record,
    schemes: new Map(rows.map(({ key: product, scheme }) => [product, scheme])),
    driverNames: await driverNames(
      change,
      record.drivers.map(({ driver }) => driver),
    ),
  });
  if (proposed.length === 0) return { kind: 'refused', why: whyNone(key, unholdable) };

  const standing = await standingHolds(change, incidentId);
  const ids: number[] = [];
  let at: string | null = null;
  for (const { product, body } of proposed) {
    const text = canonicalize(body);
    const same = standing.find(
      (hold) =>
        hold.product === product &&
        (canonicalize(hold.proposed) === text || canonicalize(hold.body) === text),
    );
    if (same) {
      ids.push(same.id);
      continue;
    }
    at ??= await nextCatalogueAt(change);
    const productId = rows.find((row) => row.key === product)?.id ?? 0;
    const reason = `Proposed from ${key}, revision ${revision}.`;
    ids.push(await insertHold(change, { productId, incidentId, body }, { by, at, reason }));
  }
  return { kind: 'proposed', ids: ids.sort((a, b) => a - b), anyNew: at !== null };
}

function whyNone(key: string, unholdable: readonly string[]): string {
  return unholdable.length === 0
    ? `${key} does not say yet which products it affects. Record them, and propose again.`
    : `${key} names neither drivers nor conditions for ${unholdable.join(', ')}, or too many: a hold would keep no machine apart from another. Record what it depends on, or ship a version that it does not affect.`;
}

async function productRows(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<{ id: number; key: string; scheme: Scheme }[]> {
  return db
    .selectFrom('product')
    .select(['id', 'key', sql<Scheme>`body ->> 'versionScheme'`.as('scheme')])
    .where('key', '=', sql<string>`any(${keys})`)
    .orderBy('key')
    .execute();
}

async function driverNames(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('driver')
    .select(['key', sql<string>`body ->> 'name'`.as('name')])
    .where('key', '=', sql<string>`any(${keys})`)
    .execute();
  return new Map(rows.map(({ key, name }) => [key, name]));
}
