/** What an item of an inventory leaves open, and how to find out. */
import type { ListedDriver } from '../inventories/inventory.ts';
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { itemCommand, listCommands, type System } from './commands.ts';
import type { Missing } from './evaluation.ts';
import { itemLabel } from './item-label.ts';

type ItemField = keyof InventoryItem;

/**
 * `words` name the field in a sentence. Nobody can add a field to a printed list: where one command prints that field of
 * every driver, its list is asked for instead.
 */
export function itemMissing(
  field: ItemField,
  words: string,
  item: InventoryItem,
  system: System,
): Missing {
  const { fields, says } = printed[system];
  if (isListed(item) && fields.includes(field) && !isFromListCommand(item, system)) {
    const detail = `Hand in what this command prints instead: it says the ${says} of every driver.`;
    return { field, detail, command: listCommands[system] };
  }
  const detail = `Add the ${words} of ${itemLabel(item)}.`;
  return { field, detail, command: itemCommand(field, item, system) };
}

/** What the command for a whole list prints of each. */
const printed: Readonly<Record<System, { fields: readonly ItemField[]; says: string }>> = {
  windows: {
    fields: ['fileVersion', 'sha256', 'signer'],
    says: 'file version, SHA-256 and signer',
  },
  linux: { fields: ['version', 'srcversion', 'signer'], says: 'version and signer' },
  macos: { fields: ['version', 'teamId'], says: 'version and team id' },
};

function isListed(item: InventoryItem): item is ListedDriver {
  return 'lines' in item;
}

/** Whether the command has been run already, and had no more to say. */
function isFromListCommand(item: InventoryItem, system: System): boolean {
  const told = { windows: item.sha256, linux: item.path, macos: item.version };
  return told[system] !== undefined;
}
