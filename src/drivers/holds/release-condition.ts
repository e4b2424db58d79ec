/** Whether the condition for a hold's release is met: its checks are proven, and pass on a release without the fault. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import { decide, liesIn } from '../../gate/index.ts';
import { loadFacts } from '../../releases/gate-facts.ts';
import type { HoldCheckStanding, StoredHold } from './hold.ts';

export function isMet(standings: readonly HoldCheckStanding[]): boolean {
  return standings.length > 0 && standings.every(isGood);
}

/** Why it is not met, as a sentence or two. */
export function whyNotMet(standings: readonly HoldCheckStanding[]): string {
  if (standings.length === 0) {
    return 'Its condition names no check, so that nothing can show that it is met.';
  }
  const reasons = standings.filter((one) => !isGood(one)).map(reasonOf);
  return `Its condition is not met: ${reasons.join('; ')}.`;
}

function isGood({ proof, passes }: HoldCheckStanding): boolean {
  return proof === 'proven' && passes;
}

function reasonOf({ check, proof, version, passes }: HoldCheckStanding): string {
  const told: string[] = [];
  if (proof !== 'proven') told.push(`is ${proof.replace('_', ' ')}`);
  if (version === null) told.push('has no release to pass on that the incident does not affect');
  else if (!passes) told.push(`does not pass on ${version}`);
  return `${check} ${told.join(' and ')}`;
}

/** One for each check of the condition, in its order. */
export async function conditionStandings(
  db: Kysely<Database>,
  hold: StoredHold,
): Promise<HoldCheckStanding[]> {
  const { checks } = hold.body.releaseWhen;
  if (checks.length === 0) return [];
  const version = await newestWithoutFault(db, hold);
  const passing = version === null ? new Set() : await checksPassing(db, hold, version);
  const proofs = await proofsOf(db, hold.incidentId, checks);
  return checks.map((check) => ({
    check,
    proof: proofs.get(check) ?? 'unproven',
    version,
    passes: passing.has(check),
  }));
}

/**
 * The newest registered release that the incident does not affect, in the order of versions: what machines get once they
 * are held no longer. A release with the fault shows nothing, however new it is.
 */
async function newestWithoutFault(
  db: Kysely<Database>,
  { productId, product, incidentId }: StoredHold,
): Promise<string | null> {
  const { rows: ranges } = await sql<{ versions: string }>`
    select distinct versions from incident_affected
    where incident_id = ${incidentId} and product = ${product} and known_until is null
  `.execute(db);
  const page = 100;
  let behind: Candidate | null = null;
  for (;;) {
    const candidates: Candidate[] = await newestReleases(db, productId, behind, page);
    const found = candidates.find(
      ({ version }) => !ranges.some(({ versions }) => liesIn(version, versions)),
    );
    if (found) return found.version;
    if (candidates.length < page) return null;
    behind = candidates.at(-1) ?? null;
  }
}

interface Candidate {
  id: number;
  version: string;
  /** Where it stands among the versions of its product. */
  point: string;
}

async function newestReleases(
  db: Kysely<Database>,
  productId: number,
  behind: Candidate | null,
  limit: number,
): Promise<Candidate[]> {
  return db
    .selectFrom('release')
    .select(['id', 'version', 'point'])
    .where('product_id', '=', productId)
    .$if(behind !== null, (query) =>
      query.where(sql<boolean>`(point, id) < (${behind?.point}::text, ${behind?.id}::bigint)`),
    )
    .orderBy('point', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** The checks that some ring asks this release for, and that pass there in every variant; a waiver is no pass. */
async function checksPassing(
  db: Kysely<Database>,
  { product, rings }: StoredHold,
  version: string,
): Promise<ReadonlySet<string>> {
  const loaded = await loadFacts(db, { product, version, asIfNotEntered: true });
  // It was read in the same transaction, and products keep a last ring.
  if (loaded.kind !== 'found') throw new Error(`${product} ${version}: ${loaded.kind}`);
  const passes = new Map<string, boolean>();
  for (const ring of rings) {
    // Rings that were not entered differ in nothing but their names.
    for (const { check, status } of decide({ ...loaded.facts, ring }, loaded.asOf).answers) {
      if (check !== null) passes.set(check, (passes.get(check) ?? true) && status === 'passed');
    }
  }
  return new Set([...passes].filter(([, passed]) => passed).map(([check]) => check));
}

async function proofsOf(
  db: Kysely<Database>,
  incidentId: number,
  checks: readonly string[],
): Promise<Map<string, HoldCheckStanding['proof']>> {
  const { rows } = await sql<{ check: string; proof: HoldCheckStanding['proof'] }>`
    select checked.key as "check", shown.proof
    from check_proof as shown join regression_check as checked on checked.id = shown.check_id
    where shown.incident_id = ${incidentId} and shown.known_until is null
      and checked.key = any(${checks}::text[])
  `.execute(db);
  return new Map(rows.map(({ check, proof }) => [check, proof]));
}
