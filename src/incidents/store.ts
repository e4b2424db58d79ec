/** Incidents in the database: reading one, and what it refers to. */
import { type Kysely, sql } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { Scheme } from '../versions/index.ts';
import {
  completeRecord,
  type IncidentInput,
  type IncidentRecord,
  type IncidentStatus,
} from './record.ts';
import type { References, Referents } from './references.ts';

type Schemas = components['schemas'];

export interface StoredIncident {
  id: number;
  key: string;
  status: IncidentStatus;
  /** Counts from 1. */
  revision: number;
  record: IncidentRecord;
  /** The revision that customers read; null where it was never published. */
  publishedRevision: number | null;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
  /** When it was first published. */
  publishedAt: string | null;
  withdrawal: Schemas['Withdrawal'] | null;
  /** Who edited it since it was last approved, the first one first. */
  editors: string[];
  corrections: Schemas['Correction'][];
  /** How far each check that binds for it is proven, by check. */
  proofs: Schemas['Incident']['proofs'];
}

export async function findIncident(
  db: Kysely<Database>,
  key: string,
): Promise<StoredIncident | null> {
  const row = await db
    .selectFrom('incident')
    .select([
      'id',
      'key',
      'status',
      'revision',
      'record',
      'published_revision',
      'created_at',
      'created_by',
      'updated_at',
      'updated_by',
      'published_at',
      'withdrawn_at',
      'withdrawal_notice',
      editorsSinceApproval.as('editors'),
      correctionsInOrder.as('corrections'),
      proofsByCheck.as('proofs'),
    ])
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  const { withdrawn_at: at, withdrawal_notice: notice } = row;
  return {
    id: row.id,
    key: row.key,
    status: row.status as IncidentStatus,
    revision: row.revision,
    record: recordOf(row.record),
    publishedRevision: row.published_revision,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    publishedAt: row.published_at,
    withdrawal: at === null || notice === null ? null : { at, notice },
    editors: row.editors,
    corrections: row.corrections,
    proofs: row.proofs,
  };
}

const editorsSinceApproval = sql<string[]>`array(
  select edit.written_by
  from incident_revision as edit
  where edit.incident_id = incident.id and edit.kind = 'edit' and edit.revision > coalesce((
    select max(approval.revision)
    from incident_revision as approval
    where approval.incident_id = incident.id and approval.kind = 'transition'
      and approval.status = 'approved'
  ), 0)
  group by edit.written_by
  order by min(edit.revision)
)`;

const correctionsInOrder = sql<Schemas['Correction'][]>`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', correction.number, 'at', instant_text(correction.at), 'reason', correction.reason
  ) order by correction.number), '[]')
  from incident_correction as correction
  where correction.incident_id = incident.id
)`;

const proofsByCheck = sql<Schemas['Incident']['proofs']>`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'check', regression_check.key, 'proof', coalesce(shown.proof, 'unproven')
  ) order by regression_check.key), '[]')
  from incident_check as link
    join regression_check on regression_check.id = link.check_id
    left join check_proof as shown
      on shown.incident_id = link.incident_id and shown.check_id = link.check_id and shown.known_until is null
  where link.incident_id = incident.id and link.known_until is null
)`;

/**
 * The same, kept from others until the transaction ends. Locked by a statement of its own: one that had to wait would
 * see the row as it is now, and its revisions as they were before.
 */
export async function lockIncident(db: Change, key: string): Promise<StoredIncident | null> {
  await db.selectFrom('incident').select('id').where('key', '=', key).forUpdate().execute();
  return findIncident(db, key);
}

/** The record that customers read; null where it was never published. */
export async function publishedRecord(
  db: Kysely<Database>,
  { id, publishedRevision }: StoredIncident,
): Promise<IncidentRecord | null> {
  if (publishedRevision === null) return null;
  const { record } = await db
    .selectFrom('incident_revision')
    .select('record')
    .where('incident_id', '=', id)
    .where('revision', '=', publishedRevision)
    .executeTakeFirstOrThrow();
  return recordOf(record);
}

/** With its fields in the contract's order, which jsonb does not keep. */
export function recordOf(stored: unknown): IncidentRecord {
  return completeRecord(stored as IncidentInput);
}

/** What a caller may speak of. */
export interface Known {
  /** Keys of the products that the caller is bound to; null for all. */
  products: readonly string[] | null;
  /** What the caller has read of already, and may name again. */
  read: References;
}

/** What exists of the things referred to, as far as the caller may know of it. */
export async function findReferents(
  db: Kysely<Database>,
  { products, checks, drivers }: References,
  known: Known,
): Promise<Referents> {
  const foundProducts = await db
    .selectFrom('product')
    .select(['key', 'body'])
    .where('key', '=', sql<string>`any(${products})`)
    .$if(known.products !== null, (query) =>
      query.where(
        sql<boolean>`key = any(${known.products}::text[] || ${known.read.products}::text[])`,
      ),
    )
    .execute();
  const foundChecks = await db
    .selectFrom('regression_check as checked')
    .innerJoin('regression_check_revision as revision', (join) =>
      join
        .onRef('revision.owner_id', '=', 'checked.id')
        .onRef('revision.revision', '=', 'checked.revision'),
    )
    .select('checked.key')
    .where('checked.key', '=', sql<string>`any(${checks})`)
    .$if(known.products !== null, (query) =>
      // A check that names no products is for all of them.
      query.where(
        sql<boolean>`(revision.products is null or revision.products && ${known.products}::text[]
          or checked.key = any(${known.read.checks}::text[]))`,
      ),
    )
    .execute();
  const foundDrivers = await db
    .selectFrom('driver')
    .select(['key', 'body'])
    .where('key', '=', sql<string>`any(${drivers})`)
    .execute();
  return {
    products: new Map(
      foundProducts.map(({ key, body }) => [
        key,
        body as { versionScheme: Scheme; platforms: string[] },
      ]),
    ),
    checks: new Set(foundChecks.map(({ key }) => key)),
    drivers: new Map(foundDrivers.map(({ key, body }) => [key, body as { versionScheme: Scheme }])),
  };
}
