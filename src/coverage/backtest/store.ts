/** Past incidents and the releases that they affect, as a backtest goes through them. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { Severity } from '../../gate/index.ts';
import { contains, parseRange } from '../../versions/index.ts';

export interface PastIncident {
  id: number;
  key: string;
  title: string;
  severity: Severity;
  loggedAt: string;
}

/** Keys of the products that the caller may know of; null for all. */
type Reachable = readonly string[] | null;

/** Newest first, from behind the incident with the id `after`; withdrawn ones are left out. */
export async function listPastIncidents(
  db: Kysely<Database>,
  { after, limit }: { after: number | null; limit: number },
  reachable: Reachable,
): Promise<PastIncident[]> {
  const { rows } = await sql<PastIncident>`
    ${pastIncidents(reachable)} and (${after}::bigint is null or incident.id < ${after})
    order by incident.id desc
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Null where there is none that the caller may know of, or it was withdrawn. */
export async function findPastIncident(
  db: Kysely<Database>,
  key: string,
  reachable: Reachable,
): Promise<PastIncident | null> {
  const { rows } = await sql<PastIncident>`
    ${pastIncidents(reachable)} and incident.key = ${key}
  `.execute(db);
  return rows[0] ?? null;
}

function pastIncidents(reachable: Reachable) {
  return sql`
    select incident.id, incident.key, state.title, state.severity, incident.created_at as "loggedAt"
    from incident join incident_revision as state
      on state.incident_id = incident.id and state.known_until is null
    where incident.status <> 'withdrawn' and (${reachable}::text[] is null or state.products = '{}'
      or state.products && ${reachable}::text[])`;
}

export interface FaultyRelease {
  id: number;
  product: string;
  version: string;
  /** Where it stands among the versions of its product. */
  point: string;
  /** The product's, in their order. */
  rings: string[];
  /** When it entered each ring that it entered. */
  shipments: { ring: string; shippedAt: string }[];
}

/** Where a list of releases goes on: behind this one. */
export type ReleasePosition = readonly [point: string, id: number];

/** The registered releases that the incident affects, by product, the oldest version first. */
export async function listFaultyReleases(
  db: Kysely<Database>,
  incidentId: number,
  { after, limit }: { after: ReleasePosition | null; limit: number },
  reachable: Reachable,
): Promise<FaultyRelease[]> {
  const faulty: FaultyRelease[] = [];
  let behind = after;
  for (;;) {
    const spanned = await releasesInSpans(db, incidentId, { after: behind, limit }, reachable);
    // A span holds a version too many where its end is open, or one is excepted.
    const inRange = spanned.filter(({ version, ranges }) =>
      ranges.some((range) => liesIn(range, version)),
    );
    faulty.push(...inRange.map(({ ranges: _, ...release }) => release));
    const last = spanned.at(-1);
    if (faulty.length >= limit || spanned.length < limit || !last) return faulty.slice(0, limit);
    behind = [last.point, last.id];
  }
}

async function releasesInSpans(
  db: Kysely<Database>,
  incidentId: number,
  { after, limit }: { after: ReleasePosition | null; limit: number },
  reachable: Reachable,
): Promise<(FaultyRelease & { ranges: string[] })[]> {
  const { rows } = await sql<FaultyRelease & { ranges: string[] }>`
    select release.id, product.key as product, release.version, release.point,
      product.body -> 'rings' as rings, (
        select coalesce(json_agg(json_build_object(
          'ring', ring, 'shippedAt', instant_text(shipped_at)) order by shipped_at, id), '[]')
        from shipment where shipment.release_id = release.id
      ) as shipments,
      json_agg(distinct affected.versions) as ranges
    from incident_affected as affected
      join release on release.point >= lower(affected.span) collate "C"
        and release.point <= upper(affected.span) collate "C"
      join product on product.id = release.product_id
    where affected.incident_id = ${incidentId} and affected.known_until is null
      and (${reachable}::text[] is null or product.key = any(${reachable}::text[]))
      and (${after?.[0] ?? null}::text is null
        or (release.point, release.id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::bigint))
    group by release.id, product.id
    order by release.point, release.id
    limit ${limit}
  `.execute(db);
  return rows;
}

function liesIn(range: string, version: string): boolean {
  const parsed = parseRange(range);
  if (!parsed.ok) throw new Error(`An unreadable range on record: ${range}`);
  return contains(parsed.range, version);
}
