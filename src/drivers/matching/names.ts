/** The names by which a driver is known, in the one form that both sides are compared in. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { fileNameOf } from '../inventories/value-shapes.ts';
import type { DriverIdentity } from './catalogue.ts';
import { lowered } from './pattern.ts';

/**
 * Names of different sorts never meet. The name of a file and the original name in its version resource are one sort,
 * since either may be all that is known.
 */
export const nameSorts = [
  'file',
  'path',
  'service',
  'inf',
  'hardware',
  'compatible',
  'module',
  'srcversion',
  'bundle',
] as const;

export type NameSort = (typeof nameSorts)[number];

type Texts = readonly (string | undefined)[];

/** What the item is called. Generic compatible ids count only as far as an identity lists them. */
export function namesOfItem(sort: NameSort, item: InventoryItem): readonly string[] {
  return compared(sort, saidOfItem[sort](item));
}

/**
 * Whether the item says a whole name of that sort. A file's name without its ending is not whole: nobody knows which file
 * is meant.
 */
export function saysName(sort: NameSort, item: InventoryItem): boolean {
  for (const text of saidOfItem[sort](item)) {
    if (text === undefined) continue;
    const isWhole = sort !== 'file' || fileNameOf(text).includes('.');
    if (isWhole && saysSomething(sort, text)) return true;
  }
  return false;
}

/** What the driver may be called; `*` is any text. */
export function namesOfIdentity(sort: NameSort, identity: DriverIdentity): readonly string[] {
  return compared(sort, saidOfIdentity[sort](identity));
}

const saidOfItem: Readonly<Record<NameSort, (item: InventoryItem) => Texts>> = {
  file: ({ fileName, path, originalFileName }) => [fileName, path, originalFileName],
  path: ({ path }) => [path],
  service: ({ serviceName }) => [serviceName],
  inf: ({ originalInf }) => [originalInf],
  hardware: ({ hardwareIds = [] }) => hardwareIds,
  compatible: ({ compatibleIds = [] }) => compatibleIds,
  module: ({ moduleName }) => [moduleName],
  srcversion: ({ srcversion }) => [srcversion],
  bundle: ({ bundleId }) => [bundleId],
};

const saidOfIdentity: Readonly<Record<NameSort, (identity: DriverIdentity) => Texts>> = {
  file: ({ fileNames = [], originalFileNames = [] }) => [...fileNames, ...originalFileNames],
  path: ({ paths = [] }) => paths,
  service: ({ serviceNames = [] }) => serviceNames,
  inf: ({ originalInfs = [] }) => originalInfs,
  hardware: ({ hardwareIds = [] }) => hardwareIds,
  compatible: ({ compatibleIds = [] }) => compatibleIds,
  module: ({ moduleNames = [] }) => moduleNames,
  srcversion: ({ srcversions = [] }) => srcversions,
  bundle: ({ bundleIds = [] }) => bundleIds,
};

/** Each once: a file and its path are one name. */
function compared(sort: NameSort, texts: Texts): readonly string[] {
  const names: string[] = [];
  for (const text of texts) {
    if (text === undefined) continue;
    const name = inOneForm(sort, text);
    if (saysSomething(sort, name) && !names.includes(name)) names.push(name);
  }
  return names;
}

function inOneForm(sort: NameSort, text: string): string {
  if (sort === 'file') return unpacked(lowered(fileNameOf(text.trim())));
  const name = lowered(text);
  // The kernel takes - and _ for one another in the names of modules.
  return sort === 'module' ? name.replaceAll('-', '_') : name;
}

/** Modules of Linux are kept as they are, or packed: it is one file. */
export function unpacked(name: string): string {
  // Of the names on a machine hardly any is.
  return name.includes('.ko.') ? name.replace(packed, '') : name;
}

const packed = /(?<=\.ko)\.(?:gz|xz|zst)$/;

/** `oem12.inf` is whichever package a machine installed twelfth, and `*` alone is every driver there is. */
function saysSomething(sort: NameSort, name: string): boolean {
  return /[^*\s]/.test(name) && !(sort === 'inf' && /^\s*oem[\d*]+\.inf\s*$/i.test(name));
}
