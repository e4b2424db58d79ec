/** What the catalogue holds, read once: ranges, patterns and conditions ready to be asked. */
import type { Unnamed, VersionOf } from './catalogue.ts';
import type { System } from './commands.ts';
import type { Condition } from './conditions.ts';
import type { Hashed, ToldBy } from './marks.ts';
import type { RecordedRange } from './range-place.ts';
import type { Vouchers } from './vouchers.ts';

export interface RecordedIncident {
  readonly key: string;
  readonly title: string;
  readonly whatToDo: string;
  /** What it says of each product that it concerns: one of them is enough. */
  readonly concerns: ReadonlyMap<string, readonly Concern[]>;
  readonly involvements: readonly Involvement[];
  /** What the others are told by, each once. */
  readonly toldBy: readonly ToldBy[];
  /** Those of them that are told only to a caller who hands in one of the driver's hashes. */
  readonly toldOnMatch: readonly Involvement[];
  /** How others take part that are not known here. */
  readonly unnamed: readonly Unnamed[];
}

export interface Concern {
  /** Null: every version. */
  readonly range: RecordedRange | null;
  readonly conditions: readonly Condition[];
}

export interface RecordedDriver {
  readonly key: string;
  readonly name: string;
  readonly platform: System;
  readonly vouchers: Vouchers;
  readonly hashed: Hashed;
  /** What an item has to say, so that it can be told that it is not this driver. */
  readonly toldBy: ToldBy;
  /** Its part in the incidents of a product, by the product's key. */
  readonly involvements: ReadonlyMap<string, readonly Involvement[]>;
  /** Whether incidents name it only to a caller who hands in one of its hashes. */
  readonly confidential: boolean;
}

/** A driver's part in an incident. */
export interface Involvement {
  readonly incident: RecordedIncident;
  readonly driver: RecordedDriver;
  /** Null: every version. */
  readonly range: RecordedRange | null;
  readonly versionOf: VersionOf;
  /** Whether it is told only to a caller who hands in one of the driver's hashes. */
  readonly onMatch: boolean;
  readonly foundUnaffected: readonly Tried[];
}

/** A driver that was tried and did no harm. */
export interface Tried {
  /** Null: any version. */
  readonly range: RecordedRange | null;
  /** Null: beside every version of ours that is affected. */
  readonly beside: { readonly product: string; readonly range: RecordedRange } | null;
  /** How, and who says so. */
  readonly words: string;
}
