/** Checks in the database: what products declare, and which incidents stand behind a check. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { StoredDocument } from '../documents/store.ts';
import type { CheckBody, GuardedIncident, StoredCheck } from './check.ts';
import type { DeclaredNames } from './declared-names.ts';
import { pendingProposals } from './proposal-store.ts';

/**
 * What the named products declare, those that exist; what all of them declare for null. None of them takes a name away
 * until the transaction ends.
 */
export async function holdDeclaredNames(
  db: Change,
  keys: readonly string[] | null,
): Promise<DeclaredNames[]> {
  const rows = await db
    .selectFrom('product')
    .select(['key', 'body'])
    .$if(keys !== null, (query) => query.where('key', '=', sql<string>`any(${keys})`))
    .orderBy('key')
    .forShare()
    .execute();
  return rows.map(({ key, body }) => ({ ...(body as Omit<DeclaredNames, 'key'>), key }));
}

/** Those of them that there are. None is ever deleted. */
export async function knownDrivers(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom('driver')
    .select('key')
    .where('key', '=', sql<string>`any(${keys})`)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** The checks with the incidents that name each, withdrawn ones left out, and the change that waits. */
export async function asTheyStand(
  db: Kysely<Database>,
  checks: readonly StoredDocument<CheckBody>[],
): Promise<StoredCheck[]> {
  const ids = checks.map(({ id }) => id);
  const pending = await pendingProposals(db, ids);
  const { rows } = await sql<GuardedIncident & { checkId: number }>`
    select link.check_id as "checkId", incident.key, coalesce(shown.proof, 'unproven') as proof, state.products,
      coalesce(published.record -> 'checks' @> jsonb_build_array(
        jsonb_build_object('check', checked.key, 'visibility', 'public')), false) as "isPublic"
    from incident_check as link
      join regression_check as checked on checked.id = link.check_id
      join incident on incident.id = link.incident_id
      join incident_revision as state
        on state.incident_id = incident.id and state.revision = incident.revision
      left join incident_revision as published
        on published.incident_id = incident.id and published.revision = incident.published_revision
      left join check_proof as shown
        on shown.incident_id = incident.id and shown.check_id = link.check_id and shown.known_until is null
    where link.check_id = any(${ids}) and link.known_until is null
      and incident.status <> 'withdrawn'
    order by incident.key
  `.execute(db);
  return checks.map((check) => ({
    ...check,
    incidents: rows.filter(({ checkId }) => checkId === check.id),
    proposal: pending.get(check.id) ?? null,
  }));
}

/**
 * Whether a sev1 or sev2 incident stands behind the check; of one that is being corrected the graver of both counts.
 * From then on none is logged, changed or withdrawn until the transaction ends.
 */
export async function holdGravity(db: Change, checkId: number): Promise<boolean> {
  // Whoever changes an incident holds this row, too.
  await db.selectFrom('catalogue').select('at').forNoKeyUpdate().execute();
  const { rows } = await sql<{ grave: boolean }>`
    select exists (
      select from incident_check as link
        join incident on incident.id = link.incident_id
        join incident_revision as state
          on state.incident_id = incident.id and state.known_until is null
        left join incident_revision as published
          on published.incident_id = incident.id
            and published.revision = incident.published_revision
      where link.check_id = ${checkId} and link.known_until is null
        and incident.status <> 'withdrawn'
        and least(state.severity, published.severity) in ('sev1', 'sev2')
    ) as grave
  `.execute(db);
  return rows[0]?.grave ?? false;
}

/** Checks that may apply to one of these products, or all for null; by key, from behind `after`. */
export async function listChecksOf(
  db: Kysely<Database>,
  {
    products,
    after,
    limit,
  }: { products: readonly string[] | null; after: string | null; limit: number },
): Promise<StoredDocument<CheckBody>[]> {
  const rows = await db
    .selectFrom('regression_check as checked')
    .innerJoin('regression_check_revision as revision', (join) =>
      join
        .onRef('revision.owner_id', '=', 'checked.id')
        .onRef('revision.revision', '=', 'checked.revision'),
    )
    .select([
      'checked.id',
      'checked.key',
      'checked.revision',
      'checked.body',
      'checked.created_at',
      'checked.updated_at',
    ])
    .$if(products !== null, (query) =>
      query.where(
        sql<boolean>`(revision.products is null or revision.products && ${products}::text[])`,
      ),
    )
    .$if(after !== null, (query) => query.where('checked.key', '>', after))
    .orderBy('checked.key')
    .limit(limit)
    .execute();
  return rows.map(({ created_at: createdAt, updated_at: updatedAt, body, ...row }) => ({
    ...row,
    body: body as CheckBody,
    createdAt,
    updatedAt,
  }));
}
