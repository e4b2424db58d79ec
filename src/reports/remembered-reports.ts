/** Reports as they are sent, for as long as nothing that they show has changed. */
import { LRUCache } from 'lru-cache';
import { WrittenJson } from '../contract/answer.ts';
import { etagOfText } from '../contract/if-match.ts';
import { type CatalogueTime, catalogueClock } from '../db/catalogue-clock.ts';
import type { Service } from '../db/service.ts';
import { type Report, reportOf } from './projection.ts';
import { findPublished } from './store.ts';

export interface KnownReport {
  report: Report;
  /** Names of the products that the record names, by key. */
  productNames: Readonly<Record<string, string>>;
  json: WrittenJson<Report>;
  /** Moves with everything that the report shows, also with what is not the incident's own, such as a product's name. */
  etag: string;
}

interface Remembered {
  known: KnownReport;
  changedAt: CatalogueTime['changedAt'];
  /** When time alone changes what it shows; null: never. */
  standsUntil: string | null;
}

const rememberedMax = 500;

/**
 * Null where there is no report of that key. While the database says, in one small query, that the catalogue has not
 * changed, a report is the very object that was read before.
 */
export function reportReader({
  db,
  publicUrl,
}: Pick<Service, 'db' | 'publicUrl'>): (key: string) => Promise<KnownReport | null> {
  const remembered = new LRUCache<string, Remembered>({ max: rememberedMax });
  const askTime = catalogueClock(db);

  return async (key) => {
    // Before the report is read: what changes in between is then read once more.
    const time = await askTime();
    const found = remembered.get(key);
    if (found && stands(found, time)) return found.known;
    const published = await findPublished(db, key);
    if (!published) return null;
    const report = reportOf(published, publicUrl);
    const text = JSON.stringify(report);
    const known = {
      report,
      productNames: published.productNames,
      json: new WrittenJson<Report>(text),
      etag: etagOfText(text),
    };
    const { standsUntil } = published;
    remembered.set(key, { known, changedAt: time.changedAt, standsUntil });
    return known;
  };
}

/** To the millisecond, and where that is too coarse, rather not. */
function stands({ changedAt, standsUntil }: Remembered, time: CatalogueTime): boolean {
  if (changedAt !== time.changedAt) return false;
  return standsUntil === null || Date.parse(time.now) < Date.parse(standsUntil);
}
