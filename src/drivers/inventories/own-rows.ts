/** Rows in our own words: the fields of `InventoryItem`, as a machine's owner or a script writes them. */
import { didYouMean } from '../../contract/did-you-mean.ts';
import type { InventoryItem } from './inventory-item.ts';
import { type Row, type RowSource, type RowValue, textOf } from './row.ts';
import { isPublishedInf, isSha256, placeOf } from './value-shapes.ts';

type Kind = 'name' | 'version' | 'hash' | 'ids';

/** Every field, and what it must be. */
const kinds: Record<keyof InventoryItem, Kind> = {
  fileName: 'name',
  originalFileName: 'name',
  serviceName: 'name',
  path: 'name',
  fileVersion: 'version',
  productVersion: 'version',
  packageVersion: 'version',
  date: 'name',
  provider: 'name',
  company: 'name',
  originalInf: 'name',
  classGuid: 'name',
  hardwareIds: 'ids',
  compatibleIds: 'ids',
  sha256: 'hash',
  authentihashSha256: 'hash',
  signer: 'name',
  architecture: 'name',
  moduleName: 'name',
  version: 'version',
  srcversion: 'name',
  bundleId: 'name',
  teamId: 'name',
  displayName: 'name',
};

const fieldNames = Object.keys(kinds) as (keyof InventoryItem)[];
const byLowerCase = new Map(fieldNames.map((name) => [name.toLowerCase(), name]));

/** Fields that many other things have too. */
const common = [
  'version',
  'date',
  'provider',
  'company',
  'signer',
  'path',
  'architecture',
  'sha256',
];

/** What a driver is found by, hashes and ids apart; in lower case. */
const named = [
  ...['filename', 'originalfilename', 'servicename', 'path', 'originalinf', 'modulename'],
  'bundleid',
];

export const ownSource: RowSource = {
  name: 'drivers',
  platform: null,
  telling: [...byLowerCase.keys()].filter((name) => !common.includes(name)),
  others: common,
  versions: fieldNames.filter((name) => kinds[name] === 'version'),
  read(row) {
    const fields: InventoryItem = {};
    const faults: string[] = [];
    for (const [given, value] of row) {
      const name = given === 'name' ? meantByName(row) : byLowerCase.get(given);
      const fault = name === undefined ? faultOfName(given, row) : faultOfValue(name, value);
      if (fault !== null) faults.push(fault);
      else if (name !== undefined) Object.assign(fields, { [name]: kept(name, value) });
    }
    return { fields: { ...fields, ...placeOf(fields.path), ...placeOf(fields.fileName) }, faults };
  },
};

/** A name alone is that of a file where it looks like one, and where nothing else says which file it is. */
function meantByName(row: Row): keyof InventoryItem | undefined {
  const isFile = /\.(?:sys|dll|exe|ko)$/i.test(textOf(row, 'name') ?? '');
  return isFile && !row.has('filename') && !row.has('path') ? 'fileName' : undefined;
}

/** A script may add what it likes; a slip of the pen must not hide a version. */
function faultOfName(given: string, row: Row): string | null {
  if (given === 'name' && !named.some((name) => row.has(name))) {
    return "'name' may be that of a file, a service or a module. Write 'fileName', 'serviceName' or 'moduleName'.";
  }
  const meant = didYouMean(given, fieldNames);
  return meant === null ? null : `'${given}' is not known here. Write '${meant}' if that is meant.`;
}

function faultOfValue(name: keyof InventoryItem, value: RowValue): string | null {
  const kind = kinds[name];
  if (value === '') return null;
  if (typeof value === 'object' && kind !== 'ids') return `'${name}' is one text, not several.`;
  if (kind === 'hash' && !isSha256(String(value))) {
    return `'${name}' must be 64 hexadecimal digits.`;
  }
  if (name === 'originalInf' && isPublishedInf(String(value))) {
    return `'${name}' is the name that the maker gave the INF; ${value} is another driver on every machine.`;
  }
  return null;
}

function kept(name: keyof InventoryItem, value: RowValue): string | readonly string[] {
  if (kinds[name] === 'ids') return typeof value === 'object' ? value : [String(value)];
  return kinds[name] === 'hash' ? String(value).toLowerCase() : String(value);
}
