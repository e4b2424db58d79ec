/** What PowerShell and WMIC print of Windows' classes, as list, CSV and JSON. */
import { expect, test } from 'vitest';
import { driversOf, fixture, read } from './fixture.ts';

const sound = {
  fileName: 'HarborBus.sys',
  displayName: 'Harbor Smart Sound',
  packageVersion: '10.29.0.5152',
  provider: 'Harbor Audio',
  company: 'Harbor Audio',
  classGuid: '{4d36e96c-e325-11ce-bfc1-08002be10318}',
  signer: 'Microsoft Windows Hardware Compatibility Publisher',
};
const monitor = {
  displayName: 'Generic PnP Monitor',
  packageVersion: '10.0.19041.1',
  provider: 'Microsoft',
  company: '(Standard monitor types)',
  originalInf: 'monitor.inf',
  classGuid: '{4d36e96e-e325-11ce-bfc1-08002be10318}',
  compatibleIds: ['*PNP09FF'],
  hardwareIds: ['MONITOR\\HRB0001'],
  signer: 'Microsoft Windows',
};

test('Format-List is read, also where the console broke long values', () => {
  const reading = read(fixture('pnpsigneddriver-list.txt'));
  expect(reading).toMatchObject({ format: 'win32_pnpsigneddriver_list', unreadable: [] });
  expect(reading.items).toEqual([
    {
      ...sound,
      date: '5/12/2024 5:00:00 PM',
      company: 'Harbor Audio Limited Liability Company of the Long Name',
      hardwareIds: ['HDAUDIO\\FUNC_01&VEN_1AB4&DEV_0010&SUBSYS_1AB40001&REV_1000'],
      compatibleIds: ['HDAUDIO\\FUNC_01&VEN_1AB4&DEV_0010'],
      lines: [3, 33],
    },
    { ...monitor, date: '2006-06-21', lines: [35, 63] },
  ]);
});

test("WMIC's list is read, with its ampersands and line ends", () => {
  const printed = fixture('pnpsigneddriver-wmic-list.txt').replaceAll('\n', '\r\r\n');
  const ids = ['HDAUDIO\\FUNC_01&VEN_1AB4&DEV_0010'];
  expect(driversOf(printed)).toEqual([
    { ...sound, date: '2024-05-13', hardwareIds: ids, compatibleIds: ids },
    { ...monitor, date: '2006-06-21' },
  ]);
});

test('a list of ids in braces is a list, whose end may be cut off', () => {
  const printed = fixture('pnpsigneddriver-list.txt').replace(
    'MONITOR\\HRB0001',
    '{A\\1, B\\2...}',
  );
  expect(read(printed).items[1]?.hardwareIds).toEqual(['A\\1']);
});

test('Export-Csv is read, with its type line, its empty values and a value of two lines', () => {
  const { items, unreadable, format } = read(fixture('pnpsigneddriver.csv'));
  expect(format).toBe('win32_pnpsigneddriver_csv');
  expect(unreadable).toEqual([]);
  expect(items).toEqual([
    {
      ...sound,
      date: '5/13/2024 2:00:00 AM',
      compatibleIds: ['HDAUDIO\\FUNC_01&VEN_1AB4&DEV_0010'],
      lines: [3, 3],
    },
    {
      ...monitor,
      displayName: 'Generic "PnP" Monitor',
      date: '6/21/2006 2:00:00 AM',
      lines: [4, 5],
    },
  ]);
});

test.each([
  ['pnpsigneddriver-de.csv', 'Harbor Smart Sound für Geräte'],
  ['pnpsigneddriver-wmic.csv', 'Harbor Smart Sound'],
])('%s is read, whatever its separator and quotes', (name, displayName) => {
  const reading = read(fixture(name));
  expect(reading).toMatchObject({ format: 'win32_pnpsigneddriver_csv', unreadable: [] });
  expect(reading.items[0]).toMatchObject({ displayName, packageVersion: '10.29.0.5152' });
  expect(reading.items).toHaveLength(2);
});

test('tables put one after the other are read through', () => {
  const one = fixture('pnpsigneddriver.csv');
  expect(driversOf(one + one)).toEqual([...driversOf(one), ...driversOf(one)]);
  expect(read(one + one).unreadable).toEqual([]);
});

test('ConvertTo-Json is read, with the lines of each driver', () => {
  const reading = read(fixture('pnpsigneddriver-json.txt'));
  expect(reading).toMatchObject({ format: 'win32_pnpsigneddriver_json', unreadable: [] });
  expect(reading.items).toEqual([
    {
      ...sound,
      date: '2024-05-13',
      hardwareIds: ['HDAUDIO\\FUNC_01&VEN_1AB4&DEV_0010'],
      lines: [2, 24],
    },
    { ...monitor, date: '2006-06-21', lines: [25, 47] },
  ]);
});

test('a single object, and objects on one line, are read as the list is', () => {
  const list = JSON.parse(fixture('pnpsigneddriver-json.txt'));
  const drivers = driversOf(fixture('pnpsigneddriver-json.txt'));
  expect(driversOf(JSON.stringify(list))).toEqual(drivers);
  expect(driversOf(JSON.stringify(list[0], null, 2))).toEqual(drivers.slice(0, 1));
  expect(driversOf(`${JSON.stringify(list[0])}\n${JSON.stringify(list[1])}\n`)).toEqual(drivers);
});

test('services of kernel drivers are read with their paths', () => {
  expect(read(fixture('systemdriver-list.txt'))).toMatchObject({
    format: 'win32_systemdriver_list',
    items: [
      { serviceName: 'HarborBus', fileName: 'HarborBus.sys', architecture: 'amd64' },
      { serviceName: 'FjordFlt', path: '\\??\\C:\\Program Files\\Fjord\\FjordFlt.sys' },
    ],
    unreadable: [],
  });
});

test('Get-WindowsDriver names the INF that the maker named', () => {
  expect(read(fixture('windowsdriver-list.txt'))).toMatchObject({
    format: 'windowsdriver_list',
    items: [
      { originalInf: 'harborsound.inf', architecture: 'amd64', date: '2024-05-13' },
      { originalInf: 'fjordnet.inf', architecture: 'arm64', packageVersion: '2.1.0.7' },
    ],
    unreadable: [],
  });
});

test('of a file the four numbers count, before what somebody typed beside them', () => {
  expect(read(fixture('versioninfo-json.txt'))).toMatchObject({
    format: 'versioninfo_json',
    items: [
      { fileName: 'HarborBus.sys', fileVersion: '10.29.0.5152', productVersion: '10.29' },
      { fileName: 'FjordFlt.sys', originalFileName: 'fjordflt.sys', fileVersion: '2.1.0.7' },
    ],
    unreadable: [],
  });
});

test('a damaged line of a list is shown, and costs its property alone', () => {
  const damaged = fixture('pnpsigneddriver-list.txt').replace('DriverName              :', '%%%%');
  const { items, unreadable } = read(damaged);
  expect(items).toHaveLength(2);
  expect(items[0]).not.toHaveProperty('fileName');
  expect(unreadable).toMatchObject([{ line: 20, text: '%%%% HarborBus.sys' }]);
});

test('a damaged name is shown, where it still looks like one', () => {
  const damaged = fixture('pnpsigneddriver-list.txt').replace('DriverVersion', 'DriwerVersion');
  expect(read(damaged).unreadable).toMatchObject([{ line: 22 }]);
});

test('a blank line within a value does not make one driver two', () => {
  const printed = fixture('pnpsigneddriver-list.txt');
  const broken = printed.replace(/^DriverVersion/m, '\nDriverVersion');
  expect(driversOf(broken)).toEqual(driversOf(printed));
});

test('where the first line of a driver is lost, the next one keeps its own', () => {
  const lines = fixture('pnpsigneddriver-list.txt').split('\n');
  const { items, unreadable } = read(lines.with(2, '%%%%').join('\n'));
  expect(items.map(({ lines: [from, to] }) => [from, to])).toEqual([
    [4, 33],
    [35, 63],
  ]);
  expect(unreadable).toMatchObject([{ line: 3 }]);
});

test('services are read as CSV and JSON too', () => {
  const row = {
    Name: 'HarborBus',
    PathName: 'C:\\drivers\\HarborBus.sys',
    ServiceType: 'Kernel Driver',
  };
  const driver = { serviceName: 'HarborBus', fileName: 'HarborBus.sys', path: row.PathName };
  const quoted = (values: string[]) => values.map((value) => `"${value}"`).join(',');
  const csv = [quoted(Object.keys(row)), quoted(Object.values(row))].join('\n');
  expect(driversOf(csv)).toEqual([driver]);
  expect(driversOf(JSON.stringify([row]))).toEqual([driver]);
});

test('a lost blank line does not make two drivers one', () => {
  const printed = fixture('pnpsigneddriver-list.txt');
  expect(driversOf(printed.replaceAll('\n\n', '\n'))).toEqual(driversOf(printed));
});
