/** What a machine says of its drivers, and what reading that can come to. */
import type { InventoryItem } from './inventory-item.ts';

export type Platform = 'windows' | 'linux' | 'macos';

/**
 * What a row of properties was taken from: the classes of WMI, `Get-WindowsDriver`, the VersionInfo of
 * files, a table of osquery, or `drivers`: the fields of `InventoryItem` themselves.
 */
export type RowSourceName =
  | 'win32_pnpsigneddriver'
  | 'win32_systemdriver'
  | 'windowsdriver'
  | 'versioninfo'
  | 'drivers'
  | 'osquery';

/** How rows were printed: a property a line, a row a line, or objects. */
export type RowForm = 'list' | 'csv' | 'json';

export type InventoryFormat =
  | `${Exclude<RowSourceName, 'osquery'>}_${RowForm}`
  | 'osquery'
  | 'driverquery_csv'
  | 'pnputil'
  | 'lsmod'
  | 'modinfo'
  | 'systemextensionsctl'
  | 'kmutil';

/** One driver as it was read. At least one field names it. */
export interface ListedDriver extends InventoryItem {
  /** The first and the last line that speak of it, from 1. */
  lines: readonly [from: number, to: number];
}

/** Lines that say something which was not understood. */
export interface UnreadableLines {
  /** The first of them, from 1. */
  line: number;
  /** The last of them; `line` itself where it is one. */
  through: number;
  /** How the first begins, on one line. */
  text: string;
  /** One or two sentences. */
  why: string;
}

/** Which characters the bytes were taken for. */
export interface TextEncoding {
  name: string;
  /**
   * How that was told: from the mark at the beginning, from where the zeros stand, because all bytes
   * are valid, or merely because of all encodings it gives the likeliest text.
   */
  told: 'by_mark' | 'by_zeros' | 'as_valid' | 'as_likeliest';
}

export interface InventoryRead {
  kind: 'read';
  format: InventoryFormat;
  /** Null where the inventory does not tell. */
  platform: Platform | null;
  encoding: TextEncoding;
  /** In the inventory's order. */
  items: ListedDriver[];
  /** In the inventory's order; the first `listedMax` that were found. */
  unreadable: UnreadableLines[];
  /** How many were found, listed or not. */
  unreadableTotal: number;
}

export type InventoryReading =
  | InventoryRead
  /** None of the formats understood. `seen` says what stands there instead; `why`, shown beside it, what to hand in. */
  | { kind: 'unrecognised'; seen: string; why: string }
  | { kind: 'too_large'; why: string };

/** What is larger is refused; what is longer than `listedMax` is counted. */
export interface InventoryLimits {
  bytesMax: number;
  linesMax: number;
  itemsMax: number;
  listedMax: number;
}

/** A machine prints a tenth of that, and mostly less. */
export const usualLimits: InventoryLimits = {
  bytesMax: 10 * 1024 * 1024,
  linesMax: 250_000,
  itemsMax: 5_000,
  listedMax: 200,
};
