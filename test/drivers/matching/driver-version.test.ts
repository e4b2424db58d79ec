/** Which version a range speaks of, and how versions are read. */
import { expect, test } from 'vitest';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import type {
  CatalogueDriver,
  DriverIdentity,
  IncidentDriver,
} from '../../../src/drivers/matching/index.ts';
import { askDriver, driver, harbor } from './recorded.ts';

test.each([
  ['10.29.0.5152', 'affected'],
  ['10, 29, 0, 5152', 'affected'],
  ['10.30.00.05152', 'affected'],
  ['10.29.0.5152 (build.090713-1255)', 'affected'],
  ['10.29', 'affected'],
  ['10.29.0.5153', 'not_affected'],
  ['2024-05-01', 'cannot_tell'],
  ['', 'cannot_tell'],
])('the file version %j is read as people mean it: %s', (fileVersion, verdict) => {
  const item = { fileName: 'HarborBus.sys', fileVersion, signer: 'Harbor Audio' };
  expect(askDriver(item).verdict).toBe(verdict);
});

test.each<[IncidentDriver['versionOf'], InventoryItem, string | null]>([
  ['file', { fileVersion: '10.29.1' }, null],
  ['product', { productVersion: '10.29.1' }, null],
  ['package', { packageVersion: '10.29.1' }, null],
  ['file', { productVersion: '10.29.1', packageVersion: '10.29.1' }, 'fileVersion'],
  ['product', { fileVersion: '10.29.1' }, 'productVersion'],
  ['package', { fileVersion: '10.29.1' }, 'packageVersion'],
])('a range that speaks of the %s version, with %j', (versionOf, versions, missing) => {
  const range = { versionOf, versions: 'vers:intdot/10.29.1' };
  const item = { fileName: 'HarborBus.sys', signer: 'Harbor Audio', ...versions };
  const answer = askDriver(item, harbor, range);
  expect(answer.verdict).toBe(missing === null ? 'affected' : 'cannot_tell');
  expect(answer.missing[0]?.field ?? null).toBe(missing);
});

test.each<[CatalogueDriver['platform'], DriverIdentity, InventoryItem, string]>([
  [
    'linux',
    { moduleNames: ['harbor_snd'], signers: ['Harbor'] },
    { moduleName: 'harbor_snd', signer: 'Harbor' },
    'modinfo -F version harbor_snd',
  ],
  [
    'macos',
    { bundleIds: ['com.harbor'], teamIds: ['HARB0R6789'] },
    { bundleId: 'com.harbor', teamId: 'HARB0R6789' },
    'systemextensionsctl list; kmutil showloaded',
  ],
] as const)(
  'what has a single version on %s is compared by it',
  (system, identity, item, command) => {
    const recorded = driver('harbor', identity, system);
    expect(askDriver({ ...item, version: '10.29.0' }, recorded)).toMatchObject({
      verdict: 'affected',
      basis: 'name_version_signer',
    });
    expect(askDriver(item, recorded)).toMatchObject({
      verdict: 'cannot_tell',
      missing: [{ field: 'version', command }, ...askDriver(item, recorded).missing.slice(1)],
    });
  },
);

test('a team that contradicts is an identity conflict', () => {
  const recorded = driver(
    'harbor',
    { bundleIds: ['com.harbor'], teamIds: ['HARB0R6789'] },
    'macos',
  );
  const item = { bundleId: 'com.harbor', teamId: 'MALL0RY123', version: '10.29.0' };
  expect(askDriver(item, recorded)).toMatchObject({
    verdict: 'cannot_tell',
    basis: 'identity_conflict',
  });
});

test('versions in another scheme are read in that scheme', () => {
  const range = { versions: 'vers:semver/>=1.2.0|<2.0.0' };
  const item = { fileName: 'HarborBus.sys', signer: 'Harbor Audio' };
  expect(askDriver({ ...item, fileVersion: '1.9.0-rc.1' }, harbor, range).verdict).toBe('affected');
  expect(askDriver({ ...item, fileVersion: '1, 9' }, harbor, range).verdict).toBe('cannot_tell');
});
