/** Versions as makers of drivers write them. */
import { expect, test } from 'vitest';
import { readFileVersion } from '../../../src/drivers/inventories/file-version.ts';

test.each([
  ['10.29.0.5152', '10.29.0.5152'],
  ['10, 29, 0, 5152', '10.29.0.5152'],
  ['10,29,0,5152', '10.29.0.5152'],
  ['1. 0. 0. 1', '1.0.0.1'],
  ['10.30.00.5152', '10.30.0.5152'],
  ['535.183.01', '535.183.1'],
  ['6.1.7600.16385 (win7_rtm.090713-1255)', '6.1.7600.16385'],
  ['10.0.19041.1 built by: WinDDK', '10.0.19041.1'],
  ['6.52/167.01', '6.52'],
  ['5.10.0-21-amd64', '5.10.0'],
  ['7.11d2', '7.11'],
  ['v1.2.3', '1.2.3'],
  ['Version 1.2 (Build 5)', '1.2'],
  ['5.1, 64 bit', '5.1'],
  ['  2.0 ', '2.0'],
  ['0', '0'],
  ['000.010', '0.10'],
  ['1.2.', '1.2'],
  ['123456789012345678901234567890.1', '123456789012345678901234567890.1'],
])('%j is meant as %s', (text, version) => {
  expect(readFileVersion(text)).toBe(version);
});

test.each([
  [''],
  ['unknown'],
  ['R1.2'],
  ['-1.0'],
  ['0x10'],
  ['2024-05-01'],
  ['05/13/2024'],
  ['1..2'],
  ['10.29,0,5152'],
])('%j is no version, rather than a wrong one', (text) => {
  expect(readFileVersion(text)).toBeNull();
});

test('what is read is read the same again', () => {
  const once = readFileVersion('10, 30, 00, 5152 (main)') ?? '';
  expect(readFileVersion(once)).toBe(once);
});

test('a text of megabytes costs nothing', () => {
  expect(readFileVersion(`1.2${' '.repeat(5_000_000)}3`)).toBe('1.2');
  expect(readFileVersion('1 , '.repeat(1_000_000))).not.toBe('');
});
