/** A caller's question about a machine, and the answer in the words of the contract. */
import type { components } from '../../contract/types.gen.ts';
import { utcInstant } from '../../contract/utc-instant.ts';
import { absolute, links } from '../../web/links.ts';
import type { InventoryReading } from '../inventories/inventory.ts';
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { readInventory } from '../inventories/read-inventory.ts';
import {
  type DriverAnswer,
  evaluateMachine,
  type Machine,
  type Missing,
} from '../matching/index.ts';
import type { KnownCatalogue } from './known-catalogue.ts';

type Schemas = components['schemas'];
export type AffectedInput = Schemas['AffectedInput'];
export type Evaluation = Schemas['Evaluation'];

export type Answered =
  | { kind: 'answered'; evaluation: Evaluation }
  | { kind: 'too_large'; why: string };

/** `printed` is an inventory as bytes, in whatever encoding; null where there is none. Nothing of it is kept. */
export function answer(
  { index, published }: Pick<KnownCatalogue, 'index' | 'published'>,
  asked: AffectedInput,
  printed: Uint8Array | null,
  publicUrl: string,
): Answered {
  const inventory = printed === null ? null : readInventory(printed);
  if (inventory?.kind === 'too_large') return inventory;
  const read =
    inventory === null ? nothingRead : whatWasRead(inventory, printed ?? new Uint8Array());
  const machine = machineOf(asked, read);
  const { verdict, catalogueRevision, incidents, drivers } = evaluateMachine(index, machine);
  return {
    kind: 'answered',
    evaluation: {
      verdict,
      catalogueRevision,
      incidents: incidents.map(
        ({ incident, title, verdict: own, evidence, missing, whatToDo }) => ({
          incident,
          title,
          verdict: own,
          evidence,
          missing: showAll(missing),
          whatToDo,
          reportUrl: published.has(incident)
            ? absolute({ publicUrl }, links.report(incident))
            : null,
        }),
      ),
      drivers: drivers.map(showDriver),
      unreadable: read.unreadable,
      unreadableTotal: read.unreadableTotal,
      inventory: read.inventory,
    },
  };
}

interface Read extends Pick<Evaluation, 'unreadable' | 'unreadableTotal' | 'inventory'> {
  /** Null where no inventory was handed in. */
  items: readonly InventoryItem[] | null;
}

const nothingRead: Read = { items: null, unreadable: [], unreadableTotal: 0, inventory: null };

function whatWasRead(
  reading: Exclude<InventoryReading, { kind: 'too_large' }>,
  printed: Uint8Array,
): Read {
  if (reading.kind === 'unrecognised') {
    const lines = printed.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1);
    const unreadable = [{ line: 1, through: lines, text: reading.seen, why: reading.why }];
    return { items: [], unreadable, unreadableTotal: 1, inventory: null };
  }
  const { format, platform, items, unreadable, unreadableTotal } = reading;
  return { items, unreadable, unreadableTotal, inventory: { format, platform } };
}

function machineOf(asked: AffectedInput, read: Read): Machine {
  const { drivers, inventory: _, onlineBetween, ...facts } = asked;
  const items = drivers === undefined && read.items === null;
  return {
    ...facts,
    items: items ? null : [...(drivers ?? []), ...(read.items ?? [])],
    unreadableLines: read.unreadableTotal,
    ...(onlineBetween && {
      onlineBetween: onlineBetween.map(({ from, until }) => ({
        from: utcInstant(from),
        until: until === null ? null : utcInstant(until),
      })),
    }),
  } as Machine;
}

/** Nothing is made anew for the many of which nothing is missing. */
function showDriver(answered: DriverAnswer): Schemas['DriverEvaluation'] {
  const shown = answered as DriverAnswer & Schemas['DriverEvaluation'];
  return answered.missing.length === 0 ? shown : { ...shown, missing: showAll(answered.missing) };
}

function showAll(missing: readonly Missing[]): Schemas['MissingFact'][] {
  return missing.map(showMissing);
}

/** Under the name that the request has for it. */
function showMissing({ field, detail, command }: Missing): Schemas['MissingFact'] {
  return { field: field === 'items' ? 'drivers' : field, detail, command };
}
