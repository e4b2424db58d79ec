/** What a command takes from the process around it: where it reads and writes, and the clock that it waits by. */
import type { Readable } from 'node:stream';
import type { EvaluatorThread } from '../drivers/affected/evaluator-thread.ts';
import type { AnsweredBatch, Batch, FleetJob } from './fleet/fleet-job.ts';

/** The process's own in main.ts; a recording one in tests. Text is written as it is given. */
export interface Terminal {
  /** Data. */
  stdout(text: string): void;
  /** Progress, notes and what went wrong. */
  stderr(text: string): void;
  /** Characters in a line, null where no person looks on: lines are not broken then. */
  columns: number | null;
  colour: boolean;
}

export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Everything that a run takes from the process around it. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  terminal: Terminal;
  clock: Clock;
  /** Null where the command line runs inside another program. */
  process: OwnProcess | null;
}

/** What only a process of its own has, for commands that stream. */
export interface OwnProcess {
  stdin(): Readable;
  /** Resolves once what was written to stdout has left; with false where nobody reads it any more. */
  drained(): Promise<boolean>;
  /** Whether stderr is a screen on which a line can be written over. */
  redraws: boolean;
  /** Aborted when a person wants an end, whom the process from then on obeys only the second time. */
  interruption(): AbortSignal;
  /** Starts a thread that answers batches of machines. */
  startThread(job: FleetJob): FleetThread;
  /** Starts a thread that answers for machines, of the service that is run here. */
  startEvaluator(publicUrl: string): EvaluatorThread;
}

/** As much of a thread as is needed of it. */
export interface FleetThread {
  postMessage(batch: Batch, transfer: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (answer: AnsweredBatch) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): Promise<unknown>;
}
