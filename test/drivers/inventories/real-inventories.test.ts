/** Real inventories: ../shared/data/inventories, of unknown origin and licence, read where present. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { driversOf, read } from './fixture.ts';

const folder = new URL('../../../../shared/data/inventories/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, folder));

describe.skipIf(!existsSync(folder))('with the real inventories beside the project', () => {
  test('every one is read to its last line', () => {
    for (const name of readdirSync(folder)) {
      const { items, unreadable } = read(bytesOf(name));
      expect(items.length, name).toBeGreaterThan(0);
      expect(unreadable, name).toEqual([]);
    }
  });

  test('driverquery: services and files', () => {
    expect(driversOf(bytesOf('driverquery-v-fo-csv.csv'))).toMatchObject([
      { serviceName: 'ACPI', fileName: 'ACPI.sys' },
      { serviceName: 'tcpip', fileName: 'tcpip.sys' },
      { serviceName: 'Wof', fileName: 'Wof.sys' },
    ]);
  });

  test('pnputil in English: packages, versions and dates', () => {
    expect(driversOf(bytesOf('pnputil-enum-drivers-en.txt'))).toMatchObject([
      { originalInf: 'nv_dispig.inf', packageVersion: '32.0.15.6094', date: '2024-08-14' },
      { originalInf: 'nvvad.inf', packageVersion: '4.65.0.3', date: '2024-02-28' },
      { originalInf: 'iigd_dch.inf', packageVersion: '31.0.101.0', date: '2024-01-01' },
    ]);
  });

  test('pnputil in German: also packages that are cut short', () => {
    expect(driversOf(bytesOf('pnputil-enum-drivers-de.txt'))).toEqual([
      {
        originalInf: 'amdacpbus.inf',
        provider: 'AMD',
        classGuid: '{4d36e97d-e325-11ce-bfc1-08002be10318}',
        packageVersion: '6.0.0.71',
        date: '2023-05-09',
      },
      { originalInf: 'amdacpbusext.inf', provider: 'AMD' },
      { originalInf: 'amdafd.inf', provider: 'AMD' },
    ]);
  });

  test('Win32_PnPSignedDriver as a list: two objects whose properties differ in order', () => {
    expect(driversOf(bytesOf('win32_pnpsigneddriver-list.txt'))).toMatchObject([
      { packageVersion: '20.10.1.3', date: '2017-10-23', company: 'Intel Corporation' },
      { fileName: 'IntcDAud.sys', packageVersion: '10.26.0.1' },
    ]);
  });

  test('lsmod: ten modules', () => {
    expect(driversOf(bytesOf('lsmod-head.txt'))).toHaveLength(10);
  });

  test('modinfo: one module, whose signature takes several lines', () => {
    expect(driversOf(bytesOf('modinfo-ast.txt'))).toMatchObject([
      { moduleName: 'ast', fileName: 'ast.ko', srcversion: '7E39455BCA2D11E968D8B2B' },
    ]);
  });
});
