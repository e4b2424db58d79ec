/** A hold as it is stored, and as one has to be to be stored. Pure. */
import type { components } from '../../contract/types.gen.ts';
import { type Conditions, completeConditions } from '../../incidents/record.ts';
import type { Scheme } from '../../versions/index.ts';

type Schemas = components['schemas'];

export type HoldState = Schemas['HoldState'];
export type HoldInput = Schemas['HoldFacts'];
export type HoldChange = Schemas['HoldChange'];
export type HoldOverride = Schemas['HoldOverride'];
export type HoldCheckStanding = Schemas['HoldCheckStanding'];

/** Whole: every field there, so that equal holds are written equally. */
export interface HoldBody {
  title: string;
  versions: string;
  visibility: 'public' | 'internal';
  match: HoldMatch;
  releaseWhen: { inWords: string; checks: string[] };
}

export interface HoldMatch {
  allOf: HoldTerm[];
  anyOf: HoldTerm[];
  noneOf: HoldTerm[];
}

/** At least one of `driver` and `conditions` is said; with both, both must hold. */
export interface HoldTerm {
  /** The key of a recorded driver. */
  driver: string | null;
  /** Null: every one. */
  versions: string | null;
  versionOf: 'file' | 'product' | 'package';
  conditions: Conditions | null;
}

/** A driver's part in an incident, as far as it decides who may learn of the driver. */
export interface InvolvedDriver {
  driver: string;
  versions: string | null;
  versionOf: HoldTerm['versionOf'];
  visibility: 'public' | 'internal' | 'on_match';
}

/** A hold with what is shown of it, and who may know it. */
export interface StoredHold {
  id: number;
  productId: number;
  product: string;
  versionScheme: Scheme;
  /** Of the product, in their order. */
  rings: string[];
  incidentId: number;
  incident: string;
  /** The graver one while a published record is changed, and the one that everybody reads; null where nobody does. */
  severity: Schemas['Severity'];
  publicSeverity: Schemas['Severity'] | null;
  /** What the incident says of drivers: its record, and the one that everybody reads. */
  drivers: InvolvedDriver[];
  publicDrivers: InvolvedDriver[];
  /** Keys of the checks that the published record names to everybody. */
  publicChecks: string[];
  /** Whether its incident was withdrawn. It then holds nothing, however it stands. */
  withdrawn: boolean;
  /** Whether everybody may know of it. */
  isPublic: boolean;
  state: HoldState;
  revision: number;
  body: HoldBody;
  createdAt: string;
  updatedAt: string;
  activatedAt: string | null;
  releasedAt: string | null;
  /** Whether the incident says something else of what it harms than when somebody last said what the hold says. */
  incidentChanged: boolean;
  history: HoldChange[];
  overrides: HoldOverride[];
}

export function completeHold(input: HoldInput): HoldBody {
  const { title, versions, visibility = 'internal', match, releaseWhen } = input;
  const { allOf = [], anyOf = [], noneOf = [] } = match;
  return {
    title,
    versions,
    visibility,
    match: {
      allOf: allOf.map(completeTerm),
      anyOf: anyOf.map(completeTerm),
      noneOf: noneOf.map(completeTerm),
    },
    releaseWhen: { inWords: releaseWhen.inWords, checks: releaseWhen.checks ?? [] },
  };
}

function completeTerm(term: Schemas['HoldTerm']): HoldTerm {
  const { driver = null, versions = null, versionOf = 'file', conditions } = term;
  return {
    driver,
    versions,
    versionOf,
    conditions: conditions ? completeConditions(conditions) : null,
  };
}

/** Every term, with the list that it stands in. */
export function termsOf({
  allOf,
  anyOf,
  noneOf,
}: HoldMatch): { list: keyof HoldMatch; index: number; term: HoldTerm }[] {
  const listed = (list: keyof HoldMatch, terms: readonly HoldTerm[]) =>
    terms.map((term, index) => ({ list, index, term }));
  return [...listed('allOf', allOf), ...listed('anyOf', anyOf), ...listed('noneOf', noneOf)];
}

/**
 * Who may learn of a driver in these versions, by what an incident says of just those: openly where it says so once, and
 * nobody where it is silent. It may name other versions of the driver to somebody else.
 */
export function visibilityOf(
  { driver, versions, versionOf }: Pick<HoldTerm, 'driver' | 'versions' | 'versionOf'>,
  involved: readonly InvolvedDriver[],
): InvolvedDriver['visibility'] {
  const said = involved
    .filter((one) => one.driver === driver)
    .filter((one) => one.versions === versions && one.versionOf === versionOf)
    .map(({ visibility }) => visibility);
  if (said.includes('public')) return 'public';
  return said.includes('on_match') ? 'on_match' : 'internal';
}
