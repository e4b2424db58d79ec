/** Writes incidents: every change is a revision, and nothing is overwritten. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { nextCatalogueAt } from '../db/clock.ts';
import type { Change } from '../db/write.ts';
import { holdChecks } from '../releases/proof/proof-store.ts';
import { weighIncident } from '../releases/proof/revise-proof.ts';
import { bindingsOf } from './bindings.ts';
import { insertBindings, reviseBindings } from './bindings-store.ts';
import { incidentKey, yearOfFault } from './incident-key.ts';
import type { IncidentRecord, IncidentStatus } from './record.ts';
import { publishedRecord, type StoredIncident } from './store.ts';

/** What a revision means for customers. */
export type PublicEffect =
  /** They read what they read before, or nothing. */
  | { kind: 'none' }
  /** They read this revision, which looks the same to them. */
  | { kind: 'alike' }
  /** They read something new; with a reason where it corrects what they read before. */
  | { kind: 'changed'; correction: string | null }
  | { kind: 'withdrawn'; notice: string };

export interface Revision {
  /** An edit changes the record, a transition only its status. */
  kind: 'edit' | 'transition';
  status: IncidentStatus;
  record: IncidentRecord;
  note: string | null;
  writtenBy: string;
  effect: PublicEffect;
}

/** Stores a draft under this key; false where the key is taken, and nothing was stored then. */
export async function logIncident(
  db: Change,
  { key, record, writtenBy }: { key: string; record: IncidentRecord; writtenBy: string },
): Promise<boolean> {
  const bindings = bindingsOf(record, null);
  await holdChecks(db, { keys: bindings.links.map(({ check }) => check) });
  const at = await nextCatalogueAt(db);
  const row = await db
    .insertInto('incident')
    .values({
      key,
      status: 'draft',
      revision: 1,
      record: JSON.stringify(record),
      created_at: at,
      created_by: writtenBy,
      updated_at: at,
      updated_by: writtenBy,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  const first = { kind: 'edit', status: 'draft', record, note: null, writtenBy } as const;
  await insertRevision(db, { id: row.id, revision: 1, publishedRevision: null, at }, first);
  await insertBindings(db, row.id, at, bindings);
  await weighIncident(db, row.id, at);
  return true;
}

/** Stores a draft under the next key that is free, and answers it. */
export async function logNumberedIncident(
  db: Change,
  prefix: string,
  draft: { record: IncidentRecord; writtenBy: string },
): Promise<string> {
  const year = yearOfFault(draft.record.timeline) ?? (await currentYear(db));
  for (;;) {
    const key = incidentKey(prefix, year, await nextNumber(db, prefix, year));
    // Imported records may have taken some of the numbers.
    if (await logIncident(db, { key, ...draft })) return key;
  }
}

/** The incident is locked. */
export async function reviseIncident(
  db: Change,
  incident: StoredIncident,
  next: Revision,
): Promise<void> {
  const { id } = incident;
  const revision = incident.revision + 1;
  const isPublic = isReadByCustomers(next.effect);
  const publishedRevision = isPublic ? revision : incident.publishedRevision;
  const published = await publishedRecord(db, incident);
  const before = bindingsOf(incident.record, published);
  const after = bindingsOf(next.record, isPublic ? null : published);
  await holdChecks(db, { keys: [...before.links, ...after.links].map(({ check }) => check) });
  const at = await nextCatalogueAt(db);
  await db
    .updateTable('incident')
    .set({
      status: next.status,
      revision,
      record: JSON.stringify(next.record),
      updated_at: at,
      updated_by: next.writtenBy,
      published_revision: publishedRevision,
      ...datesOf(next.effect, incident, at),
    })
    .where('id', '=', id)
    .execute();
  await db
    .updateTable('incident_revision')
    .set({ known_until: at })
    .where('incident_id', '=', id)
    .where('known_until', 'is', null)
    .execute();
  await insertRevision(db, { id, revision, publishedRevision, at }, next);
  if (next.effect.kind === 'changed' && next.effect.correction !== null) {
    const number = incident.corrections.length + 1;
    await db
      .insertInto('incident_correction')
      .values({ incident_id: id, number, revision, at, reason: next.effect.correction })
      .execute();
  }
  await reviseBindings(db, id, at, { before, after });
  if (!isDeepStrictEqual(before, after)) await weighIncident(db, id, at);
}

function isReadByCustomers({ kind }: PublicEffect): boolean {
  return kind === 'alike' || kind === 'changed';
}

/** What changes with the public face. */
function datesOf(effect: PublicEffect, { publishedAt }: StoredIncident, at: string) {
  switch (effect.kind) {
    case 'none':
    case 'alike':
      return {};
    case 'changed':
      return { published_at: publishedAt ?? at, public_at: at };
    case 'withdrawn':
      return { withdrawn_at: at, withdrawal_notice: effect.notice, public_at: at };
  }
}

async function currentYear(db: Change): Promise<number> {
  const { rows } = await sql<{ year: number }>`
    select extract(year from clock_timestamp() at time zone 'UTC')::integer as year
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The clock gave no year.');
  return row.year;
}

async function nextNumber(db: Change, prefix: string, year: number): Promise<number> {
  const { last_number } = await db
    .insertInto('incident_number')
    .values({ prefix, year, last_number: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['prefix', 'year'])
        .doUpdateSet({ last_number: sql<number>`incident_number.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return last_number;
}

async function insertRevision(
  db: Change,
  place: { id: number; revision: number; publishedRevision: number | null; at: string },
  { kind, status, record, note, writtenBy }: Omit<Revision, 'effect'>,
): Promise<void> {
  await db
    .insertInto('incident_revision')
    .values({
      incident_id: place.id,
      revision: place.revision,
      kind,
      status,
      record: JSON.stringify(record),
      published_revision: place.publishedRevision,
      note,
      written_by: writtenBy,
      known_from: place.at,
    })
    .execute();
}
