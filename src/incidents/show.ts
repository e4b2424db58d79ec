/** Stored incidents in the contract's words. Pure. */
import { etag } from '../contract/if-match.ts';
import type { components } from '../contract/types.gen.ts';
import { changeIntoBeing, changesBetween } from '../documents/changes.ts';
import { durationsOf } from './durations.ts';
import type { ActionRow, IncidentRow, RevisionRow } from './lists.ts';
import type { StoredIncident } from './store.ts';
import { warningsOf } from './warnings.ts';

type Schemas = components['schemas'];

export function showIncident(incident: StoredIncident): Schemas['Incident'] {
  const { key, status, revision, publishedRevision, record } = incident;
  const { createdAt, createdBy, updatedAt, updatedBy, publishedAt } = incident;
  const { withdrawal, editors, corrections, proofs } = incident;
  return {
    key,
    status,
    revision,
    publishedRevision,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    publishedAt,
    withdrawal,
    editors,
    corrections,
    ...record,
    durations: durationsOf(record.timeline),
    proofs,
    warnings: status === 'withdrawn' ? [] : warningsOf(record),
  };
}

/** The 200 for one incident, with its revision as ETag. */
export function incidentAnswer(incident: StoredIncident) {
  return {
    status: 200 as const,
    headers: { ETag: etag(incident.revision) },
    body: showIncident(incident),
  };
}

export function incidentAddress({ key }: { key: string }): string {
  return `/v1/incidents/${key}`;
}

export function showSummary({ id: _, products, ...row }: IncidentRow): Schemas['IncidentSummary'] {
  return { ...row, products: [...new Set(products)] };
}

/** `before` is the revision before this one; null for the first. */
export function showRevision(
  { record, ...row }: RevisionRow,
  before: RevisionRow | null,
): Schemas['IncidentRevision'] {
  const changes = before ? changesBetween(before.record, record) : changeIntoBeing(record);
  return { ...row, changes };
}

export function showAction({
  incident,
  incidentTitle,
  severity,
  action,
}: ActionRow): Schemas['IncidentAction'] {
  return { key: `${incident}/${action.id}`, incident, incidentTitle, severity, action };
}
