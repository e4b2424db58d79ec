/** What the threads of a fleet are told, and what they say. */
import type { components } from '../../contract/types.gen.ts';
import type { PublicCatalogue } from '../../drivers/affected/public-catalogue.ts';
import type { AnswerForm } from './answer-line.ts';

export type AffectedVerdict = components['schemas']['AffectedVerdict'];
export type AffectedInput = components['schemas']['AffectedInput'];

export interface FleetJob {
  catalogue: PublicCatalogue;
  /** Of every machine whose line does not say it itself. */
  said: Partial<AffectedInput>;
  /** Whether an answer has every incident and driver, or those that something is to be said of. */
  whole: boolean;
  /** Answers to write, besides those to lines that could not be answered; null: all. */
  only: readonly AffectedVerdict[] | null;
  form: AnswerForm;
}

/** Whole lines, each with its end but for the last of a file. */
export interface Batch {
  /** From 1. */
  firstLine: number;
  /** Empty where one line is meant that was too long to be kept. */
  bytes: Uint8Array;
}

export interface AnsweredBatch {
  /** Lines of JSON, in the order of the machines. */
  text: string;
  tally: Tally;
}

export interface Tally {
  /** Numbers of machines. */
  verdicts: Record<AffectedVerdict, number>;
  /** Lines that were answered with a fault. */
  faults: number;
  /** Of how many machines that could not be told about each thing is missing, by what is said of it. */
  missing: Record<string, number>;
}

/** Different things that are counted, so that memory stays the same; `others` has the rest. */
const missingKindsMax = 200;
const others = 'Other things.';

export function emptyTally(): Tally {
  return {
    verdicts: { affected: 0, probably_affected: 0, cannot_tell: 0, not_listed: 0, not_affected: 0 },
    faults: 0,
    missing: {},
  };
}

export function countMissing({ missing }: Tally, details: readonly string[], machines = 1): void {
  for (const detail of details) {
    const isKnown = Object.hasOwn(missing, detail) || Object.keys(missing).length < missingKindsMax;
    const counted = isKnown ? detail : others;
    missing[counted] = (missing[counted] ?? 0) + machines;
  }
}

export function addTally(to: Tally, { verdicts, faults, missing }: Tally): void {
  for (const verdict of Object.keys(verdicts) as AffectedVerdict[]) {
    to.verdicts[verdict] += verdicts[verdict];
  }
  to.faults += faults;
  for (const [detail, machines] of Object.entries(missing)) countMissing(to, [detail], machines);
}

/** How many machines were answered, not counting lines that name none. */
export function machinesIn({ verdicts }: Tally): number {
  return Object.values(verdicts).reduce((sum, count) => sum + count, 0);
}
