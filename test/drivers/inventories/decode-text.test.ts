/** Inventories come in the encoding of whatever machine, console and tool wrote them. */
import { expect, test } from 'vitest';
import { decodeText } from '../../../src/drivers/inventories/decode-text.ts';
import { encode } from './encode.ts';
import { fixture, fixtureNames, read } from './fixture.ts';

test.each([
  ['utf-8', 'utf-8', 'as_valid'],
  ['utf-8 with mark', 'utf-8', 'by_mark'],
  ['utf-16le with mark', 'utf-16le', 'by_mark'],
  ['utf-16be with mark', 'utf-16be', 'by_mark'],
  ['utf-16le', 'utf-16le', 'by_zeros'],
  ['utf-16be', 'utf-16be', 'by_zeros'],
])('every inventory reads the same in %s', (encoding, name, told) => {
  for (const file of fixtureNames) {
    const { encoding: chosen, ...rest } = read(encode(fixture(file), encoding));
    expect(chosen, file).toEqual({ name, told });
    const { encoding: _, ...plain } = read(fixture(file));
    expect(rest, file).toEqual(plain);
  }
});

test.each([
  ['driverquery-v-de.csv', 'cp850'],
  ['driverquery-v-de.csv', 'windows-1252'],
  ['driverquery-v-ja.csv', 'shift_jis'],
  ['driverquery-v-ru.csv', 'ibm866'],
  ['driverquery-v-ru.csv', 'windows-1251'],
  ['pnputil-de.txt', 'cp850'],
  ['pnputil-de.txt', 'windows-1252'],
  ['pnputil-fr.txt', 'windows-1252'],
  ['pnputil-ja.txt', 'shift_jis'],
  ['pnputil-ru.txt', 'ibm866'],
  ['pnputil-ru.txt', 'windows-1251'],
  ['pnputil-zh.txt', 'gbk'],
  ['pnpsigneddriver-de.csv', 'windows-1252'],
])('%s in %s is read, and the choice is said to be one', (file, encoding) => {
  const reading = read(encode(fixture(file), encoding));
  expect(reading.encoding).toEqual({ name: encoding, told: 'as_likeliest' });
  const { encoding: _, ...plain } = read(fixture(file));
  expect(reading).toMatchObject(plain);
});

type Part = [text: string, encoding: string];
const table = (name: string) => `fileName,fileVersion\r\n${name}.sys,1.2\r\n`;
const first = table('a');
const second = table('b');

test.each<[string, ...Part[]]>([
  ['appended by PowerShell', [first, 'utf-8'], [second, 'utf-16le']],
  ['appended with its mark', [first, 'utf-8'], [second, 'utf-16le with mark']],
])('text and UTF-16 in one file are both read: %s', (_, ...parts) => {
  const bytes = Buffer.concat(parts.map(([text, encoding]) => encode(text, encoding)));
  const { items, unreadable } = read(bytes);
  expect(items.map(({ fileName }) => fileName)).toEqual(['a.sys', 'b.sys']);
  expect(unreadable).toEqual([]);
});

test.each<[string, ...Part[]]>([
  ['UTF-16, then text', [first, 'utf-16le with mark'], [second, 'utf-8']],
  ['more than one change', [first, 'utf-8'], [second, 'utf-16le'], [first, 'utf-8']],
  ['UTF-16 the other way round', [first, 'utf-8'], [second, 'utf-16be']],
  ['far down', [`${first}${'c.sys,1\r\n'.repeat(1000)}é,1\r\n`, 'utf-8'], [second, 'utf-16le']],
])('where two encodings cannot be told apart, their lines are unread: %s', (_, ...parts) => {
  const bytes = Buffer.concat(parts.map(([text, encoding]) => encode(text, encoding)));
  expect(read(bytes).unreadableTotal).toBeGreaterThan(0);
});

test('the letters of cp437 are read, as those of cp850', () => {
  const bytes = Buffer.from('Ger\x84tetr\x84ger f\x81r gr\x94\xe1ere ni\xa4os', 'latin1');
  expect(decodeText(bytes)).toMatchObject({ text: 'Geräteträger für größere niños' });
});

test('one damaged byte does not turn a whole UTF-8 text into another encoding', () => {
  const whole = Buffer.from(fixture('pnputil-ja.txt'));
  const damaged = Buffer.concat([whole, Buffer.from([0x41, 0xe3, 0x81, 0x0a])]);
  const reading = read(damaged);
  expect(reading.encoding).toEqual({ name: 'utf-8', told: 'as_likeliest' });
  expect(reading.items).toEqual(read(whole).items);
});

test('the trademark sign of an English machine is one', () => {
  const bytes = Buffer.from('"a","Intel\xae Audio","Kernel","1/1/2024"', 'latin1');
  expect(decodeText(bytes)).toMatchObject({
    encoding: { name: 'windows-1252', told: 'as_likeliest' },
    text: '"a","Intel® Audio","Kernel","1/1/2024"',
  });
});

test.each([
  ['a ZIP archive', Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1')],
  ['a gzip archive', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
  ['a Windows program', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
  ['a Windows event log', Buffer.from('ElfFile\0\0\0\0\0', 'latin1')],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1')],
  ['a PDF', Buffer.from('%PDF-1.7\n')],
])('%s is named as what it is', (seen, bytes) => {
  expect(decodeText(bytes)).toEqual({ kind: 'binary', seen });
});

test('bytes of no kind are no text', () => {
  const noise = Uint8Array.from({ length: 5000 }, (_, index) => ((index * 7919) % 251) % 32);
  expect(decodeText(noise).kind).toBe('binary');
});
