/** Checks in the database: what products declare, and which incidents stand behind a check. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { StoredDocument } from '../documents/store.ts';
import type { CheckBody, GuardedIncident, StoredCheck } from './check.ts';
import type { DeclaredNames } from './declared-names.ts';

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

/** The checks with the incidents that name each, withdrawn ones left out. */
export async function withIncidents(
  db: Kysely<Database>,
  checks: readonly StoredDocument<CheckBody>[],
): Promise<StoredCheck[]> {
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
    where link.check_id = any(${checks.map(({ id }) => id)}) and link.known_until is null
      and incident.status <> 'withdrawn'
    order by incident.key
  `.execute(db);
  return checks.map((check) => ({
    ...check,
    incidents: rows.filter(({ checkId }) => checkId === check.id),
  }));
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
