/** A machine as callers hand it in, read: what they say of it, and what a command printed of its drivers. */
import type { components } from '../contract/types.gen.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import type { InventoryReading } from './inventories/inventory.ts';
import type { InventoryItem } from './inventories/inventory-item.ts';
import { readInventory } from './inventories/read-inventory.ts';
import type { Machine, Missing } from './matching/index.ts';

type Schemas = components['schemas'];
type Evaluation = Schemas['Evaluation'];
export type MachineAsked = Schemas['MachineAsked'];

export type ReadMachine =
  | { kind: 'read'; machine: Machine; inventory: WhatWasRead }
  | { kind: 'too_large'; why: string };

/** What an answer says of the inventory that was handed in. */
export type WhatWasRead = Pick<Evaluation, 'unreadable' | 'unreadableTotal' | 'inventory'>;

/**
 * `printed` is an inventory as bytes, in whatever encoding; null where there is none but the text that may stand in the
 * question. Nothing of it is kept.
 */
export function readMachine(asked: MachineAsked, printed: Uint8Array | null = null): ReadMachine {
  const bytes = printed ?? bytesOf(asked.inventory);
  const reading = bytes === null ? null : readInventory(bytes);
  if (reading?.kind === 'too_large') return reading;
  const { items, ...inventory } =
    reading === null ? nothingRead : whatWasRead(reading, bytes ?? new Uint8Array());
  return { kind: 'read', machine: machineOf(asked, items, unreadLines(inventory)), inventory };
}

function bytesOf(inventory: string | undefined): Uint8Array | null {
  return inventory === undefined ? null : new TextEncoder().encode(inventory);
}

interface Read extends WhatWasRead {
  /** Null where no inventory was handed in. */
  items: readonly InventoryItem[] | null;
}

const nothingRead: Read = { items: null, unreadable: [], unreadableTotal: 0, inventory: null };

function whatWasRead(
  reading: Exclude<InventoryReading, { kind: 'too_large' }>,
  printed: Uint8Array,
): Read {
  if (reading.kind === 'unrecognised') {
    const ends = printed.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
    // The end of the last line begins no other.
    const lines = Math.max(printed.at(-1) === 0x0a ? ends : ends + 1, 1);
    const unreadable = [{ line: 1, through: lines, text: reading.seen, why: reading.why }];
    return { items: [], unreadable, unreadableTotal: 1, inventory: null };
  }
  const { format, platform, items, unreadable, unreadableTotal } = reading;
  return { items, unreadable, unreadableTotal, inventory: { format, platform } };
}

/** As many as the listed places name; of those that are not listed, one each. */
function unreadLines({ unreadable, unreadableTotal }: WhatWasRead): number {
  const listed = unreadable.reduce((sum, { line, through }) => sum + through - line + 1, 0);
  return listed + unreadableTotal - unreadable.length;
}

function machineOf(
  asked: MachineAsked,
  read: readonly InventoryItem[] | null,
  unreadableLines: number,
): Machine {
  const { drivers, inventory: _, onlineBetween, ...facts } = asked;
  const unsaid = drivers === undefined && read === null;
  return {
    ...facts,
    items: unsaid ? null : [...(drivers ?? []), ...(read ?? [])],
    unreadableLines,
    ...(onlineBetween && {
      onlineBetween: onlineBetween.map(({ from, until }) => ({
        from: utcInstant(from),
        until: until === null ? null : utcInstant(until),
      })),
    }),
  } as Machine;
}

/** Under the name that the request has for it. */
export function showMissing({ field, detail, command }: Missing): Schemas['MissingFact'] {
  return { field: field === 'items' ? 'drivers' : field, detail, command };
}
