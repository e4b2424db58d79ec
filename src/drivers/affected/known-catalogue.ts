/** The catalogue that a machine is held against: what a caller may know, and nothing else. */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/rows.gen.ts';
import { type Catalogue, type CatalogueIndex, indexCatalogue } from '../matching/index.ts';
import { rememberedByView } from '../remembered.ts';
import {
  type IncidentRow,
  loadRecorded,
  loadStamp,
  type RecordedRows,
  type View,
} from './catalogue-store.ts';

export interface KnownCatalogue {
  catalogue: Catalogue;
  index: CatalogueIndex;
  /** Keys of the incidents that have a report. */
  published: ReadonlySet<string>;
}

/** Pure. Without a token nobody learns of a driver that no published incident names. */
export function catalogueOf({ incidents, drivers }: RecordedRows, view: View): Catalogue {
  const visible = incidents.map(visibleTo);
  const named = new Set(
    visible.flatMap((incident) => incident.drivers.map(({ driver }) => driver)),
  );
  const content = {
    drivers: view.kind === 'anyone' ? drivers.filter(({ key }) => named.has(key)) : drivers,
    incidents: visible,
  };
  return { ...content, revision: digestOf(content) };
}

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
  };
}

function digestOf(content: object): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `sha256:${hash}`;
}

/** Reads the catalogue, which is indexed anew only when an incident or a driver changed. */
export function catalogueReader(db: Kysely<Database>): (view: View) => Promise<KnownCatalogue> {
  return rememberedByView(
    () => loadStamp(db),
    async (view: View) => indexed(await loadRecorded(db, view), view),
  );
}

function indexed(rows: RecordedRows, view: View): KnownCatalogue {
  const published = rows.incidents.filter((incident) => incident.published);
  const catalogue = catalogueOf(rows, view);
  return {
    catalogue,
    index: indexCatalogue(catalogue),
    published: new Set(published.map(({ key }) => key)),
  };
}
