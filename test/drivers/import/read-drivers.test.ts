/** Files of drivers: CSV, our own JSON and the list of LOLDrivers, and what is wrong in them, place by place. */
import { describe, expect, test } from 'vitest';
import { type DriverFile, readDrivers } from '../../../src/drivers/import/read-drivers.ts';

type Access = 'lab' | 'none';
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (content: string | object, access?: Access): DriverFile => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readDrivers(bytes(text), access === undefined ? {} : { access });
};
function faultsOf(content: string | object, access?: Access) {
  const file = read(content, access);
  if (file.kind === 'unreadable') throw new Error(file.why);
  return file.faults.map(({ place, detail }) => `${place}: ${detail}`);
}
function driversOf(content: string | object, access?: Access) {
  const file = read(content, access);
  if (file.kind === 'unreadable') throw new Error(file.why);
  expect(file.faults).toEqual([]);
  return file.drivers.map(({ driver }) => driver);
}

const columns = 'key,name,vendor,platform,access,aliases,fileNames,sha256';

describe('CSV', () => {
  test('a row is a driver, with what follows from its platform', () => {
    const sha256 = 'A'.repeat(64);
    const [driver] = driversOf(
      `${columns}\ncam,Camera,Example,windows,none,Webcam,a.sys|b.sys,${sha256}`,
    );
    expect(driver).toMatchObject({
      key: 'cam',
      name: 'Camera',
      vendor: 'Example',
      platform: 'windows',
      kind: 'kernel_driver',
      versionScheme: 'intdot',
      access: 'none',
      aliases: ['Webcam'],
      identity: { fileNames: ['a.sys', 'b.sys'], sha256: ['a'.repeat(64)], signers: [] },
    });
  });

  test.each([
    [
      'semicolons, as Excel writes them',
      'sep=;\nkey;name;vendor;platform;access;file name\nm;M;V;linux;lab;m.ko',
    ],
    ['tabs', 'key\tname\tvendor\tplatform\taccess\tfilenames\nm\tM\tV\tlinux\tlab\tm.ko'],
    [
      'other line ends, a mark and empty rows',
      '\uFEFF\r\nKey,Name,Vendor,Platform,Access,FILE_NAME\r\n\r\nm,M,V,linux,lab,m.ko\r\n,,,,,\r\n',
    ],
    ['quotes', 'key,name,vendor,platform,access,fileName\n"m","M","V","linux","lab","m.ko"'],
  ])('with %s', (_, text) => {
    expect(driversOf(text)).toMatchObject([
      { key: 'm', kind: 'kernel_module', identity: { fileNames: ['m.ko'] } },
    ]);
  });

  test('rows of one key are one driver', () => {
    const text =
      'key,name,vendor,platform,access,fileName,signer\na,A,V,windows,lab,a.sys,X\na,,,,,b.sys,X\nb,B,V,macos,lab,c,';
    expect(driversOf(text)).toMatchObject([
      { key: 'a', name: 'A', identity: { fileNames: ['a.sys', 'b.sys'], signers: ['X'] } },
      { key: 'b', kind: 'system_extension' },
    ]);
  });

  test('what is wrong is told line by line, all of it', () => {
    const text = [
      'key,name,vendor,platform,fileNames,sginers',
      'a,A,V,windows,a.sys,',
      ',B,V,windows,b.sys,',
      'a,Other,,,,',
      'c,C,V,windows',
      'd,,,,d.sys,',
      'e,E,V,"windows,e.sys,',
    ].join('\n');
    expect(faultsOf(text, 'lab')).toEqual([
      "line 1: Nothing is known of a column 'sginers'. Did you mean 'signers'?",
      'line 3: It has no key. Give the driver a short name for addresses.',
      "line 4: Its name is 'Other', and on line 2 that of 'a' is 'A'. Write one of them in both.",
      'line 5: It has 4 values where 6 are expected.',
      'line 7: Its quotes do not come out even.',
      "line 6: It has no name. Write it in the column 'name'.",
      "line 6: It has no vendor. Write it in the column 'vendor'.",
      "line 6: It has no platform. Write it in the column 'platform'.",
    ]);
    const slips =
      'key,name,vendor,platform,fileNames\na,A,V,windows,a.sys\na,A,V,windows,\na,B,W,,b.sys';
    expect(faultsOf(slips, 'lab')).toEqual([
      "line 4: Its name is 'B', and on line 2 that of 'a' is 'A'. Write one of them in both.",
      "line 4: Its vendor is 'W', and on line 2 that of 'a' is 'V'. Write one of them in both.",
      "line 3: It adds nothing to what line 2 says of 'a'. Say what it is recognised by, correct the key, or take the row out.",
    ]);
    const idleFirst = 'key,name,vendor,platform,fileNames\na,A,V,windows,\na,A,V,windows,a.sys';
    expect(faultsOf(idleFirst, 'lab')).toEqual([
      "line 2: It adds nothing to what line 3 says of 'a'. Say what it is recognised by, correct the key, or take the row out.",
    ]);
    const spread = 'key,name,vendor,platform,fileNames\na,A,V,windows,\na,,,,a.sys';
    expect(faultsOf(spread, 'lab')).toEqual([]);
    const unsaid = 'key,name,vendor,platform,fileNames\na,A,V,windows,a.sys';
    expect(faultsOf(unsaid)[0]).toMatch(/^line 2: It is not said whether we can get it\./);
    expect(faultsOf(unsaid, 'none')).toEqual([]);
  });
});

const own = {
  key: 'cam',
  name: 'Camera',
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: ['cam.sys'] },
  access: 'lab',
};

describe('JSON', () => {
  test('a list of drivers, or an object that holds one', () => {
    expect(driversOf([own])).toEqual([own]);
    expect(driversOf({ drivers: [own] })).toEqual([own]);
    const { access: _, ...rest } = own;
    expect(driversOf([rest], 'none')).toEqual([{ ...rest, access: 'none' }]);
  });

  test('what is no driver is told by its place', () => {
    expect(faultsOf([own, 'cam', null])).toEqual([
      'entry 2: It is no driver: an object with named fields is needed.',
      'entry 3: It is no driver: an object with named fields is needed.',
    ]);
  });
});

describe('LOLDrivers', () => {
  const hash = 'B'.repeat(64);

  test('the compact extract', () => {
    const sample = {
      originalFilename: 'Orig.sys',
      filename: 'bad64.sys',
      company: 'Bad Co',
      fileVersion: '1.0',
      machine: 'AMD64',
      sha256: hash,
      authentihashSha256: 'c'.repeat(64),
      signer: 'Bad Co Ltd',
    };
    const other = { signer: 'Microsoft Windows Hardware Compatibility Publisher', company: '' };
    const entry = { id: '0AB-1', names: ['bad.sys'], samples: [sample, other] };
    expect(driversOf({ origin: 'x', drivers: [entry] }, 'none')).toEqual([
      {
        key: '0ab-1',
        name: 'bad.sys',
        vendor: 'Bad Co',
        kind: 'kernel_driver',
        platform: 'windows',
        versionScheme: 'intdot',
        identity: {
          fileNames: ['bad.sys', 'bad64.sys'],
          originalFileNames: ['Orig.sys'],
          companies: ['Bad Co'],
          signers: ['Bad Co Ltd'],
          architectures: ['AMD64'],
          sha256: [hash.toLowerCase()],
          authentihashSha256: ['c'.repeat(64)],
        },
        access: 'none',
      },
    ]);
  });

  test('what its API gives', () => {
    const sample = {
      Filename: 'bad.sys',
      OriginalFilename: '',
      SHA256: hash,
      Authentihash: { SHA256: hash, MD5: 'x' },
    };
    const [driver] = driversOf(
      [{ Id: 'x-1', Tags: ['bad.sys'], KnownVulnerableSamples: [sample] }],
      'none',
    );
    expect(driver).toMatchObject({
      key: 'x-1',
      vendor: 'Unknown',
      identity: {
        fileNames: ['bad.sys'],
        originalFileNames: [],
        sha256: [hash.toLowerCase()],
        authentihashSha256: [hash.toLowerCase()],
      },
    });
  });

  test('nobody else says whether we can get them', () => {
    expect(faultsOf([{ id: 'x', samples: [] }])[0]).toMatch(/^entry 1: It is not said whether/);
    expect(faultsOf([{ samples: [] }])).toEqual(['entry 1: It has no id.']);
  });
});

test.each<[string, Uint8Array, string]>([
  ['an archive', bytes('PK\x03\x04'), 'It is a ZIP archive, neither CSV nor JSON.'],
  ['broken JSON', bytes('[{]'), "It can't be read as JSON"],
  ['an object without a list', bytes('{"a": 1}'), 'It is no list of drivers.'],
  ['a table without keys', bytes('name,vendor\na,b'), "Its first line names no column 'key'."],
  ['nothing', bytes(''), "Its first line names no column 'key'."],
])('%s cannot be read', (_, content, why) => {
  const file = readDrivers(content, {});
  expect(file).toEqual({ kind: 'unreadable', why: expect.stringContaining(why) });
});
