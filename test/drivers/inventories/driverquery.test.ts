/** `driverquery /fo csv` in every language and with every switch. */
import { expect, test } from 'vitest';
import { driversOf, fixture, read } from './fixture.ts';

test.each([
  ['en', 'Microsoft ACPI Driver', 'Fjord, Filter'],
  ['de', 'Microsoft ACPI-Treiber', 'Filtertreiber für Fjord-Geräte, größer'],
  ['fr', 'Pilote Microsoft ACPI', 'Filtre réseau à état'],
  ['ja', 'Microsoft ACPI ドライバー', 'フィヨルド フィルター ドライバー'],
  ['ru', 'Драйвер Microsoft ACPI', 'Сетевой фильтр Фьорд'],
])('/v is read in the language %s', (language, acpi, filter) => {
  const reading = read(fixture(`driverquery-v-${language}.csv`));
  expect(reading).toMatchObject({ format: 'driverquery_csv', platform: 'windows', unreadable: [] });
  expect(reading.items).toEqual([
    {
      serviceName: 'ACPI',
      displayName: acpi,
      path: 'C:\\Windows\\system32\\drivers\\ACPI.sys',
      fileName: 'ACPI.sys',
      lines: [2, 2],
    },
    {
      serviceName: 'HarborBus',
      displayName: 'Harbor Audio Bus',
      path: 'C:\\Windows\\System32\\DriverStore\\FileRepository\\harborsound.inf_amd64_5be1c0ffee\\HarborBus.sys',
      fileName: 'HarborBus.sys',
      architecture: 'amd64',
      lines: [3, 3],
    },
    {
      serviceName: 'FjordFlt',
      displayName: filter,
      path: '\\??\\C:\\Program Files\\Fjord\\FjordFlt.sys',
      fileName: 'FjordFlt.sys',
      lines: [4, 4],
    },
    { serviceName: 'ghost', displayName: 'Ghost "legacy" device', lines: [5, 5] },
  ]);
});

test('the date of linking is not taken for the date of the driver', () => {
  for (const driver of driversOf(fixture('driverquery-v-en.csv'))) {
    expect(driver).not.toHaveProperty('date');
  }
});

test('without a heading (/nh) no row is lost', () => {
  const [, ...rows] = fixture('driverquery-v-de.csv').split('\n');
  expect(driversOf(rows.join('\n'))).toEqual(driversOf(fixture('driverquery-v-de.csv')));
});

test('plain rows name the service', () => {
  expect(read(fixture('driverquery-en.csv'))).toMatchObject({
    format: 'driverquery_csv',
    items: [
      { serviceName: 'ACPI', displayName: 'Microsoft ACPI Driver' },
      { serviceName: 'HarborBus', displayName: 'Harbor Audio Bus' },
    ],
    unreadable: [],
  });
});

test('/si is read in a language whose headings are translated', () => {
  const [, ...rows] = fixture('driverquery-si-en.csv').split('\n');
  const german = ['"Gerätename","INF-Name","Signiert","Hersteller"', ...rows].join('\n');
  expect(read(german)).toMatchObject({ format: 'driverquery_csv', unreadable: [] });
  expect(driversOf(german)).toMatchObject([
    { displayName: 'Harbor Smart Sound', company: 'Harbor Audio' },
    { displayName: 'Generic PnP Monitor', originalInf: 'monitor.inf' },
    { displayName: 'HTREE\\ROOT\\0' },
  ]);
});

test('/si in English is read as the class of Windows whose names it bears', () => {
  expect(driversOf(fixture('driverquery-si-en.csv'))).toMatchObject([
    { displayName: 'Harbor Smart Sound', company: 'Harbor Audio' },
    { displayName: 'Generic PnP Monitor', originalInf: 'monitor.inf' },
    { displayName: 'HTREE\\ROOT\\0' },
  ]);
});

test('saved by a spreadsheet with semicolons, it is read the same', () => {
  const saved = fixture('driverquery-v-de.csv').replaceAll('","', '";"');
  expect(driversOf(saved)).toEqual(driversOf(fixture('driverquery-v-de.csv')));
});

test('a lost quote costs one row', () => {
  const damaged = fixture('driverquery-v-en.csv').replace('"HarborBus"', '"HarborBus');
  const { items, unreadable } = read(damaged);
  expect(items.map(({ serviceName }) => serviceName)).toEqual(['ACPI', 'FjordFlt', 'ghost']);
  expect(unreadable).toMatchObject([{ line: 3, through: 3 }]);
});

test('without /v, rows of drivers without a link date are read too', () => {
  const printed =
    '"Module Name","Display Name","Driver Type","Link Date"\n' +
    '"1394ohci","1394 OHCI","Kernel ",""\n"harbor","Harbor","Kernel ","3/21/2024 11:05:11 AM"\n';
  expect(driversOf(printed)).toEqual([
    { serviceName: '1394ohci', displayName: '1394 OHCI' },
    { serviceName: 'harbor', displayName: 'Harbor' },
  ]);
  expect(read(printed).unreadable).toEqual([]);
});
