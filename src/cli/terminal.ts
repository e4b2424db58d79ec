/** Where a command writes, and the clock that it waits by. */

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
}
