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
  const without = (fields: readonly ('sha256' | 'authentihashSha256')[]) =>
    items.filter((item) => fields.every((field) => item[field] === undefined)).length;
  return {
    drivers: items.length,
    withoutSha256: without(['sha256']),
    withoutAuthentihash: without(['authentihashSha256']),
    withoutEither: without(['sha256', 'authentihashSha256']),
  };
}

/** How many of them carry no hash that could be one of the driver's. */
export function uncomparedWith({ hashed }: RecordedDriver, handedIn: HandedIn): number {
  if (hashed.sha256 && hashed.authentihash) return handedIn.withoutEither;
  if (hashed.sha256) return handedIn.withoutSha256;
  return hashed.authentihash ? handedIn.withoutAuthentihash : handedIn.drivers;
}
