/** What reading a test report can come to, and what a reader of one format promises. */
import type { CaseCounts } from './test-case.ts';

export type ReportFormat = 'junit' | 'trx' | 'xunit' | 'nunit' | 'ctrf';

/** Where in the text; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Why a report was refused. Every `reason` is made of full sentences that say what to do. */
export type Refusal =
  | ({ kind: 'fault'; reason: string } & Place)
  | { kind: 'too_large'; bytesMax: number; reason: string }
  /** Readable, but none of the formats understood. `seen` says what stands there instead. */
  | { kind: 'unrecognised'; seen: string; reason: string };

/**
 * The outcome of reading a report. After a refusal, cases that were handed on before it
 * are worth nothing: they come from a broken file.
 */
export type Reading =
  | {
      kind: 'read';
      format: ReportFormat;
      counts: CaseCounts;
      /**
       * Why the run as a whole is not to be trusted, though the file is whole: it was cut short, or broke outside of
       * any case, so that cases may be missing. One line in the reporter's words; null where the report says nothing.
       */
      aborted: string | null;
    }
  | Refusal;

/** Reads one format from its characters, in whatever pieces they come. */
export interface ReportReader {
  /** Takes the next characters. After a refusal it must not be called again. */
  push(text: string): Refusal | undefined;
  /** Says that no more will come. */
  end(): Reading;
  /** How far it has read. */
  place(): Place;
}

export function fault(place: Place, reason: string): Refusal {
  return { kind: 'fault', line: place.line, column: place.column, reason };
}
