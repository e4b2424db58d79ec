/** The version of a driver that a range speaks of, as a machine says it. */
import type { Scheme } from '../../versions/index.ts';
import { readFileVersion } from '../inventories/file-version.ts';
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type { VersionOf } from './catalogue.ts';
import type { Place, RecordedRange } from './range-place.ts';

export type DriverVersion =
  /** As far as it can be read without a range; null where it cannot. */
  | {
      readonly kind: 'said';
      readonly version: string | null;
      readonly written: string;
      readonly field: VersionField;
    }
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
  return {
    kind: 'said',
    version: scheme === 'intdot' ? readFileVersion(written) : written.trim(),
    written,
    field: item[own] === undefined ? 'version' : own,
  };
}

const versionFields = {
  file: 'fileVersion',
  product: 'productVersion',
  package: 'packageVersion',
} as const satisfies Record<VersionOf, VersionField>;

/** Null where the item says none, or none that can be read in the range's scheme. */
export function placeIn(range: RecordedRange, said: DriverVersion): Place | null {
  return said.kind === 'said' && said.version !== null ? range.place(said.version) : null;
}

/** How a sentence names it: `its file version`. */
export const versionWords: Readonly<Record<VersionField, string>> = {
  fileVersion: 'file version',
  productVersion: 'product version',
  packageVersion: 'package version',
  version: 'version',
};
