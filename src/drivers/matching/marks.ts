/** What a driver is told by: names and hashes, and which of them an item says and a driver is recorded by. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { isSha256 } from '../inventories/value-shapes.ts';
import type { DriverIdentity } from './catalogue.ts';
import type { System } from './commands.ts';
import { type NameSort, nameSorts, namesOfIdentity, saysName, unpacked } from './names.ts';
import { lowered } from './pattern.ts';
import type { HashSort } from './recognise.ts';

export type Mark = NameSort | HashSort;

/** A set of them, as bits, so that comparing two costs nothing. */
export type Marks = number;

const marks: readonly Mark[] = [...nameSorts, 'sha256', 'authentihash'];

export function marksIn(set: Marks): Mark[] {
  return marks.filter((mark) => (set & bitOf(mark)) !== 0);
}

export function marksOf(some: readonly Mark[]): Marks {
  return some.reduce((set, mark) => set | bitOf(mark), 0);
}

function bitOf(mark: Mark): Marks {
  return 1 << marks.indexOf(mark);
}

const bitsOfNames = nameSorts.map((sort) => [sort, bitOf(sort)] as const);
const bitsOfHashes = { sha256: bitOf('sha256'), authentihash: bitOf('authentihash') };

/** Those that the item says. A text that is no SHA-256 is no hash, whatever field it stands in. */
export function marksOfItem(item: InventoryItem): Marks {
  let said = 0;
  for (const [sort, bit] of bitsOfNames) if (saysName(sort, item)) said |= bit;
  if (isHash(item.sha256)) said |= bitsOfHashes.sha256;
  if (isHash(item.authentihashSha256)) said |= bitsOfHashes.authentihash;
  return said;
}

function isHash(text: string | undefined): boolean {
  return text !== undefined && isSha256(text.trim());
}

/** What an item has to say, so that it can be told that it is not the driver. */
export interface ToldBy {
  readonly platform: System;
  /** One is enough: a driver has each of these names. */
  readonly oneOf: Marks;
  /** All are needed: a file can differ in one and be equal in the other. */
  readonly allOf: Marks;
  /** How the recorded names of files end, such as `.sys`; null where some may end in any way. */
  readonly endings: readonly string[] | null;
}

/** A driver has one of each. Only the first that is recorded of these three counts, since the others say less. */
const ownNames: readonly NameSort[] = ['file', 'service', 'inf', 'module', 'bundle'];
/** Of a device, of a place or of one build: a driver has many, and no list of them is whole. */
const sharedNames: readonly NameSort[] = ['path', 'hardware', 'compatible', 'srcversion'];

/** The same for drivers that are alike, so that a list is held against each sort of driver once. */
export type ToldByReader = (identity: DriverIdentity, platform: System) => ToldBy;

export function toldByReader(): ToldByReader {
  const known = new Map<string, ToldBy>();
  return (identity, platform) => {
    const read = readToldBy(identity, platform);
    const key = [platform, read.oneOf, read.allOf, ...(read.endings ?? ['*'])].join(' ');
    const alike = known.get(key) ?? read;
    known.set(key, alike);
    return alike;
  };
}

function readToldBy(identity: DriverIdentity, platform: System): ToldBy {
  const recorded = (sorts: readonly NameSort[]) =>
    marksOf(sorts.filter((sort) => namesOfIdentity(sort, identity).length > 0));
  const oneOf = recorded(ownNames) || recorded(sharedNames);
  const allOf = oneOf === 0 ? marksOfHashes(hashedAs(identity)) : 0;
  return { platform, oneOf, allOf, endings: endingsOf(namesOfIdentity('file', identity)) };
}

/** Whether any hash of a sort is recorded. */
export type Hashed = Readonly<Record<HashSort, boolean>>;

export function hashedAs({ sha256 = [], authentihashSha256 = [] }: DriverIdentity): Hashed {
  return { sha256: sha256.length > 0, authentihash: authentihashSha256.length > 0 };
}

export function marksOfHashes({ sha256, authentihash }: Hashed): Marks {
  return (sha256 ? bitsOfHashes.sha256 : 0) | (authentihash ? bitsOfHashes.authentihash : 0);
}

function endingsOf(fileNames: readonly string[]): readonly string[] | null {
  const endings = fileNames.map(endingOf);
  return endings.some((ending) => ending === null || ending.includes('*'))
    ? null
    : ([...new Set(endings)].sort() as string[]);
}

/** With its dot, in lower case; null where there is none. */
export function endingOf(fileName: string): string | null {
  const name = unpacked(lowered(fileName));
  const dot = name.lastIndexOf('.');
  return dot < 0 ? null : name.slice(dot);
}
