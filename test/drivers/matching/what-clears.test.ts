/** A machine is cleared of a driver only by a list that would have shown it. */
import { describe, expect, test } from 'vitest';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import { readInventory } from '../../../src/drivers/inventories/read-inventory.ts';
import type { CatalogueDriver, Machine } from '../../../src/drivers/matching/index.ts';
import { ask, authentihash, driver, harbor, incident, part, sha256 } from './recorded.ts';

type Identity = CatalogueDriver['identity'];

const byFile: Identity = { fileNames: ['CamCoVc.sys'], signers: ['CamCo*'] };
const otherHash = 'd'.repeat(64);

function answer(
  identity: Identity,
  items: readonly InventoryItem[],
  more: Partial<Machine> = {},
  system?: CatalogueDriver['platform'],
) {
  const recorded = driver('camera', identity, system);
  const evaluation = ask([recorded], [incident('HF-1', [part('camera')])], { items, ...more });
  const [found] = evaluation.incidents;
  if (found === undefined) throw new Error('The incident was not considered.');
  return found;
}

/** As a command printed it. */
function printed(text: string): readonly InventoryItem[] {
  const reading = readInventory(new TextEncoder().encode(text));
  if (reading.kind !== 'read') throw new Error(reading.why);
  return reading.items.map(({ lines: _, ...item }) => item);
}

const systemDrivers = printed(
  JSON.stringify([
    { serviceName: 'ACPI', path: 'C:\\Windows\\System32\\drivers\\ACPI.sys', sha256: otherHash },
    { serviceName: 'Tcpip', path: 'C:\\Windows\\System32\\drivers\\tcpip.sys', sha256: otherHash },
  ]),
);
const packages = printed(
  'Published Name:     oem3.inf\nOriginal Name:      camcovc.inf\nProvider Name:      CamCo Ltd\n' +
    'Class Name:         Camera\nClass GUID:         {ca3e7ab9-b4c3-4ae6-8251-579ef933890f}\n' +
    'Driver Version:     03/02/2026 4.2.7.113\nSigner Name:        Microsoft Windows Hardware Compatibility Publisher\n',
);
const devices = printed(
  'DeviceName : CamCo Camera\nDriverVersion : 4.2.7.113\nHardWareID : USB\\VID_1234&PID_0001\nInfName : oem3.inf\n',
);
const modules = printed('Module                  Size  Used by\nsnd                   102400  0\n');

test.each<[string, Identity, readonly InventoryItem[]]>([
  ['file names against a list of file names', byFile, systemDrivers],
  ['a service name', { serviceNames: ['CamCo'] }, systemDrivers],
  ['an original INF', { originalInfs: ['other.inf'] }, packages],
  ['file and INF against either', { ...byFile, originalInfs: ['other.inf'] }, packages],
  ['a hardware id, where nothing better is recorded', { hardwareIds: ['PCI\\X*'] }, devices],
  ['a SHA-256 alone', { sha256: [sha256] }, systemDrivers],
  [
    'both hashes against both',
    { sha256: [sha256], authentihashSha256: [authentihash] },
    [{ sha256: otherHash, authentihashSha256: otherHash }],
  ],
  ['a provider that contradicts', { ...byFile, providers: ['Harbor*'] }, packages],
  ['a packed module', { fileNames: ['other.ko'] }, [{ fileName: 'snd.ko.zst' }]],
])('it is cleared by %s', (_, identity, items) => {
  const linux = items.some(({ fileName = '' }) => fileName.includes('.ko'));
  expect(answer(identity, items, {}, linux ? 'linux' : 'windows')).toMatchObject({
    verdict: 'not_affected',
    missing: [],
  });
});

test.each<[string, Identity, readonly InventoryItem[], string]>([
  ['packages, as pnputil lists them', byFile, packages, 'the list has no file names'],
  ['devices, as Win32_PnPSignedDriver has them', byFile, devices, 'the list has no file names'],
  [
    'plain driverquery',
    byFile,
    printed(
      '"Module Name","Display Name","Driver Type","Link Date"\n"ACPI","ACPI","Kernel ","1/1/2024 1:00:00 AM"\n',
    ),
    'the list has no file names',
  ],
  ['names without their endings', byFile, [{ fileName: 'CamCoVc' }], 'no file names'],
  ['a version alone', byFile, [{ fileVersion: '4.2' }], 'no file names'],
  ['a display name alone', byFile, [{ displayName: 'Camera' }], 'no file names'],
  ['the name of one machine', { originalInfs: ['a.inf'] }, [{ originalInf: 'oem3.inf' }], 'INFs'],
  ['names, where a hash is recorded', { sha256: [sha256] }, packages, 'no SHA-256'],
  [
    'a hash where names are recorded: no list of hashes is whole',
    { ...byFile, sha256: [sha256] },
    [{ sha256: otherHash }],
    'no file names',
  ],
  [
    'one of two hashes',
    { sha256: [sha256], authentihashSha256: [authentihash] },
    systemDrivers,
    'no Authentihashes',
  ],
  ['a text that is no hash', { sha256: [sha256] }, [{ sha256: 'N/A' }], 'no SHA-256'],
  ['kernel drivers, of a .dll', { fileNames: ['cam.dll'] }, systemDrivers, 'end in .dll'],
  ['files, of a device', { hardwareIds: ['USB\\X'] }, systemDrivers, 'no hardware ids'],
  ['modules of Linux, of a driver of Windows', byFile, modules, 'the list is of Linux'],
  [
    'anything, where nothing is recorded',
    { providers: ['CamCo*'] },
    [{ fileName: 'a.sys' }],
    'nothing',
  ],
])('it is not cleared by %s', (_, identity, items, because) => {
  const { verdict, evidence, missing } = answer(identity, items);
  expect(verdict).toBe('cannot_tell');
  expect(evidence).toContain(because);
  expect(missing.length).toBeGreaterThan(0);
});

test('what the list lacks is asked for, with the command that prints it', () => {
  const commandFor = (identity: Identity, items: readonly InventoryItem[]) =>
    answer(identity, items).missing.map(({ command }) => command);
  expect(commandFor(byFile, packages)).toEqual([expect.stringContaining('Win32_SystemDriver')]);
  expect(commandFor({ originalInfs: ['a.inf'] }, systemDrivers)).toEqual(['pnputil /enum-drivers']);
  expect(commandFor({ hardwareIds: ['USB\\X'] }, systemDrivers)).toEqual([
    expect.stringContaining('HardWareID'),
  ]);
  const both = { sha256: [sha256], authentihashSha256: [authentihash] };
  expect(commandFor(both, systemDrivers)).toEqual([expect.stringContaining('AppLocker')]);
});

test('one row without a name among others that have theirs is named', () => {
  const odd = { displayName: 'Camera filter', fileVersion: '4.2' };
  expect(answer(byFile, [...systemDrivers, odd])).toMatchObject({
    verdict: 'cannot_tell',
    evidence: expect.stringContaining(
      'of the 3 drivers handed in, Camera filter has no whole file name, by which The camera driver would be told',
    ),
    missing: [
      { field: 'items', detail: expect.stringContaining('Add the whole file name of Camera') },
    ],
  });
  const signed = { ...odd, signer: 'Harbor Audio' };
  expect(answer(byFile, [...systemDrivers, signed]).verdict).toBe('not_affected');
});

describe('a list of another system', () => {
  test('clears it where the machine is said to have that system', () => {
    const verdict = (platform?: string) =>
      answer(byFile, modules, platform === undefined ? {} : { platform }).verdict;
    expect(verdict('ubuntu-24.04')).toBe('not_affected');
    expect(verdict('windows')).toBe('cannot_tell');
    expect(verdict()).toBe('cannot_tell');
  });
});

test('each driver that takes part has to be cleared, and the found one is', () => {
  const parts = [part('harbor-bus'), part('camera')];
  const camera = driver('camera', { hardwareIds: ['USB\\X'] });
  const items = [{ fileName: 'HarborBus.sys', fileVersion: '99', signer: 'Harbor Audio' }];
  const asked = (drivers: CatalogueDriver[]) => ask(drivers, [incident('HF-1', parts)], { items });
  expect(asked([harbor, camera]).incidents).toMatchObject([{ verdict: 'cannot_tell' }]);
  const known = driver('camera', { fileNames: ['cam.sys'] });
  expect(asked([harbor, known]).incidents).toMatchObject([{ verdict: 'not_affected' }]);
});

test('a driver stays "not listed", whatever the list could show', () => {
  const evaluation = ask([driver('camera', byFile)], [incident('HF-1', [part('camera')])], {
    items: packages,
  });
  expect(evaluation).toMatchObject({
    verdict: 'cannot_tell',
    drivers: [{ verdict: 'not_listed' }],
  });
});
