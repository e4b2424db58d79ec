/** What a sentence calls an item of an inventory. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { fileNameOf } from '../inventories/value-shapes.ts';
import { quoted } from './sentence.ts';

export function itemLabel(item: InventoryItem): string {
  const names = [
    item.fileName,
    item.path,
    item.originalFileName,
    item.moduleName,
    item.bundleId,
    item.serviceName,
    item.originalInf,
    item.displayName,
    item.hardwareIds?.[0],
    item.compatibleIds?.[0],
  ];
  const name = names.find((each) => each !== undefined && each.trim() !== '');
  if (name === undefined) return 'a driver without a name';
  return quoted(name === item.path ? fileNameOf(name) : name);
}
