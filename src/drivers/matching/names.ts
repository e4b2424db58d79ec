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
  return [
    ...named('file', [item.fileName, item.path, item.originalFileName]),
    ...named('path', [item.path]),
    ...named('service', [item.serviceName]),
    ...named('inf', [item.originalInf]),
    ...named('hardware', item.hardwareIds),
    ...named('compatible', item.compatibleIds),
    ...named('module', [item.moduleName]),
    ...named('srcversion', [item.srcversion]),
    ...named('bundle', [item.bundleId]),
  ];
}

/** What the driver may be called; `*` is any text. */
export function namesOfIdentity(identity: DriverIdentity): Name[] {
  return [
    ...named('file', identity.fileNames),
    ...named('file', identity.originalFileNames),
    ...named('path', identity.paths),
    ...named('service', identity.serviceNames),
    ...named('inf', identity.originalInfs),
    ...named('hardware', identity.hardwareIds),
    ...named('compatible', identity.compatibleIds),
    ...named('module', identity.moduleNames),
    ...named('srcversion', identity.srcversions),
    ...named('bundle', identity.bundleIds),
  ];
}

function named(sort: Sort, texts: readonly (string | undefined)[] = []): Name[] {
  const names: Name[] = [];
  for (const text of texts) {
    if (text === undefined) continue;
    const name = compared(sort, text);
    if (saysSomething(sort, name)) names.push(`${sort}:${name}`);
  }
  return names;
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
