/** By which names a driver is recognised. */
import { expect, test } from 'vitest';
import type { InventoryItem } from '../../../src/drivers/inventories/inventory-item.ts';
import type { DriverIdentity } from '../../../src/drivers/matching/index.ts';
import { askDriver, driver } from './recorded.ts';

const isRecognised = (identity: DriverIdentity, item: InventoryItem) =>
  askDriver(item, driver('harbor-bus', identity)).driver === 'harbor-bus';

test.each<[string, DriverIdentity, InventoryItem]>([
  ['a file name, without case', { fileNames: ['HarborBus.sys'] }, { fileName: 'harborbus.SYS' }],
  ['a file name with a star', { fileNames: ['harbor*.sys'] }, { fileName: 'HarborBus2.sys' }],
  [
    'the last part of a path',
    { fileNames: ['HarborBus.sys'] },
    { path: 'C:\\Windows\\HarborBus.sys' },
  ],
  [
    'its original name, when it was renamed',
    { originalFileNames: ['HarborBus.sys'] },
    { fileName: 'x.sys', originalFileName: 'HarborBus.sys' },
  ],
  [
    'a file name that is the recorded original name',
    { originalFileNames: ['HarborBus.sys'] },
    { fileName: 'HarborBus.sys' },
  ],
  ['a service name', { serviceNames: ['HarborBus'] }, { serviceName: 'harborbus' }],
  [
    'the INF of its maker',
    { originalInfs: ['harborsound.inf'] },
    { originalInf: 'HarborSound.inf' },
  ],
  [
    'a hardware id',
    { hardwareIds: ['PCI\\VEN_1AB4*'] },
    { hardwareIds: ['X\\1', 'pci\\ven_1ab4&dev_0010'] },
  ],
  ['a compatible id', { compatibleIds: ['PCI\\CC_0403'] }, { compatibleIds: ['PCI\\CC_0403'] }],
  [
    'a module name, hyphen or underscore',
    { moduleNames: ['harbor-snd'] },
    { moduleName: 'harbor_snd' },
  ],
  [
    'a srcversion',
    { srcversions: ['7E39455BCA2D'] },
    { moduleName: 'x', srcversion: '7e39455bca2d' },
  ],
  ['a bundle id', { bundleIds: ['com.harbor-audio.*'] }, { bundleId: 'com.harbor-audio.bus' }],
])('%s', (_, identity, item) => {
  expect(isRecognised(identity, item)).toBe(true);
});

test.each<[string, DriverIdentity, InventoryItem]>([
  ['another name', { fileNames: ['HarborBus.sys'] }, { fileName: 'HarborBus2.sys' }],
  [
    'a service of the name of a file',
    { fileNames: ['HarborBus.sys'] },
    { serviceName: 'HarborBus.sys' },
  ],
  [
    'a hardware id that is recorded as a compatible one',
    { compatibleIds: ['A\\1'] },
    { hardwareIds: ['A\\1'] },
  ],
  [
    'the name that one machine gave a package',
    { originalInfs: ['oem12.inf', 'oem*.inf'] },
    { originalInf: 'oem12.inf' },
  ],
  ['anything at all, under a star alone', { fileNames: ['*'] }, { fileName: 'HarborBus.sys' }],
  [
    'a provider alone',
    { fileNames: ['HarborBus.sys'], providers: ['Harbor'] },
    { fileName: 'x.sys', provider: 'Harbor' },
  ],
])('never by %s', (_, identity, item) => {
  expect(isRecognised(identity, item)).toBe(false);
});

test('a pattern of many stars costs no more than its size', () => {
  const identity = { fileNames: [`a${'*a'.repeat(60)}b`] };
  expect(isRecognised(identity, { fileName: 'a'.repeat(4000) })).toBe(false);
});
