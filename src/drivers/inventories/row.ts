/** One driver as a row of named values, whatever form it was printed in. */
import type { InventoryFormat, Platform, RowForm, RowSourceName } from './inventory.ts';
import type { InventoryItem } from './inventory-item.ts';

/** A number is kept as one, because 10.30 has lost its zero. */
export type RowValue = string | number | readonly string[];

/** Names in lower case: PowerShell does not care about case, and neither do people. */
export type Row = ReadonlyMap<string, RowValue>;

/** A thing whose rows are understood. All names in lower case, but for those of versions. */
export interface RowSource {
  name: RowSourceName;
  platform: Platform | null;
  /** Properties that hardly anything else has. */
  telling: readonly string[];
  /** Its further properties. */
  others: readonly string[];
  /** Those of all of them that hold versions, as they are printed. */
  versions: readonly string[];
  read(row: Row): RowReading;
}

export interface RowReading {
  fields: InventoryItem;
  /** Sentences on values that were left out because they could not be read. */
  faults: readonly string[];
}

export function textOf(row: Row, name: string): string | undefined {
  const value = row.get(name);
  const text = typeof value === 'object' ? value[0] : value;
  return text === undefined || text === '' ? undefined : String(text).trim();
}

export function textsOf(row: Row, name: string): readonly string[] {
  const value = row.get(name);
  if (value === undefined || value === '') return [];
  return typeof value === 'object' ? value : [String(value)];
}

export function formatOf(source: RowSource, form: RowForm): InventoryFormat {
  return source.name === 'osquery' ? 'osquery' : `${source.name}_${form}`;
}
