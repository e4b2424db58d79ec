/** The door: what is recognised, what is refused, and what stands around an inventory. */
import { expect, test } from 'vitest';
import { usualLimits } from '../../../src/drivers/inventories/inventory.ts';
import { readInventory } from '../../../src/drivers/inventories/read-inventory.ts';
import { driversOf, fixture, fixtureNames, read } from './fixture.ts';

const readText = (text: string) => readInventory(Buffer.from(text));

test.each([['\r\n'], ['\r']])(
  'every inventory reads the same with lines that end in %j',
  (lineEnd) => {
    for (const name of fixtureNames) {
      const printed = fixture(name).replaceAll('\n', lineEnd);
      expect(read(printed), name).toEqual(read(fixture(name)));
    }
  },
);

test('the lines of a driver are those that name it', () => {
  const lines = fixture('lsmod.txt').split('\n');
  for (const {
    moduleName,
    lines: [from, to],
  } of read(fixture('lsmod.txt')).items) {
    expect(from).toBe(to);
    expect(lines[from - 1]?.startsWith(`${moduleName} `)).toBe(true);
  }
});

test.each([
  ['PS C:\\Users\\kim> Get-CimInstance Win32_PnPSignedDriver', 'pnpsigneddriver-list.txt'],
  [
    'PS C:\\Users\\kim> Get-CimInstance Win32_PnPSignedDriver | ConvertTo-Json',
    'pnpsigneddriver-json.txt',
  ],
  ['C:\\>driverquery /v /fo csv', 'driverquery-v-en.csv'],
  ['C:\\Windows\\System32>pnputil /enum-drivers', 'pnputil-ru.txt'],
  ['kim@lab:~$ lsmod', 'lsmod.txt'],
  ['$ modinfo harbor_snd fjord_net', 'modinfo.txt'],
  ['kim@mac ~ % systemextensionsctl list', 'systemextensionsctl.txt'],
  ['mac:~ kim$ kmutil showloaded', 'kmutil.txt'],
])('%s, copied along, is not taken for a line of the inventory', (prompt, name) => {
  const reading = read(`${prompt}\n${fixture(name)}`);
  expect(reading.unreadable).toEqual([]);
  const moved = read(fixture(name)).items.map(({ lines: [from, to], ...driver }) => ({
    ...driver,
    lines: [from + 1, to + 1],
  }));
  expect(reading.items).toEqual(moved);
});

test('what a tool says above its JSON is listed, and the JSON read', () => {
  const { items, unreadable } = read(`WARNING: slow\n${fixture('drivers-json.txt')}`);
  expect(items.map(({ lines: [from] }) => from)).toEqual([6, 7]);
  expect(unreadable).toMatchObject([{ line: 1, text: 'WARNING: slow' }]);
});

test('two inventories in one text: one is read, every line of the other is listed', () => {
  const { format, items, unreadable } = read(fixture('modinfo.txt') + fixture('lsmod.txt'));
  expect(format).toBe('modinfo');
  expect(items).toHaveLength(3);
  expect(unreadable.map(({ text }) => text)).toEqual(
    fixture('lsmod.txt').trim().replace(/ +/g, ' ').split('\n'),
  );
});

test.each([
  ['', 'nothing'],
  ['\n \r\n', 'nothing'],
  ['<!DOCTYPE html><html><body>oem1.inf</body></html>', 'an HTML page'],
  ['<?xml version="1.0"?><Drivers/>', 'XML'],
  ['{"name":"holdfast","version":"1.0.0"}', 'JSON that names no driver'],
  ['[]', 'an empty list'],
  ['[null]', 'JSON that names no driver'],
  ['[{"device_name":"a",', 'JSON that names no driver'],
  ['Dear support,\nmy machine crashes.', 'text that begins with "Dear support,"'],
  ['HELLO 1 2\nThe quick brown fox\njumps over\nthe lazy dog', 'text that begins with "HELLO 1 2"'],
  ['a,b,c\n1,2,3', 'text that begins with "a,b,c"'],
])('%j is no inventory, and is never taken for an empty one', (text, seen) => {
  expect(readText(text)).toMatchObject({ kind: 'unrecognised', seen });
});

test.each([
  ['', /^The inventory is empty/],
  ['[ ]\n', /found no driver at all/],
  ['Modulname  Anzeigename\n========== ===========\nACPI       Microsoft\n', /\/v \/fo csv/],
  ['DeviceName  InfName\n=========== ========\nA           oem1.inf\n', /\/v \/fo csv/],
  ['Module Name:    ACPI\nDisplay Name:   ACPI driver\nDriver Type:    Kernel\n', /\/v \/fo csv/],
  ['\nName  PathName\n----  --------\nACPI  C:\\WINDOWS\\syst...\n', /ConvertTo-Json/],
  ['Dear support', /Win32_SystemDriver.*pnputil \/enum-drivers.*modinfo/],
])('who hands in %j is told what to hand in', (text, why) => {
  expect(readText(text)).toMatchObject({
    kind: 'unrecognised',
    why: expect.stringMatching(why),
  });
});

test('a binary file is refused as what it is', () => {
  const reading = readInventory(Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'));
  expect(reading).toMatchObject({ kind: 'unrecognised', seen: 'a ZIP archive' });
});

test.each([
  ['bytesMax', 20, 'more than 20 bytes'],
  ['linesMax', 3, 'more than 3 lines'],
  ['itemsMax', 2, 'more than 2 drivers'],
] as const)('beyond %s it is refused, and the limit said', (limit, most, why) => {
  const bytes = Buffer.from(fixture('lsmod.txt'));
  expect(readInventory(bytes, { ...usualLimits, [limit]: most })).toMatchObject({
    kind: 'too_large',
    why: expect.stringContaining(why),
  });
});

test('unread lines are listed up to a limit, and all of them counted', () => {
  const damaged = fixture('kmutil.txt') + '???\n'.repeat(5);
  const reading = readInventory(Buffer.from(damaged), { ...usualLimits, listedMax: 2 });
  expect(reading).toMatchObject({
    unreadable: [{ line: 7 }, { line: 8 }],
    unreadableTotal: 5,
  });
});

test('what is shown of an unread line is short, on one line and without control characters', () => {
  const damaged = `${fixture('kmutil.txt')}\u0007a\tb${'x'.repeat(5000)}\n`;
  expect(read(damaged).unreadable[0]?.text).toBe(`\ufffda b${'x'.repeat(116)}…`);
});

test('a line longer than any inventory has is listed as such', () => {
  const long = `${fixture('pnputil-en.txt')}Provider Name: ${'x'.repeat(20_000)}\n`;
  expect(driversOf(long)).toEqual(driversOf(fixture('pnputil-en.txt')));
  expect(read(long).unreadable).toMatchObject([{ why: 'It is longer than 16384 characters.' }]);
});

test('a value longer than any name is not taken for one', () => {
  const long = JSON.stringify({ drivers: [{ fileName: 'x'.repeat(5000) }] });
  expect(read(long)).toMatchObject({ items: [], unreadable: [{ line: 1 }] });
});
