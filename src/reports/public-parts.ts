/** What of a record is public. Pure: no field leaves that is not named here. */
import type { components } from '../contract/types.gen.ts';
import { durationsOf } from '../incidents/durations.ts';
import { standsIn } from '../incidents/pointer.ts';
import type { IncidentRecord, TimelineEntry } from '../incidents/record.ts';
import { follow, keep, type Places } from './claim-pointers.ts';

type Schemas = components['schemas'];
type Report = Schemas['Report'];

/** The parts of a report that the record alone decides; products, drivers and checks by their keys. */
export interface PublicParts
  extends Pick<
    Report,
    | 'title'
    | 'occurrence'
    | 'stage'
    | 'severity'
    | 'reach'
    | 'summary'
    | 'whatToDo'
    | 'nextUpdateAt'
    | 'affectedUnknown'
    | 'effects'
    | 'trigger'
    | 'detection'
    | 'impact'
    | 'durations'
    | 'timeline'
    | 'causes'
    | 'unnamed'
    | 'actions'
    | 'claims'
    | 'sources'
    | 'externalIds'
  > {
  affected: (Omit<Schemas['ReportAffected'], 'product'> & { product: string })[];
  drivers: Omit<Schemas['ReportDriver'], 'name' | 'vendor' | 'foundAs'>[];
  guardedBy: Pick<Schemas['ReportGuard'], 'check' | 'why'>[];
}

/** Two records whose public parts are equal look the same to everyone outside. */
export function publicParts(record: IncidentRecord): PublicParts {
  const timeline = keep(record.timeline, isPublic);
  const causes = keep(record.causes, isPublic);
  // `on_match` is confirmed to who has the driver, and named to nobody.
  const drivers = keep(record.drivers, isPublic);
  const actions = keep(record.actions, isPublic);
  // Tickets are addresses within the house.
  const externalIds = keep(record.externalIds, ({ scheme }) => scheme !== 'ticket');

  const nameable = new Set(
    record.sources.filter(({ publisher }) => publisher !== 'internal').map(({ id }) => id),
  );
  const cited = (source: string | null) =>
    source !== null && nameable.has(source) ? source : null;

  const facts = {
    title: record.title,
    occurrence: record.occurrence,
    stage: record.stage,
    severity: record.severity,
    reach: record.reach,
    summary: record.summary,
    whatToDo: record.whatToDo,
    nextUpdateAt: record.nextUpdateAt,
    affected: record.affected.map(publicAffected),
    affectedUnknown: record.affectedUnknown,
    effects: record.effects,
    trigger: record.trigger,
    detection: { method: record.detection.method, note: record.detection.note },
    impact: {
      measures: record.impact.measures.map(({ unit, min, max, of, basis, source }) => {
        return { unit, min, max, of, basis, source: cited(source) };
      }),
      manualRecovery: record.impact.manualRecovery,
    },
    timeline: timeline.kept.map((entry) => publicEntry(entry, cited(entry.source))),
    causes: causes.kept.map(publicCause),
    drivers: drivers.kept.map((involved) => publicDriver(involved, cited)),
    unnamed: (['on_match', 'internal'] as const).filter((kept) =>
      record.drivers.some(({ visibility }) => visibility === kept),
    ),
    actions: actions.kept.map(publicAction),
    externalIds: externalIds.kept.map(({ scheme, id, url }) => ({ scheme, id, url })),
  };
  const claims = publicClaims(record, facts, nameable, {
    timeline: timeline.places,
    causes: causes.places,
    drivers: drivers.places,
    actions: actions.places,
    externalIds: externalIds.places,
  });
  return {
    ...facts,
    durations: durationsOf(timeline.kept),
    guardedBy: record.checks.filter(isPublic).map(({ check, why }) => ({ check, why })),
    claims,
    sources: citedSources(record, [
      ...facts.timeline,
      ...facts.impact.measures,
      ...facts.drivers.flatMap(({ foundUnaffected }) => foundUnaffected),
      ...claims,
    ]),
  };
}

function isPublic({ visibility }: { visibility: string }): boolean {
  return visibility === 'public';
}

function publicAffected(affected: IncidentRecord['affected'][number]) {
  const { product, versions, noVersionsBecause, fixedIn, conditions } = affected;
  return { product, versions, noVersionsBecause, fixedIn, conditions };
}

function publicEntry(
  { at, precision, approximate, type, text }: TimelineEntry,
  source: string | null,
) {
  return { at, precision, approximate, type, text, source };
}

function publicCause(cause: IncidentRecord['causes'][number]) {
  return {
    class: cause.class,
    confidence: cause.confidence,
    statement: cause.statement,
    escape: cause.escape,
    escapedPhase: cause.escapedPhase,
  };
}

function publicDriver(
  involved: IncidentRecord['drivers'][number],
  cited: (source: string | null) => string | null,
) {
  const { driver, versions, versionOf, role, effect, resolution } = involved;
  const foundUnaffected = involved.foundUnaffected.map(({ source, ...tried }) => {
    const { versions, beside, statement } = tried;
    return { versions, beside, statement, source: cited(source) };
  });
  return { driver, versions, versionOf, role, effect, resolution, foundUnaffected };
}

function publicAction({
  kind,
  title,
  status,
  criterion,
  document,
}: IncidentRecord['actions'][number]) {
  return {
    kind,
    title,
    status,
    criterion,
    document: document && { title: document.title, inForceSince: document.inForceSince },
  };
}

/**
 * A claim is public when it says so, its source may be named, and the fact that it is about is public too. Links to
 * checks, sources and other claims are no facts of the incident: nothing said about them is shown.
 */
function publicClaims(
  { claims }: IncidentRecord,
  facts: object,
  nameable: ReadonlySet<string>,
  lists: Readonly<Record<string, Places>>,
): PublicParts['claims'] {
  return claims.filter(isPublic).flatMap(({ about, statement, source }) => {
    const place = follow(about, lists);
    if (place === null || !standsIn(facts, place) || !nameable.has(source)) return [];
    return [{ about: place, statement, source }];
  });
}

/** In the record's order. */
function citedSources(
  { sources }: IncidentRecord,
  citing: readonly { source: string | null }[],
): PublicParts['sources'] {
  const cited = new Set(citing.map(({ source }) => source));
  return sources
    .filter(({ id }) => cited.has(id))
    .map(({ id, url, title, publisher }) => ({ id, url, title, publisher }));
}
