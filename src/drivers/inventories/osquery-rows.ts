/** Rows of the tables in which osquery shows drivers, modules and extensions. */

import { dayInUtc, readDate } from './driver-date.ts';
import type { Platform } from './inventory.ts';
import type { InventoryItem } from './inventory-item.ts';
import { type Row, type RowSource, textOf } from './row.ts';
import { architectureOf, originalInfOf, placeOf } from './value-shapes.ts';

interface Table {
  platform: Platform;
  telling: readonly string[];
  others: readonly string[];
  fields(row: Row): InventoryItem;
}

const tables: Record<string, Table> = {
  drivers: {
    platform: 'windows',
    telling: ['device_id', 'device_name', 'driver_key', 'service_key'],
    others: [
      ...['image', 'description', 'service', 'version', 'inf', 'class', 'provider'],
      ...['manufacturer', 'date', 'signed'],
    ],
    fields: (row) => ({
      ...placeOf(textOf(row, 'image')),
      architecture: architectureOf(textOf(row, 'image')),
      serviceName: textOf(row, 'service'),
      displayName: textOf(row, 'device_name') ?? textOf(row, 'description'),
      packageVersion: textOf(row, 'version'),
      date: dateOf(textOf(row, 'date')),
      provider: textOf(row, 'provider'),
      company: textOf(row, 'manufacturer'),
      originalInf: originalInfOf(textOf(row, 'inf')),
    }),
  },
  kernel_modules: {
    platform: 'linux',
    telling: ['used_by'],
    others: ['name', 'size', 'status', 'address'],
    fields: (row) => ({ moduleName: textOf(row, 'name') }),
  },
  kernel_extensions: {
    platform: 'macos',
    telling: ['linked_against', 'idx'],
    others: ['refs', 'size', 'name', 'version', 'path'],
    fields: (row) => ({
      ...placeOf(textOf(row, 'path')),
      bundleId: textOf(row, 'name'),
      version: textOf(row, 'version'),
    }),
  },
  system_extensions: {
    platform: 'macos',
    telling: ['bundle_path', 'mdm_managed', 'team', 'identifier'],
    others: ['path', 'uuid', 'state', 'version', 'category'],
    fields: (row) => ({
      ...placeOf(textOf(row, 'path')),
      bundleId: textOf(row, 'identifier'),
      teamId: textOf(row, 'team'),
      version: textOf(row, 'version'),
    }),
  },
};

export const osquerySources: readonly RowSource[] = Object.values(tables).map((table) => ({
  name: 'osquery',
  platform: table.platform,
  telling: table.telling,
  others: table.others,
  versions: ['version'],
  read: (row) => ({ fields: table.fields(row), faults: [] }),
}));

/** Seconds since 1970, as a text. */
function dateOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '-1') return undefined;
  return /^\d{1,12}$/.test(text) ? dayInUtc(Number(text) * 1000) : readDate(text);
}
