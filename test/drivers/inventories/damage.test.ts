/** Damage: whatever happens to a line of an inventory, nothing is lost in silence. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InventoryRead } from '../../../src/drivers/inventories/inventory.ts';
import { readInventory } from '../../../src/drivers/inventories/read-inventory.ts';
import { fixture, fixtureNames, read } from './fixture.ts';

/** Another seed finds other things; the one that failed is in the message. */
const run = { seed: 20240719, numRuns: 3000 };

const inventories = fixtureNames.map((name) => {
  const lines = fixture(name).split('\n');
  return { name, lines, silent: silentLines(lines, read(fixture(name))) };
});

/** The lines of a whole inventory that say nothing of any driver: blank ones, headings, brackets. */
function silentLines(lines: string[], reading: InventoryRead): Set<number> {
  const accounted = accountedLines(reading);
  return new Set(lines.map((_, index) => index + 1).filter((line) => !accounted.has(line)));
}

/** The lines that are part of a driver, or listed as unreadable. */
function accountedLines({ items, unreadable }: InventoryRead): Set<number> {
  const ranges = [
    ...items.map(({ lines: [from, to] }) => ({ from, to })),
    ...unreadable.map(({ line, through }) => ({ from: line, to: through })),
  ];
  return new Set(
    ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  );
}

const spot = fc
  .constantFrom(...inventories)
  .chain((inventory) => fc.tuple(fc.constant(inventory), fc.nat(inventory.lines.length - 1)));

/** What can stand in place of a line. */
const garbled = (line: string) =>
  fc.oneof(
    fc.constant(''),
    fc.string({ unit: 'binary', maxLength: 80 }).map((text) => text.replace(/[\r\n]/g, ' ')),
    fc.constant([...line].reverse().join('')),
    fc.nat(line.length).map((at) => line.slice(0, at)),
    fc.nat(line.length).map((at) => line.slice(at)),
    fc
      .tuple(
        fc.nat(line.length),
        fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\\', '\0', '\t'),
      )
      .map(([at, sign]) => line.slice(0, at) + sign + line.slice(at + 1)),
  );

test('every other line of a damaged inventory is part of a driver, silent as before, or listed', () => {
  fc.assert(
    fc.property(
      spot.chain(([inventory, at]) =>
        fc.tuple(fc.constant(inventory), fc.constant(at), garbled(inventory.lines[at] ?? '')),
      ),
      ([{ name, lines, silent }, at, line]) => {
        const reading = readInventory(Buffer.from(lines.with(at, line).join('\n')));
        // Without its heading nobody can tell what a table holds, and that is said loudly.
        if (reading.kind !== 'read') return;
        const accounted = accountedLines(reading);
        const lost = lines
          .map((_, index) => index + 1)
          .filter((number) => number !== at + 1 && !silent.has(number) && !accounted.has(number))
          .filter((number) => lines[number - 1]?.trim() !== '');
        expect(lost, `${name}, line ${at + 1}: ${JSON.stringify(line)}`).toEqual([]);
      },
    ),
    run,
  );
});

test('a line of noise is listed, wherever it stands', () => {
  for (const { name, lines } of inventories) {
    for (let at = 0; at <= lines.length; at++) {
      const reading = readInventory(
        Buffer.from(lines.toSpliced(at, 0, '%%%% noise %%%%').join('\n')),
      );
      if (reading.kind !== 'read')
        throw new Error(`${name} is not recognised with noise at ${at}.`);
      const listed = reading.unreadable.some(({ line, through }) => line <= at + 1 && at < through);
      // The first line apart from all others is where a tool introduces itself.
      const isTitle = reading.format === 'pnputil' && (lines[at] ?? '') === '' && at <= 1;
      // Within quotes, a line of a table is part of a value.
      const isQuoted =
        reading.format.endsWith('_csv') &&
        reading.items.some(({ lines: [from, to] }) => from < at + 1 && at + 1 < to);
      expect(listed || isTitle || isQuoted, `${name}, before line ${at + 1}`).toBe(true);
    }
  }
});

test('a lost line costs the driver that it stood in, and no other', () => {
  for (const { name, lines } of inventories) {
    const whole = read(lines.join('\n')).items;
    for (let at = 0; at < lines.length; at++) {
      const reading = readInventory(Buffer.from(lines.with(at, '%%%% noise %%%%').join('\n')));
      if (reading.kind !== 'read') continue;
      const others = whole.filter(({ lines: [from, to] }) => at + 1 < from || at + 1 > to);
      expect(reading.items, `${name}, line ${at + 1}`).toEqual(expect.arrayContaining(others));
    }
  }
});

test('no bytes at all make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      readInventory(bytes);
    }),
    run,
  );
});

test('an inventory cut off anywhere is read up to there', () => {
  for (const { lines, name } of inventories) {
    const text = lines.join('\n');
    for (let length = 0; length < text.length; length += 37) {
      const reading = readInventory(Buffer.from(text.slice(0, length)));
      expect(['read', 'unrecognised'], name).toContain(reading.kind);
    }
  }
});
