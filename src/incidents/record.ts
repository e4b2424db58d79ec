/** The record of an incident as it is stored: whole, so that revisions differ only where somebody changed something. */
import { isInstant } from '../contract/instant.ts';
import type { components } from '../contract/types.gen.ts';
import { utcInstant } from '../contract/utc-instant.ts';

type Schemas = components['schemas'];

/** What is logged, or what a merge patch comes to. */
export type IncidentInput = Schemas['IncidentInput'];

export type IncidentStatus = Schemas['IncidentStatus'];
export type Affected = Required<Schemas['Affected']>;
export type Conditions = Schemas['Conditions'];
export type ImpactMeasure = Required<Schemas['ImpactMeasure']>;
export type TimelineEntry = Required<Schemas['TimelineEntry']>;
export type Cause = Required<Schemas['Cause']>;
export type InvolvedDriver = Omit<Required<Schemas['InvolvedDriver']>, 'foundUnaffected'> & {
  foundUnaffected: UnaffectedEvidence[];
};
export type UnaffectedEvidence = Required<Schemas['UnaffectedEvidence']>;
export type Action = Required<Schemas['Action']>;
export type CheckLink = Required<Schemas['CheckLink']>;
export type Source = Schemas['Source'];
export type Claim = Required<Schemas['Claim']>;
export type ExternalId = Required<Schemas['ExternalId']>;

/** Every field of the contract's `IncidentRecord`, and every field of its parts; `Conditions` alone say what they say. */
export interface IncidentRecord extends Required<Schemas['IncidentRecord']> {
  affected: Affected[];
  detection: Required<Schemas['Detection']>;
  impact: { measures: ImpactMeasure[]; manualRecovery: Schemas['Impact']['manualRecovery'] };
  timeline: TimelineEntry[];
  causes: Cause[];
  drivers: InvolvedDriver[];
  actions: Action[];
  checks: CheckLink[];
  claims: Claim[];
  externalIds: ExternalId[];
}

/** Fills in what was left out, and writes instants in UTC. The key is not part of the record. */
export function completeRecord(input: IncidentInput): IncidentRecord {
  return {
    title: input.title,
    occurrence: input.occurrence ?? 'faulty_release',
    stage: input.stage ?? 'preliminary',
    severity: input.severity,
    reach: input.reach ?? 'unknown',
    affected: (input.affected ?? []).map(completeAffected),
    affectedUnknown: input.affectedUnknown ?? false,
    effects: input.effects ?? [],
    trigger: input.trigger ?? 'unknown',
    detection: {
      method: input.detection?.method ?? 'unknown',
      note: input.detection?.note ?? null,
    },
    impact: {
      measures: (input.impact?.measures ?? []).map(completeMeasure),
      manualRecovery: input.impact?.manualRecovery ?? 'unknown',
    },
    summary: input.summary ?? '',
    whatToDo: input.whatToDo ?? '',
    internalNotes: input.internalNotes ?? '',
    nextUpdateAt: input.nextUpdateAt ? utcInstant(input.nextUpdateAt) : null,
    timeline: (input.timeline ?? []).map(completeEntry),
    causes: (input.causes ?? []).map(completeCause),
    drivers: (input.drivers ?? []).map(completeDriver),
    actions: (input.actions ?? []).map(completeAction),
    checks: (input.checks ?? []).map(completeCheckLink),
    sources: input.sources ?? [],
    claims: (input.claims ?? []).map(completeClaim),
    externalIds: (input.externalIds ?? []).map(completeExternalId),
  };
}

function completeAffected(affected: Schemas['Affected']): Affected {
  return {
    product: affected.product,
    versions: affected.versions,
    noVersionsBecause: affected.noVersionsBecause ?? null,
    fixedIn: affected.fixedIn ?? [],
    conditions: affected.conditions ? completeConditions(affected.conditions) : null,
  };
}

/** With its instants in UTC. */
export function completeConditions(conditions: Conditions): Conditions {
  const { onlineBetween, ...others } = conditions;
  if (!onlineBetween) return others;
  const { from, until } = onlineBetween;
  return { ...others, onlineBetween: { from: utcInstant(from), until: utcInstant(until) } };
}

function completeMeasure(measure: Schemas['ImpactMeasure']): ImpactMeasure {
  const { unit, min, max, of = null, basis, source = null } = measure;
  return { unit, min, max, of, basis, source };
}

function completeEntry(entry: Schemas['TimelineEntry']): TimelineEntry {
  return {
    // A day or a month stays as it is, and so does what is no time at all: `timeFault` says so.
    at: isInstant(entry.at) ? utcInstant(entry.at) : entry.at,
    precision: entry.precision,
    approximate: entry.approximate ?? false,
    type: entry.type,
    text: entry.text,
    visibility: entry.visibility ?? 'internal',
    source: entry.source ?? null,
  };
}

function completeCause(cause: Schemas['Cause']): Cause {
  return {
    id: cause.id,
    class: cause.class,
    confidence: cause.confidence,
    defect: cause.defect ?? null,
    qualifier: cause.qualifier ?? null,
    statement: cause.statement,
    escape: cause.escape ?? [],
    escapedPhase: cause.escapedPhase ?? 'unknown',
    noActionBecause: cause.noActionBecause ?? null,
    visibility: cause.visibility ?? 'internal',
  };
}

function completeDriver(driver: Schemas['InvolvedDriver']): InvolvedDriver {
  return {
    driver: driver.driver,
    versions: driver.versions,
    versionOf: driver.versionOf,
    role: driver.role,
    effect: driver.effect ?? null,
    resolution: driver.resolution ?? null,
    foundUnaffected: (driver.foundUnaffected ?? []).map(completeEvidence),
    visibility: driver.visibility ?? 'internal',
  };
}

function completeEvidence(evidence: Schemas['UnaffectedEvidence']): UnaffectedEvidence {
  const { versions, beside = null, statement, source = null } = evidence;
  return { versions, beside, statement, source };
}

function completeAction(action: Schemas['Action']): Action {
  const { document } = action;
  return {
    id: action.id,
    kind: action.kind,
    title: action.title,
    causes: action.causes ?? [],
    status: action.status,
    owner: action.owner,
    dueOn: action.dueOn ?? null,
    criterion: action.criterion ?? null,
    evidence: action.evidence ?? null,
    checks: action.checks ?? [],
    document: document ? { ...document, url: document.url ?? null } : null,
    visibility: action.visibility ?? 'internal',
  };
}

function completeCheckLink({ check, why, visibility = 'public' }: Schemas['CheckLink']): CheckLink {
  return { check, why, visibility };
}

function completeClaim(claim: Schemas['Claim']): Claim {
  const { about, statement, source, visibility = 'internal' } = claim;
  return { about, statement, source, visibility };
}

function completeExternalId({ scheme, id, url = null }: Schemas['ExternalId']): ExternalId {
  return { scheme, id, url };
}
