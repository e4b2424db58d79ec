/** How much of a list of drivers can be compared by hash. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type { RecordedDriver } from './recorded.ts';

/** Numbers of drivers. */
export interface HandedIn {
  readonly drivers: number;
  readonly withoutSha256: number;
  readonly withoutAuthentihash: number;
  readonly withoutEither: number;
}

export function countHandedIn(items: readonly InventoryItem[]): HandedIn {
  let [withoutSha256, withoutAuthentihash, withoutEither] = [0, 0, 0];
  for (const { sha256, authentihashSha256 } of items) {
    if (sha256 === undefined) withoutSha256 += 1;
    if (authentihashSha256 === undefined) withoutAuthentihash += 1;
    if (sha256 === undefined && authentihashSha256 === undefined) withoutEither += 1;
  }
  return { drivers: items.length, withoutSha256, withoutAuthentihash, withoutEither };
}

/** How many of them carry no hash that could be one of the driver's. */
export function uncomparedWith({ hashed }: RecordedDriver, handedIn: HandedIn): number {
  if (hashed.sha256 && hashed.authentihash) return handedIn.withoutEither;
  if (hashed.sha256) return handedIn.withoutSha256;
  return hashed.authentihash ? handedIn.withoutAuthentihash : handedIn.drivers;
}
