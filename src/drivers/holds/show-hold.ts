/** A hold in the contract's words, as far as a caller may know it. Pure. */
import type { Caller } from '../../contract/caller.ts';
import { etagOfText } from '../../contract/if-match.ts';
import { mayReachProduct, readsUnpublished } from '../../contract/product-scope.ts';
import type { components } from '../../contract/types.gen.ts';
import { absolute, links } from '../../web/links.ts';
import {
  type HoldMatch,
  type HoldTerm,
  type InvolvedDriver,
  type StoredHold,
  visibilityOf,
} from './hold.ts';

type Schemas = components['schemas'];
export type Hold = Schemas['Hold'];

/**
 * `whole` with its history; `public` what everybody may read; `outline` what the gate tells of a hold of an incident that
 * the reader may not read.
 */
export type Insight = 'whole' | 'public' | 'outline';

/** Of a hold that the caller may know of. */
export function insightOf(
  caller: Caller,
  { product, isPublic }: Pick<StoredHold, 'product' | 'isPublic'>,
): Insight {
  if (readsUnpublished(caller) && mayReachProduct(caller, product)) return 'whole';
  return isPublic ? 'public' : 'outline';
}

export function showHold(hold: StoredHold, insight: Insight, publicUrl: string): Hold {
  const { id, state, revision, product, incident, body, activatedAt, releasedAt } = hold;
  const outline = {
    id: String(id),
    state,
    revision,
    product,
    versions: body.versions,
    incident,
    severity: hold.severity,
    reportUrl: reportUrlOf(hold, publicUrl),
    title: null,
    visibility: body.visibility,
    match: null,
    releaseWhen: null,
    createdAt: hold.createdAt,
    // Overrides move a hold, and only who reads all of it is told of them.
    updatedAt: hold.history.at(-1)?.at ?? hold.createdAt,
    activatedAt,
    releasedAt,
    incidentChanged: null,
    history: [],
    overrides: [],
  };
  const { title, match, releaseWhen } = body;
  switch (insight) {
    case 'outline':
      return outline;
    case 'public':
      return {
        ...outline,
        title,
        severity: hold.publicSeverity ?? hold.severity,
        match: showMatch(match, hold.publicDrivers, 'public'),
        releaseWhen: {
          inWords: releaseWhen.inWords,
          checks: releaseWhen.checks.filter((check) => hold.publicChecks.includes(check)),
        },
      };
    case 'whole':
      return {
        ...outline,
        title,
        match: showMatch(match, hold.drivers, 'whole'),
        releaseWhen,
        updatedAt: hold.updatedAt,
        incidentChanged: hold.incidentChanged,
        history: hold.history,
        overrides: hold.overrides,
      };
  }
}

/** The 200 for one hold, with an ETag that moves with everything that is shown of it. */
export function holdAnswer(hold: Hold) {
  return { status: 200 as const, headers: { ETag: etagOf(hold) }, body: hold };
}

export function etagOf(body: object): string {
  return etagOfText(JSON.stringify(body));
}

export function holdAddress(id: number | string): string {
  return `/v1/holds/${id}`;
}

export function reportUrlOf(
  { incident, publicSeverity }: Pick<StoredHold, 'incident' | 'publicSeverity'>,
  publicUrl: string,
): string | null {
  return publicSeverity === null ? null : absolute({ publicUrl }, links.report(incident));
}

function showMatch(
  { allOf, anyOf, noneOf }: HoldMatch,
  involved: readonly InvolvedDriver[],
  insight: 'whole' | 'public',
): Schemas['HoldMatchShown'] {
  const show = (terms: readonly HoldTerm[]) =>
    terms.map((term) => showTerm(term, involved, insight));
  return { allOf: show(allOf), anyOf: show(anyOf), noneOf: show(noneOf) };
}

function showTerm(
  { driver, versions, versionOf, conditions }: HoldTerm,
  involved: readonly InvolvedDriver[],
  insight: 'whole' | 'public',
): Schemas['HoldTermShown'] {
  if (driver === null) {
    return { driver, versions: null, versionOf: null, conditions, onMatch: false };
  }
  const onMatch = visibilityOf({ driver, versions, versionOf }, involved) === 'on_match';
  return onMatch && insight === 'public'
    ? { driver: null, versions: null, versionOf: null, conditions, onMatch }
    : { driver, versions, versionOf, conditions, onMatch };
}
