/**
 * What a list of drivers could have shown. It is gone through once: the items that say the same sorts of things are one
 * group, so that a driver is held against a few groups, and not against each item.
 */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { type System, systemOf } from './commands.ts';
import type { Machine } from './machine.ts';
import {
  endingOf,
  type Hashed,
  type Marks,
  marksOf,
  marksOfHashes,
  marksOfItem,
  type ToldBy,
} from './marks.ts';
import { addTo } from './name-index.ts';
import type { RecordedDriver } from './recorded.ts';
import { isContradicted, voucherFields } from './vouchers.ts';

export interface HandedIn {
  /** How many drivers. */
  readonly drivers: number;
  /** Whether the list would have shown every driver that is told by this. */
  shows(toldBy: ToldBy): boolean;
  /** What may be the driver, for all that the list says; null where it would have been recognised. */
  mayBe(driver: RecordedDriver): MayBe | null;
  /** How many of them lack one of these hashes; all of them where none is recorded. */
  without(hashed: Hashed): number;
}

export interface MayBe {
  /** How many of the list. */
  readonly drivers: number;
  /** The first few of them. */
  readonly items: readonly InventoryItem[];
  readonly why: WhyOpen;
}

/** Why it cannot be told that they are not the driver. */
export type WhyOpen =
  /** They do not say what it is told by; nothing is lacking where nothing is recorded. */
  | { readonly kind: 'unsaid'; readonly lacks: Marks }
  /** No file of the list ends as its files do. */
  | { readonly kind: 'other_files' }
  /** They are of another system, and it is not said that the machine has that one. */
  | { readonly kind: 'other_system'; readonly system: System };

/** Null where no list was. */
export function handedInBy({ items, platform }: Pick<Machine, 'items' | 'platform'>) {
  return items === null ? null : new ListOfDrivers(items, systemOf(platform));
}

/** Items that say the same sorts of things. */
interface Group {
  readonly says: Marks;
  /** Told from what it says; null where that fits several. */
  readonly system: System | null;
  readonly items: InventoryItem[];
}

const itemsShown = 3;
/** A machine has fewer makers. What is more is not looked at, and is then not ruled out either. */
const makersMax = 100;
const file = marksOf(['file']);

class ListOfDrivers implements HandedIn {
  readonly drivers: number;
  readonly #groups: readonly Group[];
  readonly #endings: ReadonlySet<string | null>;
  readonly #machine: System | null;
  readonly #uncompared = new Map<ToldBy, readonly Group[]>();
  readonly #makers = new Map<Group, readonly (readonly InventoryItem[])[]>();
  readonly #open = new Map<RecordedDriver, MayBe | null>();

  constructor(items: readonly InventoryItem[], machine: System | null) {
    this.drivers = items.length;
    this.#groups = groupsOf(items);
    this.#endings = new Set(items.map(({ fileName, path }) => endingOf(fileName ?? path ?? '')));
    this.#machine = machine;
  }

  shows(toldBy: ToldBy): boolean {
    return this.#uncomparedBy(toldBy).length === 0;
  }

  mayBe(driver: RecordedDriver): MayBe | null {
    const groups = this.#uncomparedBy(driver.toldBy);
    if (groups.length === 0) return null;
    let open = this.#open.get(driver);
    if (open === undefined) {
      open = this.#openOf(driver, groups);
      this.#open.set(driver, open);
    }
    return open;
  }

  without(hashed: Hashed): number {
    const hashes = marksOfHashes(hashed);
    if (hashes === 0) return this.drivers;
    const lacking = this.#groups.filter(({ says }) => (says & hashes) !== hashes);
    return lacking.reduce((sum, { items }) => sum + items.length, 0);
  }

  #uncomparedBy(toldBy: ToldBy): readonly Group[] {
    let groups = this.#uncompared.get(toldBy);
    if (groups === undefined) {
      groups = this.#groups.filter((group) => this.#whyOpen(group, toldBy) !== null);
      this.#uncompared.set(toldBy, groups);
    }
    return groups;
  }

  /** Null where the group would have shown the driver. */
  #whyOpen({ says, system }: Group, toldBy: ToldBy): WhyOpen | null {
    const { platform, oneOf, allOf, endings } = toldBy;
    if (system !== null && system !== platform) {
      // On a machine that is said to have that system there is no driver of another.
      return system === this.#machine ? null : { kind: 'other_system', system };
    }
    if (allOf !== 0) {
      const lacks = allOf & ~says;
      return lacks === 0 ? null : { kind: 'unsaid', lacks };
    }
    const common = says & oneOf;
    if (common === 0) return { kind: 'unsaid', lacks: oneOf };
    // A list of kernel drivers has the names of their files, and never shows a `.dll`.
    const shown = endings?.some((ending) => this.#endings.has(ending)) ?? true;
    return shown || common !== file ? null : { kind: 'other_files' };
  }

  #openOf(driver: RecordedDriver, groups: readonly Group[]): MayBe | null {
    const open = groups.flatMap((group) => {
      const items = this.#notRuledOut(group, driver);
      return items.length === 0 ? [] : [{ group, items }];
    });
    const [first] = open;
    const why = first && this.#whyOpen(first.group, driver.toldBy);
    if (!why) return null;
    const items = open.flatMap((each) => each.items);
    return { drivers: items.length, items: items.slice(0, itemsShown), why };
  }

  /** An item that nobody can compare may still say that somebody else made it. */
  #notRuledOut(group: Group, { vouchers }: RecordedDriver): readonly InventoryItem[] {
    let makers = this.#makers.get(group);
    if (makers === undefined) {
      makers = byMaker(group.items);
      this.#makers.set(group, makers);
    }
    if (makers.length > makersMax) return group.items;
    return makers.flatMap((alike) => {
      const [first] = alike;
      return first !== undefined && isContradicted(vouchers, first) ? [] : alike;
    });
  }
}

function groupsOf(items: readonly InventoryItem[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const says = marksOfItem(item);
    const system = systemOfItem(item);
    const key = `${says} ${system}`;
    const group = groups.get(key);
    if (group) group.items.push(item);
    else groups.set(key, { says, system, items: [item] });
  }
  return [...groups.values()];
}

/** Those that say the same of who made and signed them. */
function byMaker(items: readonly InventoryItem[]): readonly (readonly InventoryItem[])[] {
  const makers = new Map<string, InventoryItem[]>();
  for (const item of items) {
    addTo(makers, JSON.stringify(voucherFields.map((field) => item[field] ?? '')), item);
  }
  return [...makers.values()];
}

/** Null where what it says fits several systems, or none. */
function systemOfItem(item: InventoryItem): System | null {
  const { fileName, path, originalInf, packageVersion, classGuid, hardwareIds } = item;
  const { moduleName, srcversion, bundleId, teamId } = item;
  const windows =
    (originalInf ?? packageVersion ?? classGuid ?? hardwareIds) !== undefined ||
    isWindowsFile.test(path ?? fileName ?? '');
  const linux = (moduleName ?? srcversion) !== undefined;
  const macos = (bundleId ?? teamId) !== undefined;
  if (windows) return linux || macos ? null : 'windows';
  if (linux) return macos ? null : 'linux';
  return macos ? 'macos' : null;
}

const isWindowsFile = /\.sys"?$|^"?(?:[a-z]:|\\)/i;
