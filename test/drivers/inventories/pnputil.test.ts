/** `pnputil /enum-drivers` in every language. */
import { expect, test } from 'vitest';
import { driversOf, fixture, fixtureNames, read } from './fixture.ts';

const sound = {
  originalInf: 'harborsound.inf',
  provider: 'Harbor Audio',
  classGuid: '{4d36e96c-e325-11ce-bfc1-08002be10318}',
  date: '2024-05-13',
  packageVersion: '10.29.0.5152',
  signer: 'Microsoft Windows Hardware Compatibility Publisher',
};
const network = {
  originalInf: 'fjordnet.inf',
  provider: 'Fjord Networks AS',
  classGuid: '{4d36e972-e325-11ce-bfc1-08002be10318}',
  date: '2023-11-02',
  packageVersion: '2.1.0.7',
  signer: 'Fjord Networks AS',
};

test.each(['de', 'fr', 'ja', 'ru', 'zh'])(
  'is read in the language %s as in English',
  (language) => {
    const reading = read(fixture(`pnputil-${language}.txt`));
    expect(reading).toMatchObject({ format: 'pnputil', platform: 'windows', unreadable: [] });
    expect(reading.items).toEqual([
      { ...sound, lines: [3, 9] },
      { ...network, lines: [11, 17] },
    ]);
  },
);

test('an extension has the GUID of its class, not that of the extension', () => {
  expect(driversOf(fixture('pnputil-en.txt'))).toEqual([
    sound,
    {
      ...sound,
      originalInf: 'harborsound_ext.inf',
      classGuid: '{e2f84ce7-8efa-411c-aa69-97454ca4cb57}',
    },
    network,
  ]);
});

test('a wide colon is a colon', () => {
  const wide = fixture('pnputil-zh.txt').replaceAll(': ', '：');
  expect(driversOf(wide)).toEqual([sound, network]);
});

test('the name that a package has on one machine is in no driver', () => {
  for (const name of fixtureNames) {
    expect(JSON.stringify(read(fixture(name)).items), name).not.toMatch(/oem\d+\.inf/i);
  }
});

test('a package that is named as that machine does, and in no other way, is said to be unread', () => {
  const { items, unreadable } = read(fixture('pnputil-e-en.txt'));
  expect(items).toEqual([]);
  expect(unreadable).toMatchObject([{ line: 3, through: 7, text: 'Published name : oem0.inf' }]);
});

test('a lost line moves nothing to another field: labels keep the meaning that they have elsewhere', () => {
  const lines = fixture('pnputil-de.txt').split('\n');
  lines[12] = '%%%%';
  const { items, unreadable } = read(lines.join('\n'));
  const { provider: _, ...rest } = network;
  expect(items[1]).toEqual({ ...rest, lines: [11, 17] });
  expect(unreadable).toMatchObject([{ line: 13, through: 13, text: '%%%%' }]);
});

test('without another package to learn from, a lost line leaves names open rather than wrong', () => {
  const lines = fixture('pnputil-de.txt').split('\n').slice(0, 10);
  lines[4] = '%%%%';
  const { items } = read(lines.join('\n'));
  const { provider: _, signer: __, ...rest } = sound;
  expect(items).toEqual([{ ...rest, lines: [3, 9] }]);
});

test('a version that is none is shown, also in the only package there is', () => {
  const lines = fixture('pnputil-ja.txt').replace('10.29.0.5152', '10.29.#.5152').split('\n');
  const { unreadable } = read(lines.slice(0, 10).join('\n'));
  expect(unreadable).toMatchObject([{ line: 8, why: 'Expected a date and a version.' }]);
});

test('a version that is none is shown, and the package kept', () => {
  const damaged = fixture('pnputil-ja.txt').replace('10.29.0.5152', '10.29.#.5152');
  const { items, unreadable } = read(damaged);
  const { date: _, packageVersion: __, ...rest } = sound;
  expect(items[0]).toMatchObject(rest);
  expect(items[0]).not.toHaveProperty('packageVersion');
  expect(unreadable).toMatchObject([{ line: 8, why: 'Expected a date and a version.' }]);
});
