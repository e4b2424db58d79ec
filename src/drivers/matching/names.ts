/** The names by which a driver is known, in the one form that both sides are compared in. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import { fileNameOf } from '../inventories/value-shapes.ts';
import type { DriverIdentity } from './catalogue.ts';
import { lowered } from './pattern.ts';

/**
 * A name with its sort, `file:intcaudiobus.sys`: names of different sorts never meet. The name of a file
 * and the original name in its version resource are one sort, since either may be all that is known.
 */
export type Name = string;

/** What the item is called. Generic compatible ids count only as far as an identity lists them. */
export function namesOfItem(item: InventoryItem): Name[] {
  const names: Name[] = [];
  addName(names, 'file', item.fileName);
  addName(names, 'file', item.path);
  addName(names, 'file', item.originalFileName);
  addName(names, 'path', item.path);
  addName(names, 'service', item.serviceName);
  addName(names, 'inf', item.originalInf);
  addNames(names, 'hardware', item.hardwareIds);
  addNames(names, 'compatible', item.compatibleIds);
  addName(names, 'module', item.moduleName);
  addName(names, 'srcversion', item.srcversion);
  addName(names, 'bundle', item.bundleId);
  return names;
}

/** What the driver may be called; `*` is any text. */
export function namesOfIdentity(identity: DriverIdentity): Name[] {
  const names: Name[] = [];
  addNames(names, 'file', identity.fileNames);
  addNames(names, 'file', identity.originalFileNames);
  addNames(names, 'path', identity.paths);
  addNames(names, 'service', identity.serviceNames);
  addNames(names, 'inf', identity.originalInfs);
  addNames(names, 'hardware', identity.hardwareIds);
  addNames(names, 'compatible', identity.compatibleIds);
  addNames(names, 'module', identity.moduleNames);
  addNames(names, 'srcversion', identity.srcversions);
  addNames(names, 'bundle', identity.bundleIds);
  return names;
}

function addNames(names: Name[], sort: Sort, texts: readonly string[] = []): void {
  for (const text of texts) addName(names, sort, text);
}

/** A machine names hundreds of drivers, each by a name or two: nothing is made for what is not said. */
function addName(names: Name[], sort: Sort, text: string | undefined): void {
  if (text === undefined) return;
  const name = compared(sort, text);
  if (!saysSomething(sort, name)) return;
  const whole = `${sort}:${name}`;
  // A file and its path are one name.
  if (names.at(-1) !== whole) names.push(whole);
}

type Sort =
  | 'file'
  | 'path'
  | 'service'
  | 'inf'
  | 'hardware'
  | 'compatible'
  | 'module'
  | 'srcversion'
  | 'bundle';

function compared(sort: Sort, text: string): string {
  const name = lowered(text);
  if (sort === 'file') return fileNameOf(name);
  // The kernel takes - and _ for one another in the names of modules.
  return sort === 'module' ? name.replaceAll('-', '_') : name;
}

/** `oem12.inf` is whichever package a machine installed twelfth, and `*` alone is every driver there is. */
function saysSomething(sort: Sort, name: string): boolean {
  return /[^*]/.test(name) && !(sort === 'inf' && /^oem[\d*]+\.inf$/.test(name));
}
