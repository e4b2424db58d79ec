/** Inputs made to cost time or memory. */
import { expect, test } from 'vitest';
import { usualLimits } from '../../../src/drivers/inventories/inventory.ts';
import { readInventory } from '../../../src/drivers/inventories/read-inventory.ts';
import { fixture } from './fixture.ts';

const kilobyte = 1024;

type Input = (size: number) => Buffer;

/** Fills up to the size with what is repeated. */
function filled(repeated: string, start = ''): Input {
  return (size) => {
    const text = start + repeated.repeat(Math.ceil(size / repeated.length));
    return Buffer.from(text.slice(0, size));
  };
}

const inputs: Record<string, Input> = {
  'one line': filled('a'),
  'blank lines': filled('\n'),
  'carriage returns': filled('\r'),
  'white space': filled(' '),
  'labels without end': filled('a', 'Published Name: oem1.inf\nOriginal Name: a.inf\n'),
  'white space in labels': filled(`${' '.repeat(16_000)}:\n`, 'Published Name: oem1.inf\n'),
  'brackets that open': filled('['),
  'braces that open': filled('{'),
  'objects in objects': filled('{"a":', '[{"device_name":"a","device_id":"b"},'),
  'objects without end': filled('\n  {"device_name":"a","device_id":"b"', '['),
  'small objects': filled('{"device_name":"a","device_id":"b"},', '['),
  quotes: filled('"'),
  'quotes in a table': filled('"a\n', fixture('driverquery-v-en.csv')),
  separators: filled(','),
  'separators in a table': filled(',,,,,,,,,,,,,,,,,,,,,,\n', fixture('pnpsigneddriver.csv')),
  'brackets in extensions': filled(
    `* * AAAAAAAAAA com.a.b (1) ${'[ '.repeat(8000)}\n`,
    fixture('systemextensionsctl.txt'),
  ),
  'users of a module': filled(`a 1 1 ${'a,'.repeat(8000)}!\n`, fixture('lsmod.txt')),
  'a kernel extension': filled(`1 1 0 0 0 ${'a.'.repeat(8000)}\n`, fixture('kmutil.txt')),
  'a long path': filled(`filename: /${'a.ko.'.repeat(3000)}\n`, fixture('modinfo.txt')),
  properties: filled(
    `a${' '.repeat(70)}: {${'a, '.repeat(5000)}\n`,
    fixture('pnpsigneddriver-list.txt'),
  ),
  'half characters': (size) => Buffer.alloc(size, 0xe3),
  'bytes of code pages': (size) =>
    Buffer.alloc(size, Buffer.from('driver \x84\x94\x81 \xe1\n', 'latin1')),
  zeros: (size) => Buffer.alloc(size),
};

/** Of this process alone, in milliseconds: other work of the machine does not count. */
function cost(bytes: Buffer): number {
  const before = process.cpuUsage();
  readInventory(bytes);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const leastOf = (bytes: Buffer) => Math.min(cost(bytes), cost(bytes), cost(bytes));

test.each(Object.entries(inputs))('%s cost no more than their size', (_, input) => {
  const small = leastOf(input(64 * kilobyte));
  const large = leastOf(input(512 * kilobyte));
  // Eight times the size: a cost that grows with its square would be 64 times as much.
  expect(large).toBeLessThan(Math.max(small, 2) * 24);
});

test('of many drivers and many faults, as many are kept as the limits say', () => {
  for (const [name, input] of Object.entries(inputs)) {
    const reading = readInventory(input(512 * kilobyte));
    if (reading.kind !== 'read') continue;
    expect(reading.unreadable.length, name).toBeLessThanOrEqual(usualLimits.listedMax);
    expect(reading.items.length, name).toBeLessThanOrEqual(usualLimits.itemsMax);
  }
});

test.each([
  ['a list', filled('DriverName : a\nDriverVersion : 1\n')],
  ['a table', filled('a.sys,1\n', 'fileName,fileVersion\n')],
  ['objects', filled('{"fileName":"a.sys","fileVersion":"1"},', '[')],
  ['modules', filled('a 1 0\n', 'Module Size Used by\n')],
])('of %s with more drivers than any machine has, the rest is not read', (_, input) => {
  expect(readInventory(input(1000 * kilobyte))).toMatchObject({ kind: 'too_large' });
  const many = leastOf(input(8000 * kilobyte));
  expect(many).toBeLessThan(Math.max(leastOf(input(1000 * kilobyte)), 10) * 4);
});

test('what is beyond the limit is not even looked at', () => {
  expect(cost(Buffer.alloc(50 * 1024 * kilobyte))).toBeLessThan(50);
});
