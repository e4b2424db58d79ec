/** What a reader of one format promises. */
import type { Findings } from './findings.ts';
import type { InventoryFormat, Platform } from './inventory.ts';

export interface Recognised {
  format: InventoryFormat;
  platform: Platform | null;
}

export interface TextFormat {
  /** How many of some first lines are such as this format prints; 0 where it is another. */
  tellingLines(sample: readonly string[]): number;
  /**
   * Reads all lines. Every line becomes part of a driver, is known to say nothing of any, or is
   * handed to `findings` as unreadable.
   */
  read(lines: readonly string[], findings: Findings): Recognised;
}
