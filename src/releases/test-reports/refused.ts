/** Ends a reading in the middle of a parser's work. */
import type { Refusal } from './reading.ts';

/** Thrown through the parser by a reader, and caught by the same one. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** libxml2 without its huge option draws these two lines in the same place. */
export const depthMax = 256;
export const stretchCharactersMax = 10_000_000;
