/** The catalogue prepared once, so that a driver and a product each lead straight to what is recorded of them. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type {
  Catalogue,
  CatalogueDriver,
  CatalogueIncident,
  IncidentDriver,
  UnaffectedEvidence,
} from './catalogue.ts';
import { prepareConditions } from './conditions.ts';
import { hashedAs, type ToldBy, type ToldByReader, toldByReader } from './marks.ts';
import { addTo, findNamed, indexNames, type NameIndex } from './name-index.ts';
import { lowered } from './pattern.ts';
import { type RecordedRange, recordRange } from './range-place.ts';
import type { Concern, Involvement, RecordedDriver, RecordedIncident, Tried } from './recorded.ts';
import { vouchersOf } from './vouchers.ts';

export interface CatalogueIndex {
  readonly revision: string;
  /** Those that concern a product, by its key, in the order of their own keys. */
  readonly incidents: ReadonlyMap<string, readonly RecordedIncident[]>;
  readonly bySha256: ReadonlyMap<string, readonly RecordedDriver[]>;
  readonly byAuthentihash: ReadonlyMap<string, readonly RecordedDriver[]>;
  readonly byName: NameIndex<RecordedDriver>;
}

/** Throws where a driver is not there: what is recorded has been checked. */
export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const read = rangeReader();
  const confidential = confidentialDrivers(catalogue.incidents);
  const toldBy = toldByReader();
  const drivers = catalogue.drivers.map((driver) => ({
    identity: driver.identity,
    recorded: recordDriver(driver, confidential.has(driver.key), toldBy),
  }));
  const byDriverKey = new Map(drivers.map(({ recorded }) => [recorded.key, recorded]));

  const incidents = new Map<string, RecordedIncident[]>();
  for (const incident of [...catalogue.incidents].sort(byKey)) {
    const recorded = recordIncident(incident, byDriverKey, read);
    for (const product of recorded.concerns.keys()) addTo(incidents, product, recorded);
  }
  return {
    revision: catalogue.revision,
    incidents,
    bySha256: indexHashes(drivers.map((each) => [each.identity.sha256, each.recorded])),
    byAuthentihash: indexHashes(
      drivers.map((each) => [each.identity.authentihashSha256, each.recorded]),
    ),
    byName: indexNames(drivers),
  };
}

/** The drivers that are recorded under one of the item's hashes, and those under one of its names. */
export interface Candidates {
  readonly bySha256: readonly RecordedDriver[];
  readonly byAuthentihash: readonly RecordedDriver[];
  readonly byName: readonly RecordedDriver[];
}

export function findCandidates(index: CatalogueIndex, item: InventoryItem): Candidates {
  return {
    bySha256: recordedUnder(index.bySha256, item.sha256),
    byAuthentihash: recordedUnder(index.byAuthentihash, item.authentihashSha256),
    byName: findNamed(index.byName, item),
  };
}

const none: readonly RecordedDriver[] = [];

function recordedUnder(
  hashes: ReadonlyMap<string, readonly RecordedDriver[]>,
  hash: string | undefined,
): readonly RecordedDriver[] {
  return hash === undefined ? none : (hashes.get(lowered(hash)) ?? none);
}

/** The keys of those that some incident names on a match, and none openly. */
function confidentialDrivers(incidents: readonly CatalogueIncident[]): ReadonlySet<string> {
  const parts = incidents.flatMap(({ drivers }) => drivers);
  const confidential = new Set<string>();
  for (const { driver, visibility } of parts) {
    if (visibility === 'on_match') confidential.add(driver);
  }
  for (const { driver, visibility } of parts) {
    if (visibility !== 'on_match') confidential.delete(driver);
  }
  return confidential;
}

/** A driver whose incidents are still to be read. */
interface OpenDriver extends RecordedDriver {
  readonly involvements: Map<string, Involvement[]>;
}

function recordDriver(
  driver: CatalogueDriver,
  confidential: boolean,
  toldBy: ToldByReader,
): OpenDriver {
  const { key, name, platform, identity } = driver;
  return {
    key,
    name,
    platform,
    vouchers: vouchersOf(identity),
    hashed: hashedAs(identity),
    toldBy: toldBy(identity, platform),
    involvements: new Map(),
    confidential,
  };
}

function recordIncident(
  { key, title, whatToDo, affected, drivers: parts, unnamed = [] }: CatalogueIncident,
  drivers: ReadonlyMap<string, OpenDriver>,
  read: (range: string) => RecordedRange,
): RecordedIncident {
  const concerns = new Map<string, Concern[]>();
  for (const { product, versions, conditions } of affected) {
    addTo(concerns, product, {
      range: versions === null ? null : read(versions),
      conditions: conditions === null ? [] : prepareConditions(conditions, read),
    });
  }
  const involvements: Involvement[] = [];
  const toldOnMatch: Involvement[] = [];
  const toldBy: ToldBy[] = [];
  const incident = { key, title, whatToDo, concerns, involvements, toldBy, toldOnMatch, unnamed };
  for (const part of parts) {
    const driver = drivers.get(part.driver);
    if (!driver) throw new Error(`${key} names the driver ${part.driver}, which is not there`);
    const involvement = involve(incident, driver, part, read);
    involvements.push(involvement);
    if (involvement.onMatch) toldOnMatch.push(involvement);
    else if (!toldBy.includes(driver.toldBy)) toldBy.push(driver.toldBy);
  }
  return incident;
}

function involve(
  incident: RecordedIncident,
  driver: OpenDriver,
  { versions, versionOf, visibility, foundUnaffected = [] }: IncidentDriver,
  read: (range: string) => RecordedRange,
): Involvement {
  const range = versions === null ? null : read(versions);
  const involvement = {
    incident,
    driver,
    range,
    versionOf,
    onMatch: visibility === 'on_match',
    foundUnaffected: foundUnaffected.map((evidence) => recordTried(evidence, read)),
  };
  for (const product of incident.concerns.keys()) {
    addTo(driver.involvements, product, involvement);
  }
  return involvement;
}

function recordTried(
  { versions, beside, statement, source }: UnaffectedEvidence,
  read: (range: string) => RecordedRange,
): Tried {
  const said = statement.trim().replace(/\.$/, '');
  return {
    range: versions === null ? null : read(versions),
    beside: beside && { product: beside.product, range: read(beside.versions) },
    words: source === null ? said : `${said} (${source})`,
  };
}

function indexHashes(
  drivers: Iterable<readonly [hashes: readonly string[] | undefined, RecordedDriver]>,
): ReadonlyMap<string, readonly RecordedDriver[]> {
  const index = new Map<string, RecordedDriver[]>();
  for (const [hashes = [], driver] of drivers) {
    for (const hash of new Set(hashes.map(lowered))) addTo(index, hash, driver);
  }
  return index;
}

/** The same few ranges stand in many incidents: each is one. */
function rangeReader(): (text: string) => RecordedRange {
  const alreadyRead = new Map<string, RecordedRange>();
  return (text) => {
    const known = alreadyRead.get(text);
    if (known) return known;
    const range = recordRange(text);
    alreadyRead.set(text, range);
    return range;
  };
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
