/** The catalogue that a machine is held against: what a caller may know, and nothing else. */
import { createHash } from 'node:crypto';
import { type Catalogue, type CatalogueIndex, indexCatalogue } from '../matching/index.ts';
import type { IncidentRow, RecordedRows, View } from './catalogue-store.ts';

export interface KnownCatalogue {
  catalogue: Catalogue;
  index: CatalogueIndex;
  /** Keys of the incidents that have a report. */
  published: ReadonlySet<string>;
}

/** Pure. Without a token nobody learns of a driver that no published incident names. */
export function catalogueOf(rows: RecordedRows, view: View): Catalogue {
  const incidents = rows.incidents.map(visibleTo);
  const named = new Set(
    incidents.flatMap((incident) => incident.drivers.map(({ driver }) => driver)),
  );
  const drivers = rows.drivers
    .filter(({ key }) => view.kind === 'token' || named.has(key))
    .map(({ changedAt: _, ...driver }) => driver);
  return { incidents, drivers, revision: revisionOf(rows, { incidents, drivers }) };
}

/**
 * Moves with everything that answers rest on. What is told on a match alone goes in by when it changed and not by what it
 * is: all the rest is known to everyone, and whoever could make the digest again would try every file that they know.
 */
function revisionOf(
  rows: RecordedRows,
  { incidents, drivers }: Omit<Catalogue, 'revision'>,
): string {
  const openly = incidents.map((incident, index) => ({
    ...incident,
    drivers: incident.drivers.filter((part) => rows.incidents[index]?.inside || isOpen(part)),
  }));
  const named = new Set(openly.flatMap((incident) => incident.drivers.map(({ driver }) => driver)));
  const told = new Set(
    incidents.flatMap((incident) => incident.drivers.map(({ driver }) => driver)),
  );
  const confidential = (key: string) => told.has(key) && !named.has(key);
  const content = {
    incidents: openly,
    drivers: drivers.filter(({ key }) => !confidential(key)),
    onMatch: [
      rows.incidents.map(({ drivers: parts, publishedRevision }) =>
        parts.every(isOpen) ? null : publishedRevision,
      ),
      rows.drivers.filter(({ key }) => confidential(key)).map(({ changedAt }) => changedAt),
    ],
  };
  return `sha256:${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`;
}

const isOpen = ({ visibility }: { visibility?: string | undefined }) => visibility !== 'on_match';

function visibleTo({ key, title, whatToDo, affected, drivers, sources, inside }: IncidentRow) {
  const nameable = sources.filter(({ publisher }) => inside || publisher !== 'internal');
  const titles = new Map(nameable.map(({ id, title: named }) => [id, named]));
  return {
    key,
    title,
    whatToDo,
    affected: affected.map(({ product, versions, conditions }) => {
      return { product, versions, conditions };
    }),
    drivers: drivers
      .filter(({ visibility }) => inside || visibility !== 'internal')
      .map(({ driver, versions, versionOf, visibility, foundUnaffected }) => ({
        driver,
        versions,
        versionOf,
        visibility,
        foundUnaffected: foundUnaffected.map(({ versions: tried, beside, statement, source }) => {
          return { versions: tried, beside, statement, source: titles.get(source ?? '') ?? null };
        }),
      })),
    unnamed:
      !inside && drivers.some(({ visibility }) => visibility === 'internal') ? internal : none,
  };
}

const [internal, none] = [['internal'], []] as const;

/** Pure. */
export function knownOf(rows: RecordedRows, view: View): KnownCatalogue {
  const published = rows.incidents.filter(({ publishedRevision }) => publishedRevision !== null);
  const catalogue = catalogueOf(rows, view);
  return {
    catalogue,
    index: indexCatalogue(catalogue),
    published: new Set(published.map(({ key }) => key)),
  };
}
