/** One run of one command: the service it asks, and how it hands on what it hears. */
import type { Answer, Refused } from './answer.ts';
import { type Client, connect } from './connection.ts';
import { type ExitCode, exitCodeOfProblem, exitCodes } from './exit-code.ts';
import { type Colours, colours } from './output/colour.ts';
import { describeProblem, type Typed } from './output/problem.ts';
import { drawTable, type Table } from './output/table.ts';
import type { Clock, Surroundings } from './terminal.ts';

/** The options of every command that asks the service. */
export interface ConnectionOptions {
  url?: string;
  token?: string;
  json?: true;
}

/** Where the service is looked for when nothing is said. */
export const defaultUrl = 'http://127.0.0.1:8080';

export interface Session {
  /** Where the service is asked. */
  url: string;
  client: Client;
  clock: Clock;
  colours: Colours;
  /** Prints data, for people. Nothing with `--json`. */
  print(text: string): void;
  /** Prints data, for people, as a table. Nothing with `--json`. */
  printTable(table: Table): void;
  /** Prints progress, or something that is not the answer. */
  note(text: string): void;
  /** Prints what the service sent, to the letter. Nothing without `--json`. */
  pass(answer: { text: string }): void;
  /** Ends with a problem: prints it, and gives the exit code. */
  refuse(answer: Refused): ExitCode;
  /** Ends with an answer: prints it, and gives the exit code. */
  show<T>(answer: Answer<T>, print: (data: T) => void): ExitCode;
}

/** Throws `AskedWrongly` where the address or the token cannot be right. */
export function openSession(
  options: ConnectionOptions,
  surroundings: Surroundings,
  typed: Omit<Typed, 'token'>,
): Session {
  const { env, terminal, clock } = surroundings;
  const forPeople = options.json !== true;
  const url = options.url ?? (env.HOLDFAST_URL || defaultUrl);
  const token = options.token ?? (env.HOLDFAST_TOKEN || undefined);
  const session: Session = {
    url,
    client: connect({ url, token }),
    clock,
    colours: colours(terminal.colour),
    print(text) {
      if (forPeople) terminal.stdout(`${text}\n`);
    },
    printTable(table) {
      session.print(drawTable(table, terminal.columns, session.colours));
    },
    note(text) {
      terminal.stderr(`${text}\n`);
    },
    pass({ text }) {
      if (!forPeople && text !== '') terminal.stdout(text.endsWith('\n') ? text : `${text}\n`);
    },
    refuse(answer) {
      session.pass(answer);
      if (forPeople) {
        session.note(describeProblem(answer, { ...typed, token: token !== undefined }));
      }
      return exitCodeOfProblem(answer.status);
    },
    show(answer, print) {
      if (answer.kind === 'refused') return session.refuse(answer);
      session.pass(answer);
      if (forPeople) print(answer.data);
      return exitCodes.done;
    },
  };
  return session;
}
