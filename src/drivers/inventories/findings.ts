/** Gathers what a reader finds: drivers, and lines that it could not read. */
import type { InventoryLimits, ListedDriver, UnreadableLines } from './inventory.ts';
import type { InventoryItem } from './inventory-item.ts';

/** By one of these a driver is recognised. */
const naming = [
  'fileName',
  'originalFileName',
  'serviceName',
  'originalInf',
  'hardwareIds',
  'compatibleIds',
  'sha256',
  'authentihashSha256',
  'moduleName',
  'bundleId',
  'displayName',
] as const satisfies readonly (keyof InventoryItem)[];

/** No name, version, path or id is longer. */
const valueCharactersMax = 4096;
const textCharactersMax = 120;

export class Findings {
  readonly items: ListedDriver[] = [];
  readonly #lines: readonly string[];
  readonly #limits: InventoryLimits;
  readonly #unreadable: UnreadableLines[] = [];
  #unreadableTotal = 0;
  #overflowed = false;

  constructor(lines: readonly string[], limits: InventoryLimits) {
    this.#lines = lines;
    this.#limits = limits;
  }

  /** There were more drivers than the limits allow: what was gathered is worth nothing, and nobody need read on. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  get itemsMax(): number {
    return this.#limits.itemsMax;
  }

  /** For who puts many together before any is taken. False where they are too many already. */
  takesAsMany(drivers: number): boolean {
    this.#overflowed ||= drivers > this.#limits.itemsMax;
    return !this.#overflowed;
  }

  /** In the order of their lines. */
  get unreadable(): UnreadableLines[] {
    return this.#unreadable.toSorted((a, b) => a.line - b.line);
  }

  get unreadableTotal(): number {
    return this.#unreadableTotal;
  }

  /** A driver that the lines speak of. Where nothing names it, the lines become unreadable ones. */
  item(fields: InventoryItem, from: number, to: number): void {
    const said = withoutEmpty(fields);
    if (isTooLong(said)) {
      this.unread(from, to, `A value is longer than ${valueCharactersMax} characters.`);
    } else if (!naming.some((name) => said[name] !== undefined)) {
      this.unread(from, to, 'Nothing in it names a driver in a way that holds on other machines.');
    } else if (this.takesAsMany(this.items.length + 1)) {
      this.items.push({ ...said, lines: [from, to] });
    }
  }

  unread(from: number, to: number, why: string): void {
    this.#unreadableTotal++;
    if (this.#unreadable.length >= this.#limits.listedMax) return;
    const text = beginning(this.#lines[from - 1] ?? '');
    this.#unreadable.push({ line: from, through: to, text, why });
  }
}

function withoutEmpty(fields: InventoryItem): InventoryItem {
  const said = entriesOf(fields).flatMap(([name, value]) => {
    const kept = typeof value === 'string' ? onOneLine(value) : value?.filter((id) => id !== '');
    return kept === undefined || kept.length === 0 ? [] : [[name, kept]];
  });
  return Object.fromEntries(said);
}

function onOneLine(value: string): string {
  const lines = value.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

function entriesOf(fields: InventoryItem): [string, string | readonly string[] | undefined][] {
  return Object.entries(fields);
}

function isTooLong(fields: InventoryItem): boolean {
  return Object.values(fields)
    .flat()
    .some((value) => value.length > valueCharactersMax);
}

/** How a line begins, fit to be shown: on one line, without control characters. */
export function beginning(line: string): string {
  // Only its beginning is looked at, so that a line of megabytes costs nothing.
  const shown = line
    .slice(0, textCharactersMax * 2)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '\uFFFD')
    .trim();
  const whole = shown.length <= textCharactersMax && line.length <= textCharactersMax * 2;
  return whole ? shown : `${shown.slice(0, textCharactersMax).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
