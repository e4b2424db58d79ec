/** The inventories of an invented machine, as its tools print them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { InventoryRead } from '../../../src/drivers/inventories/inventory.ts';
import { readInventory } from '../../../src/drivers/inventories/read-inventory.ts';

const folder = new URL('fixtures/', import.meta.url);

export const fixtureNames = readdirSync(folder).sort();

export function fixture(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** What an inventory holds that must be readable. */
export function read(text: string | Uint8Array): InventoryRead {
  const reading = readInventory(typeof text === 'string' ? Buffer.from(text) : text);
  if (reading.kind !== 'read') throw new Error(`${reading.kind}: ${reading.why}`);
  return reading;
}

/** Its drivers, without the lines. */
export function driversOf(text: string | Uint8Array): unknown[] {
  return read(text).items.map(({ lines: _, ...fields }) => fields);
}
