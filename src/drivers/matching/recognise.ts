/** Which recorded drivers an item of an inventory is, or may be. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { type Candidates, type CatalogueIndex, findCandidates } from './catalogue-index.ts';
import type { RecordedDriver } from './recorded.ts';
import { type Vouching, vouchingFor } from './vouchers.ts';

/** By one of its hashes, or merely by name. */
export type Recognition = RecognitionByHash | RecognitionByName;

export interface RecognitionByHash {
  readonly by: HashSort;
  readonly driver: RecordedDriver;
}

export interface RecognitionByName {
  readonly by: 'name';
  readonly driver: RecordedDriver;
  readonly vouching: Vouching;
  /** Which other driver one of its hashes is recorded for; null where its hashes are not known. */
  readonly hashSays: RecognitionByHash | null;
}

export type HashSort = 'sha256' | 'authentihash';

/** The strongest first, then by the drivers' keys. */
export function recognise(index: CatalogueIndex, item: InventoryItem): Recognition[] {
  const candidates = findCandidates(index, item);
  const { bySha256, byAuthentihash, byName } = candidates;
  // So it is with nearly every driver of a machine.
  if (bySha256.length + byAuthentihash.length + byName.length === 0) return [];
  const byHash = recognitionsByHash(candidates);
  return [...byHash, ...recognitionsByName(candidates, item, byHash)];
}

function recognitionsByHash({ bySha256, byAuthentihash }: Candidates): RecognitionByHash[] {
  const others = byAuthentihash.filter((driver) => !bySha256.includes(driver));
  return [
    ...sorted(bySha256).map((driver) => ({ by: 'sha256' as const, driver })),
    ...sorted(others).map((driver) => ({ by: 'authentihash' as const, driver })),
  ];
}

/**
 * A driver that is told on a match alone is not told by its name. All that share a name are kept: what speaks against one
 * of them is weighed where its version is, whoever else has that name.
 */
function recognitionsByName(
  { byName }: Candidates,
  item: InventoryItem,
  byHash: readonly RecognitionByHash[],
): RecognitionByName[] {
  const known = new Set(byHash.map(({ driver }) => driver));
  const drivers = byName.filter((driver) => !driver.confidential && !known.has(driver));
  const [hashSays = null] = byHash;
  return sorted(drivers).map((driver) => ({
    by: 'name',
    driver,
    vouching: vouchingFor(driver.vouchers, item),
    hashSays,
  }));
}

function sorted(drivers: readonly RecordedDriver[]): RecordedDriver[] {
  return drivers.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
