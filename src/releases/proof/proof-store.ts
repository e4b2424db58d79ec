/** The proofs of checks against incidents in the database, each with every state that it had. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import type { Change } from '../../db/write.ts';
import type { FaultyRange, Proof, ReleaseEvidence } from '../../gate/index.ts';
import { parseRange, pointOf } from '../../versions/index.ts';

/** A check that guards against an incident, with what is on record of that. */
export interface Guard {
  incidentId: number;
  checkId: number;
  /** As it was kept before. */
  proof: Proof;
  /** What the incident affects. */
  ranges: FaultyRange[];
}

/**
 * Keeps others from changing what these checks show, and what they guard against, until the transaction ends. Before the
 * catalogue's instant is taken, always: who held both the other way round would wait for each other.
 */
export async function holdChecks(
  db: Change,
  checks: { ids: readonly number[] } | { keys: readonly string[] },
): Promise<void> {
  await db
    .selectFrom('regression_check')
    .select('id')
    .where(
      'ids' in checks
        ? sql<boolean>`id = any(${checks.ids})`
        : sql<boolean>`key = any(${checks.keys})`,
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** Those of these checks, or of this incident. */
export async function findGuards(
  db: Kysely<Database>,
  of: { checkIds: readonly number[] } | { incidentId: number },
): Promise<Guard[]> {
  const { rows } = await sql<Guard>`
    select link.incident_id as "incidentId", link.check_id as "checkId",
      coalesce(shown.proof, 'unproven') as proof, (
        select coalesce(json_agg(distinct jsonb_build_object('product', product, 'versions', versions)), '[]')
        from incident_affected
        where incident_id = link.incident_id and known_until is null
      ) as ranges
    from incident_check as link
      left join check_proof as shown
        on shown.incident_id = link.incident_id and shown.check_id = link.check_id and shown.known_until is null
    where link.known_until is null and ${
      'incidentId' in of
        ? sql`link.incident_id = ${of.incidentId}`
        : sql`link.check_id = any(${of.checkIds})`
    }
    order by link.incident_id, link.check_id
  `.execute(db);
  return rows;
}

/**
 * As much of a check's evidence as decides its proof: every failure in the spans of the incident's ranges, and of passes,
 * in each variant, the newest outside of them, and those on versions that a range names, which may lie outside of it and
 * yet in its span.
 */
export async function findEvidence(
  db: Kysely<Database>,
  { incidentId, checkId, ranges }: Guard,
): Promise<ReleaseEvidence[]> {
  const { rows } = await sql<ReleaseEvidence>`
    with affected as materialized (
      select product, span from incident_affected
      where incident_id = ${incidentId} and known_until is null
    ),
    shown as materialized (
      select product.key as product, release.version, release.point, shown.variant, shown.outcome,
        exists (select from affected where span @> release.point) as spanned
      from check_evidence as shown
        join release on release.id = shown.release_id
        join product on product.id = release.product_id
      where shown.check_id = ${checkId} and product.key = any(select product from affected)
    ),
    newest as (
      select distinct on (product, variant) product, version, variant, outcome
      from shown
      where outcome = 'passed' and not spanned
      order by product, variant, point desc
    )
    select product, version, variant, outcome from shown
    where spanned and (outcome = 'failed' or point = any(${pointsNamedIn(ranges)}::text[]))
    union all
    select product, version, variant, outcome from newest
  `.execute(db);
  return rows;
}

function pointsNamedIn(ranges: readonly FaultyRange[]): string[] {
  return ranges.flatMap(({ product, versions }) => {
    const parsed = parseRange(versions);
    if (!parsed.ok) throw new Error(`An unreadable range on record: ${versions}`);
    return parsed.range.constraints.map(({ version }) => pointOf(version.sortKey, product));
  });
}

export type NewProof = Pick<Guard, 'incidentId' | 'checkId' | 'proof'>;

/** From `at` on. */
export async function keepProofs(
  db: Change,
  proofs: readonly NewProof[],
  at: string,
): Promise<void> {
  const listed = asRows(proofs);
  await sql`
    update check_proof set known_until = ${at}::timestamptz from ${listed}
    where incident_id = listed."incidentId" and check_id = listed."checkId" and known_until is null
  `.execute(db);
  // Without a row it is unproven.
  await sql`
    insert into check_proof (incident_id, check_id, proof, known_from)
    select "incidentId", "checkId", listed.proof, ${at}::timestamptz from ${listed}
    where listed.proof <> 'unproven'
  `.execute(db);
}

/** Ends what was shown of checks that the incident no longer names. */
export async function endProofsOfUnlinked(
  db: Change,
  incidentId: number,
  at: string,
): Promise<void> {
  await sql`
    update check_proof set known_until = ${at}::timestamptz
    where incident_id = ${incidentId} and known_until is null and not exists (
      select from incident_check as link
      where link.incident_id = check_proof.incident_id and link.check_id = check_proof.check_id
        and link.known_until is null
    )
  `.execute(db);
}

function asRows(proofs: readonly NewProof[]): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${JSON.stringify(proofs)}::jsonb)
    as listed ("incidentId" bigint, "checkId" bigint, proof text)`;
}
