/** The commands that an answer names can be run as they are, and what they print can be read. */
import { expect, test } from 'vitest';
import { itemCommand, listCommands } from '../../../src/drivers/matching/commands.ts';
import { fixture, read } from '../inventories/fixture.ts';
import { askDriver } from './recorded.ts';

test('what the command for Windows prints is read as it comes', () => {
  const columns = [...listCommands.windows.matchAll(/n="(\w+)"/g)].map(([, name]) => name);
  const values: Record<string, string | null> = {
    serviceName: 'HarborBus',
    path: 'C:\\Windows\\System32\\drivers\\HarborBus.sys',
    fileVersion: '10.29.0.5152',
    sha256: 'AB'.repeat(32),
    signer: 'CN=Harbor Audio, O=Harbor Audio Ltd, C=NO',
  };
  const row = Object.fromEntries(columns.map((name = '') => [name, values[name]]));
  const unsigned = { ...row, fileVersion: '', sha256: null, signer: null };
  const { items, unreadable } = read(JSON.stringify([row, unsigned], null, 4));
  expect(columns).toEqual(Object.keys(values));
  expect(unreadable).toEqual([]);
  const place = { serviceName: 'HarborBus', path: values.path, fileName: 'HarborBus.sys' };
  expect(items).toMatchObject([
    { ...place, fileVersion: '10.29.0.5152', sha256: 'ab'.repeat(32), signer: values.signer },
    place,
  ]);
  expect(items[1]).not.toHaveProperty('sha256');
});

test('what the commands for Linux and macOS print is read as it comes', () => {
  expect(listCommands.linux).toContain('modinfo');
  expect(read(fixture('modinfo.txt')).unreadable).toEqual([]);
  expect(listCommands.macos).toBe('systemextensionsctl list; kmutil showloaded');
  const printed = fixture('systemextensionsctl.txt') + fixture('kmutil.txt');
  expect(read(printed).unreadable).toEqual([]);
});

test('who handed in a printed list is asked for the one that has it all, and not for it again', () => {
  const candidate = { fileName: 'HarborBus.sys', lines: [2, 2] };
  expect(askDriver(candidate)).toMatchObject({
    verdict: 'cannot_tell',
    missing: [{ field: 'fileVersion', command: listCommands.windows }],
  });
  expect(askDriver({ fileName: 'HarborBus.sys' }).missing[0]?.command).toContain('HarborBus.sys');
  const whole = { ...candidate, sha256: 'c'.repeat(64), fileVersion: '10.29' };
  expect(askDriver(whole).missing[0]?.command).toContain('Get-AuthenticodeSignature');
  expect(askDriver(whole).missing[0]?.command).not.toBe(listCommands.windows);
});

test.each([
  { fileName: 'a.sys; Remove-Item C:\\' },
  { fileName: '$(evil).sys' },
  { path: "C:\\drivers\\it's.sys" },
  { moduleName: 'a; rm -rf /' },
  { fileName: '-Recurse' },
])('no name of a file becomes a part of a command: %j', (item) => {
  expect(itemCommand('fileVersion', item, 'windows')).toBe(listCommands.windows);
  expect(itemCommand('version', item, 'linux')).toBe(listCommands.linux);
});
