/** The version of a driver that a range speaks of, as a machine says it. */
import { readVersion, type Scheme } from '../../versions/index.ts';
import { readFileVersion } from '../inventories/file-version.ts';
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type { VersionOf } from './catalogue.ts';

export type DriverVersion =
  /** Such as `readVersion` takes in the scheme. */
  | { readonly kind: 'read'; readonly version: string }
  | { readonly kind: 'unreadable'; readonly written: string; readonly field: VersionField }
  | { readonly kind: 'absent'; readonly field: VersionField };

export type VersionField = 'fileVersion' | 'productVersion' | 'packageVersion' | 'version';

/** Reads each version once, however many ranges ask for it. */
export type ItemVersions = (versionOf: VersionOf, scheme: Scheme) => DriverVersion;

export function versionsOfItem(item: InventoryItem): ItemVersions {
  const known = new Map<string, DriverVersion>();
  return (versionOf, scheme) => {
    const asked = `${versionOf} ${scheme}`;
    const version = known.get(asked) ?? readItemVersion(item, versionOf, scheme);
    known.set(asked, version);
    return version;
  };
}

/**
 * Modules and system extensions have one version alone, which is then the one of the file, the product and
 * the package. File versions are read as people mean them: `10, 29, 0, 5152` is `10.29.0.5152`.
 */
function readItemVersion(item: InventoryItem, versionOf: VersionOf, scheme: Scheme): DriverVersion {
  const own = versionFields[versionOf];
  const written = item[own] ?? item.version;
  if (written === undefined || written.trim() === '') {
    const single = item.moduleName !== undefined || item.bundleId !== undefined;
    return { kind: 'absent', field: single ? 'version' : own };
  }
  const version = scheme === 'intdot' ? readFileVersion(written) : written.trim();
  if (version === null || !readVersion(scheme, version).ok) {
    return { kind: 'unreadable', written, field: item[own] === undefined ? 'version' : own };
  }
  return { kind: 'read', version };
}

const versionFields = {
  file: 'fileVersion',
  product: 'productVersion',
  package: 'packageVersion',
} as const satisfies Record<VersionOf, VersionField>;

/** How a sentence names it: `its file version`. */
export const versionWords: Readonly<Record<VersionField, string>> = {
  fileVersion: 'file version',
  productVersion: 'product version',
  packageVersion: 'package version',
  version: 'version',
};
