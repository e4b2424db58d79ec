/** Formats that print one driver on each line. */
import type { InventoryFormat, Platform } from './inventory.ts';
import type { InventoryItem } from './inventory-item.ts';
import { saysNothing } from './lines.ts';
import type { TextFormat } from './text-format.ts';

export interface LineFormat {
  format: InventoryFormat;
  platform: Platform;
  /** Lines that name no driver: headings, sections, notices. */
  isKnown(line: string): boolean;
  /** Null where the line is not one of this format's. */
  driverOf(line: string): InventoryItem | null;
  /** What a line should look like. */
  expected: string;
}

/** `beside`: another whose lines are read too, where people print both in one go. */
export function linePerDriver(lineFormat: LineFormat, beside?: LineFormat): TextFormat {
  const { format, platform, expected } = lineFormat;
  const isKnown = (line: string) => lineFormat.isKnown(line) || beside?.isKnown(line) === true;
  const driverOf = (line: string) => lineFormat.driverOf(line) ?? beside?.driverOf(line) ?? null;
  return {
    tellingLines(sample) {
      const own = (line: string) => lineFormat.isKnown(line) || lineFormat.driverOf(line) !== null;
      const readable = sample.filter((line) => isKnown(line) || driverOf(line) !== null).length;
      // A sentence that happens to end in numbers does not make a text an inventory.
      return readable * 2 >= sample.length ? sample.filter(own).length : 0;
    },
    read(lines, findings) {
      for (const [index, line] of lines.entries()) {
        if (findings.overflowed) break;
        if (saysNothing(line) || isKnown(line)) continue;
        const driver = driverOf(line);
        const number = index + 1;
        if (driver) findings.item(driver, number, number);
        else findings.unread(number, number, `Expected ${expected}.`);
      }
      return { format, platform };
    },
  };
}
