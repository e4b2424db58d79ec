/** Inventories in our own words, and osquery's. */
import { expect, test } from 'vitest';
import { driversOf, fixture, read } from './fixture.ts';

const inDrivers = (driver: object) => JSON.stringify({ drivers: [driver] }, null, 2);

test('a request with a list of drivers is an inventory', () => {
  expect(read(fixture('drivers-json.txt'))).toMatchObject({
    format: 'drivers_json',
    platform: null,
    items: [
      { fileName: 'HarborBus.sys', fileVersion: '10.29.0.5152', lines: [5, 5] },
      {
        path: 'C:\\Windows\\System32\\drivers\\FjordFlt.sys',
        fileName: 'FjordFlt.sys',
        sha256: 'ab54d8f2c1a1e0b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607182930',
        hardwareIds: ['PCI\\VEN_1AB4&DEV_0010'],
        lines: [6, 10],
      },
    ],
    unreadable: [],
  });
});

test('a table with our own headings is an inventory', () => {
  expect(driversOf(fixture('drivers.csv'))).toEqual([
    {
      path: 'C:\\Windows\\System32\\drivers\\HarborBus.sys',
      fileName: 'HarborBus.sys',
      fileVersion: '10.29.0.5152',
      signer: 'Harbor Audio',
    },
    {
      path: 'C:\\Windows\\System32\\drivers\\FjordFlt.sys',
      fileName: 'FjordFlt.sys',
      fileVersion: '2.1.0.7',
    },
  ]);
});

test.each([
  [{ fileName: 'a.sys', flieVersion: '1.0' }, "Write 'fileVersion' if that is meant."],
  [
    { fileName: 'a.sys', fileVersion: 10.3 },
    "'fileVersion' must be a text, in quotes: as numbers, 10.30",
  ],
  [{ fileName: 'a.sys', fileVersion: ['1.0'] }, 'one text, not several'],
  [{ fileName: 'a.sys', sha256: 'abc' }, '64 hexadecimal digits'],
  [{ fileName: 'a.sys', originalInf: 'oem3.inf' }, 'another driver on every machine'],
])('%j is read, and what is wrong with it is said', (driver, why) => {
  const { items, unreadable } = read(inDrivers(driver));
  expect(items).toEqual([{ fileName: 'a.sys', lines: expect.anything() }]);
  expect(unreadable).toMatchObject([{ why: expect.stringContaining(why) }]);
});

test.each([
  [{ fileName: 'a.sys', fileVersion: 10.3 }],
  [{ FileName: 'a.sys', FileVersionRaw: 10.3, OriginalFilename: 'a.sys' }],
  [{ DeviceName: 'a', DriverVersion: 10.3, DriverName: 'a.sys' }],
  [{ device_name: 'a', device_id: 'b', version: 10.3, image: 'a.sys' }],
])('a version that JSON has as a number is none, whatever the row was taken from: %j', (row) => {
  const { items, unreadable } = read(JSON.stringify([row]));
  expect(items).toMatchObject([{ fileName: 'a.sys' }]);
  expect(JSON.stringify(items)).not.toContain('10.3');
  expect(unreadable).toMatchObject([{ why: expect.stringContaining('as numbers') }]);
});

test.each([
  ['10.29.0.5152', '10.28', '10.29.0.5152'],
  ['0.0.0.0', '10.29.0.5152', '10.29.0.5152'],
  ['0.0.0.0', '', '0.0.0.0'],
])('of the numbers %s and the text %j of a file, %s is its version', (raw, typed, version) => {
  const row = { FileName: 'a.sys', FileVersionRaw: raw, FileVersion: typed };
  expect(read(JSON.stringify([row])).items).toMatchObject([{ fileVersion: version }]);
});

test('a column called Name is that of files where it looks so, and is said to be unclear otherwise', () => {
  const table = (name: string) => read(`Name,FileVersion,DisplayName\n${name},1.2,A\n`);
  expect(table('a.sys')).toMatchObject({ items: [{ fileName: 'a.sys' }], unreadable: [] });
  expect(table('a').unreadable).toMatchObject([{ why: expect.stringContaining('serviceName') }]);
});

test('each of several tables in one file is read by its own columns', () => {
  const text =
    'fileName,fileVersion\na.sys,1.2\nfileVersion,fileName\n1.3,b.sys\n' +
    `"sha256";"fileName";"fileVersion"\n${'ab'.repeat(32)};c.sys;1.4\n`;
  expect(driversOf(text)).toEqual([
    { fileName: 'a.sys', fileVersion: '1.2' },
    { fileName: 'b.sys', fileVersion: '1.3' },
    { fileName: 'c.sys', fileVersion: '1.4', sha256: 'ab'.repeat(32) },
  ]);
  expect(read(text).unreadable).toEqual([]);
});

test('what a script adds of its own is let be', () => {
  const { items, unreadable } = read(inDrivers({ fileName: 'a.sys', state: 'Running', rank: 3 }));
  expect(items).toHaveLength(1);
  expect(unreadable).toEqual([]);
});

test('names of fields are read without case', () => {
  expect(driversOf(inDrivers({ FileName: 'a.sys', FILEVERSION: '1' }))).toEqual([
    { fileName: 'a.sys', fileVersion: '1' },
  ]);
});

test('a driver that nothing names is shown as unread', () => {
  expect(read(inDrivers({ fileVersion: '1.0' }))).toMatchObject({
    items: [],
    unreadable: [{ why: expect.stringContaining('names a driver') }],
  });
});

test("osquery's drivers are read", () => {
  const reading = read(fixture('osquery-drivers.txt'));
  expect(reading).toMatchObject({ format: 'osquery', platform: 'windows', unreadable: [] });
  expect(reading.items).toEqual([
    {
      path: 'C:\\Windows\\System32\\drivers\\HarborBus.sys',
      fileName: 'HarborBus.sys',
      serviceName: 'HarborBus',
      displayName: 'Harbor Smart Sound',
      packageVersion: '10.29.0.5152',
      date: '2024-05-13',
      provider: 'Harbor Audio',
      company: 'Harbor Audio',
      lines: [2, 2],
    },
    {
      path: '\\SystemRoot\\System32\\drivers\\monitor.sys',
      fileName: 'monitor.sys',
      serviceName: 'monitor',
      displayName: 'Generic PnP Monitor',
      packageVersion: '10.0.19041.1',
      provider: 'Microsoft',
      company: '(Standard monitor types)',
      originalInf: 'monitor.inf',
      lines: [3, 3],
    },
  ]);
});

test("the folder of the driver store tells the architecture in osquery's rows too", () => {
  const image = 'C:\\Windows\\System32\\DriverStore\\FileRepository\\a.inf_arm64_0a1b\\a.sys';
  const rows = JSON.stringify([{ device_id: 'A', device_name: 'B', image }]);
  expect(driversOf(rows)).toMatchObject([{ fileName: 'a.sys', architecture: 'arm64' }]);
});

test.each([
  ['osquery-kernel-modules.txt', 'linux', { moduleName: 'fjord_net' }],
  ['osquery-kernel-extensions.txt', 'macos', { bundleId: 'com.harbor-audio.driver.bus' }],
  ['osquery-system-extensions.txt', 'macos', { bundleId: 'com.fjord.sensor', version: '7.11' }],
])('%s is read, and tells that it is of %s', (name, platform, last) => {
  const reading = read(fixture(name));
  expect(reading).toMatchObject({ format: 'osquery', platform, unreadable: [] });
  expect(reading.items.at(-1)).toMatchObject(last);
});

test("osquery's CSV is separated by bars", () => {
  const csv = 'device_name|provider|version\nHarbor Smart Sound|Harbor Audio|10.29.0.5152\n';
  expect(driversOf(csv)).toEqual([
    { displayName: 'Harbor Smart Sound', provider: 'Harbor Audio', packageVersion: '10.29.0.5152' },
  ]);
});
