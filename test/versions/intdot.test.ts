/** intdot versions: the strict reading of releases and the loose one of files. */
import { describe, expect, test } from 'vitest';
import { checkVersion, compareVersions, readVersion } from '../../src/versions/index.ts';

describe('one intdot release has one canonical text', () => {
  test.each([
    ['1.0', '1'],
    ['1.0.0', '1'],
    ['01.0', '1'],
    ['1', '1'],
    ['0', '0'],
    ['0.0.00', '0'],
    ['0.1', '0.1'],
    ['1.0.2', '1.0.2'],
    ['10.29.0.5152', '10.29.0.5152'],
    ['291.20240812.0900', '291.20240812.900'],
    ['1.123456789012345678901234567890', '1.123456789012345678901234567890'],
  ])('%s is %s', (text, canonical) => {
    expect(checkVersion('intdot', text)).toMatchObject({ ok: true, canonical });
  });
});

describe('a release version that intdot would cut short is refused where it would stop', () => {
  test.each([
    ['', 0],
    ['270.9.0/1778', 7],
    ['1.2beta', 3],
    ['1.2.', 3],
    ['.5', 0],
    ['1..2', 1],
    ['v1.2', 0],
    [' 1.2', 0],
    ['1.2 ', 3],
    ['-1', 0],
    ['1.-2', 1],
    ['1,2', 1],
    ['1.2\n', 3],
    ['١.٢', 0],
  ])('%j at %i', (text, position) => {
    expect(checkVersion('intdot', text)).toMatchObject({
      ok: false,
      position,
      reason: expect.stringMatching(/^(Write|Put) .*\.$/),
    });
  });
});

describe('intdot compares part by part, as numbers', () => {
  test.each([
    ['1.2', '1.10', -1],
    ['1.2', '1.2.0.0', 0],
    ['1.2', '1.2.0.1', -1],
    ['01.002.0003', '1.2.3', 0],
    ['1.10', '1.9.9.9', 1],
    ['0', '0.0.0', 0],
    ['0', '0.0.1', -1],
    ['9', '10', -1],
    ['99', '100.0', -1],
    ['1.9007199254740992', '1.9007199254740993', -1],
    ['1.99999999999999999999', '1.100000000000000000000', -1],
    ['291.20240719.409', '291.20240719.527', -1],
    ['10.0.26100', '10.0.26100.1742', -1],
  ] as const)('%s against %s', (a, b, expected) => {
    expect(compareVersions('intdot', a, b)).toBe(expected);
    expect(compareVersions('intdot', b, a)).toBe(expected === 0 ? 0 : -expected);
  });
});

describe('a version found on a machine is read up to the first other character', () => {
  test.each([
    ['1.2beta', '1.2'],
    ['10.29.0.5152 (WinBuild.160101.0800)', '10.29.0.5152'],
    ['1..2', '1.0.2'],
    ['.5', '0.5'],
    ['1.2.', '1.2'],
    ['1.2.rc', '1.2'],
    ['10, 29', '10'],
    ['000', '0'],
  ])('%s as %s', (text, canonical) => {
    expect(readVersion('intdot', text)).toMatchObject({ ok: true, version: { canonical } });
  });

  test.each([
    ['', 0],
    ['unknown', 0],
    ['v1.2', 0],
    ['...x1', 3],
  ])('a text without a number in front is not taken for version 0: %j', (text, position) => {
    expect(readVersion('intdot', text)).toMatchObject({ ok: false, position });
    expect(() => compareVersions('intdot', text, '1')).toThrow('cannot be read as intdot');
  });
});
