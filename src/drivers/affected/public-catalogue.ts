/** The catalogue as everyone may have it, so that machines are evaluated where they are; and the way back. Pure. */
import type { components } from '../../contract/types.gen.ts';
import {
  type Catalogue,
  type DriverIdentity,
  indexCatalogue,
  type UnaffectedEvidence,
} from '../matching/index.ts';
import type { KnownCatalogue } from './known-catalogue.ts';

export type PublicCatalogue = components['schemas']['AffectedCatalogue'];

/** What this code writes and reads. */
export const catalogueFormat = 1;

/**
 * Of the catalogue that everyone is answered from. Each field is named here, so that nothing else can leave. A driver
 * that is told on a match alone stays behind with its hashes: whoever had those in any form could try every file that
 * they know, unseen.
 */
export function publicCatalogueOf(known: Catalogue, publicUrl: string): PublicCatalogue {
  const incidents = known.incidents.map(
    ({ key, title, whatToDo, affected, drivers, unnamed = [] }) => ({
      key,
      title,
      whatToDo,
      affected: affected.map(({ product, versions, conditions }) => ({
        product,
        versions,
        conditions,
      })),
      drivers: drivers
        .filter(({ visibility }) => visibility === 'public')
        .map(({ driver, versions, versionOf, foundUnaffected = [] }) => ({
          driver,
          versions,
          versionOf,
          foundUnaffected: foundUnaffected.map(evidenceOf),
        })),
      unnamed: [
        ...unnamed,
        ...(drivers.some(({ visibility }) => visibility === 'on_match') ? onMatch : []),
      ],
    }),
  );
  const named = new Set(incidents.flatMap(({ drivers }) => drivers.map(({ driver }) => driver)));
  const drivers = known.drivers
    .filter(({ key }) => named.has(key))
    .map(({ key, name, vendor, platform, identity }) => {
      return { key, name, vendor, platform, identity: saidOf(identity) };
    });
  return { format: catalogueFormat, revision: known.revision, publicUrl, incidents, drivers };
}

/** Answers as the service does, but for drivers that were left out. Throws where a driver is not there. */
export function knownFrom({ revision, incidents, drivers }: PublicCatalogue): KnownCatalogue {
  const catalogue: Catalogue = {
    revision,
    drivers,
    incidents: incidents.map((incident) => ({
      ...incident,
      drivers: incident.drivers.map((part) => ({ ...part, visibility: 'public' as const })),
    })),
  };
  return {
    catalogue,
    index: indexCatalogue(catalogue),
    published: new Set(incidents.map(({ key }) => key)),
  };
}

const onMatch = ['on_match'] as const;

function evidenceOf({ versions, beside, statement, source }: UnaffectedEvidence) {
  return {
    versions,
    beside: beside && { product: beside.product, versions: beside.versions },
    statement,
    source,
  };
}

function saidOf(identity: DriverIdentity): DriverIdentity {
  const said = Object.entries(identity).filter(([, list]) => list.length > 0);
  return Object.fromEntries(said);
}
