/** From a published incident to its report: the only way out. Pure. */
import type { components } from '../contract/types.gen.ts';
import type { IncidentRecord } from '../incidents/record.ts';
import { absolute, links } from '../web/links.ts';
import { type PublicParts, publicParts } from './public-parts.ts';

type Schemas = components['schemas'];

export type Report = Schemas['Report'];
export type ReportSummary = Schemas['ReportSummary'];

/** A published incident with what a list shows of the things that it names. */
export interface PublishedIncident {
  key: string;
  /** The record of the published revision, not of a later draft. */
  record: IncidentRecord;
  publishedAt: string;
  /** When the public face last changed. */
  updatedAt: string;
  /** Null unless it was withdrawn. */
  withdrawal: { at: string; notice: string } | null;
  /** Names of the products that the record names, by key. */
  productNames: Readonly<Record<string, string>>;
}

/** A driver as it stands now; the lists of its identity that it lacks are empty or absent. */
export interface NamedDriver {
  name: string;
  vendor: string;
  identity: Schemas['DriverIdentity'];
}

/** The same with everything that a report shows. */
export interface PublishedDetail extends PublishedIncident {
  corrections: readonly Schemas['Correction'][];
  /** By key, every driver that the record names. */
  drivers: Readonly<Record<string, NamedDriver>>;
  /** By key, the checks among those that the record names that count now. */
  checksInForce: Readonly<
    Record<string, Pick<Schemas['ReportGuard'], 'title' | 'purpose' | 'enforcement' | 'proof'>>
  >;
  /** When time alone changes which those are; null: never. */
  standsUntil: string | null;
  /** Those that everybody may know of, in the order of a report. */
  holds: readonly Schemas['ReportHold'][];
}

/** `publicUrl` is where the public finds this instance. */
export function reportOf(incident: PublishedDetail, publicUrl: string): Report {
  const parts = publicParts(incident.record);
  return {
    ...headOf(incident, parts, publicUrl),
    withdrawal: incident.withdrawal && {
      at: incident.withdrawal.at,
      notice: incident.withdrawal.notice,
    },
    corrections: incident.corrections.map(({ number, at, reason }) => ({ number, at, reason })),
    whatToDo: parts.whatToDo,
    nextUpdateAt: parts.nextUpdateAt,
    affected: parts.affected.map((affected) => ({
      ...affected,
      product: productOf(incident, affected.product),
    })),
    affectedUnknown: parts.affectedUnknown,
    trigger: parts.trigger,
    detection: parts.detection,
    impact: parts.impact,
    durations: parts.durations,
    timeline: parts.timeline,
    causes: parts.causes,
    drivers: parts.drivers.map((involved) => {
      const { name, vendor, identity } = named(incident.drivers, involved.driver);
      return { ...involved, name, vendor, foundAs: namesOnAMachine(identity) };
    }),
    unnamed: parts.unnamed,
    actions: parts.actions,
    // A check that was retired, or does not count yet, guards against nothing now.
    guardedBy: parts.guardedBy
      .filter(({ check }) => Object.hasOwn(incident.checksInForce, check))
      .map(({ check, why }) => {
        const { title, purpose, enforcement, proof } = named(incident.checksInForce, check);
        return { check, title, purpose, why, enforcement, proof };
      }),
    holds: incident.holds.map(reportHold),
    claims: parts.claims,
    sources: parts.sources,
    externalIds: parts.externalIds,
  };
}

/** What a person can look for. Hashes, signers and hardware are for `/affected`. */
function namesOnAMachine({
  fileNames = [],
  serviceNames = [],
  originalInfs = [],
  moduleNames = [],
  bundleIds = [],
}: NamedDriver['identity']): Schemas['ReportDriverNames'] {
  return { fileNames, serviceNames, originalInfs, moduleNames, bundleIds };
}

function reportHold(of: Schemas['ReportHold']): Schemas['ReportHold'] {
  const { hold, state, product, versions, title, activatedAt, releasedAt, releaseWhen } = of;
  return {
    hold,
    state,
    product: { key: product.key, name: product.name },
    versions,
    title,
    activatedAt,
    releasedAt,
    releaseWhen,
  };
}

export function summaryOf(incident: PublishedIncident, publicUrl: string): ReportSummary {
  const parts = publicParts(incident.record);
  const products = [...new Set(parts.affected.map(({ product }) => product))];
  return {
    ...headOf(incident, parts, publicUrl),
    products: products.map((product) => productOf(incident, product)),
  };
}

function headOf(incident: PublishedIncident, parts: PublicParts, publicUrl: string) {
  const { title, occurrence, stage, severity, reach, effects, summary } = parts;
  return {
    key: incident.key,
    url: absolute({ publicUrl }, links.report(incident.key)),
    title,
    status: incident.withdrawal ? ('withdrawn' as const) : ('published' as const),
    occurrence,
    stage,
    severity,
    reach,
    effects,
    summary,
    publishedAt: incident.publishedAt,
    updatedAt: incident.updatedAt,
  };
}

function productOf({ productNames }: PublishedIncident, key: string): Schemas['ReportProduct'] {
  return { key, name: named(productNames, key) };
}

/** Records name only things that exist, and nothing that exists is ever deleted. */
function named<Value>(things: Readonly<Record<string, Value>>, key: string): Value {
  const thing = Object.hasOwn(things, key) ? things[key] : undefined;
  if (thing === undefined) throw new Error(`Nothing is known of '${key}'.`);
  return thing;
}
