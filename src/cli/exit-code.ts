/** What the process ends with, so that a pipeline can tell the cases apart. */
import type { components } from '../contract/types.gen.ts';

export const exitCodes = {
  /** May ship, or done. */
  done: 0,
  blocked: 1,
  /** Of what was checked: a signature, or a decision that is decided again. */
  notValid: 1,
  pending: 2,
  /** The question itself was wrong: an argument, a file, a name. Asking again changes nothing. */
  askedWrongly: 3,
  /** There is no answer: network, server, or a fault of this program. */
  couldNotAsk: 4,
  /** Of machines, the gravest of all: an incident concerns one. */
  affected: 5,
  /** Name and version of a driver agree, and nobody said who signed it. */
  probablyAffected: 6,
  /** Something is missing, contradicts itself or could not be read. */
  cannotTell: 7,
  /** A person ended it, as shells say it: 128 and the number of SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For `--help`. */
export const exitCodesExplained = `Exit codes:
  0  may ship, done, or no machine is affected by what is recorded
  1  blocked
  2  still pending: when the wait ended, or at once without --wait
  3  asked wrongly: an argument, a file, something that does not exist
  4  could not ask: network, or a fault of the service
  5  a machine is affected
  6  a machine is probably affected
  7  of a machine it cannot be told
  130  ended by Ctrl-C`;

/** Ends a command: what the person gave is not right. `message` says what would be. */
export class AskedWrongly extends Error {
  override name = 'AskedWrongly';
}

/** Ends a command: no answer was to be had. `message` is one line for the terminal. */
export class CouldNotAsk extends Error {
  override name = 'CouldNotAsk';
  /** `passing` may be over in a moment; asking again after `lasting` is of no use. */
  readonly kind: 'passing' | 'lasting';

  constructor(kind: 'passing' | 'lasting', message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

type Verdict = components['schemas']['Verdict'];

const codeOfVerdict: Readonly<Record<Verdict, ExitCode>> = {
  passed: exitCodes.done,
  passed_with_waivers: exitCodes.done,
  not_applicable: exitCodes.done,
  blocked: exitCodes.blocked,
  pending: exitCodes.pending,
};

/** Throws `CouldNotAsk` for a verdict that only a newer service knows, and for one that contradicts itself. */
export function exitCodeOfDecision(decision: { verdict: string; mayShip: boolean }): ExitCode {
  const { verdict, mayShip } = decision;
  const code = Object.hasOwn(codeOfVerdict, verdict) ? codeOfVerdict[verdict as Verdict] : null;
  if (code === null) {
    throw new CouldNotAsk(
      'lasting',
      `The service answers with the verdict '${verdict}', which this command line does not know. Use the command line of the service's version.`,
    );
  }
  if (mayShip !== (code === exitCodes.done)) {
    throw new CouldNotAsk(
      'lasting',
      `The service answers '${verdict}' and mayShip ${mayShip}, which contradict each other. Use the command line of the service's version.`,
    );
  }
  return code;
}

/** Whether a status is about the moment rather than the question, which may be answered the next time. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

export function exitCodeOfProblem(status: number): ExitCode {
  return isPassing(status) ? exitCodes.couldNotAsk : exitCodes.askedWrongly;
}

type AffectedVerdict = components['schemas']['AffectedVerdict'];

const codeOfMachine: Readonly<Record<AffectedVerdict, ExitCode>> = {
  affected: exitCodes.affected,
  probably_affected: exitCodes.probablyAffected,
  cannot_tell: exitCodes.cannotTell,
  // Of an ordinary machine most drivers are recorded by nobody, which is no fault of it.
  not_listed: exitCodes.done,
  not_affected: exitCodes.done,
};

/** Throws `CouldNotAsk` for a verdict that only a newer service knows. */
export function exitCodeOfMachine(verdict: string): ExitCode {
  const code = Object.hasOwn(codeOfMachine, verdict)
    ? codeOfMachine[verdict as AffectedVerdict]
    : null;
  if (code !== null) return code;
  throw new CouldNotAsk(
    'lasting',
    `The service answers with the verdict '${verdict}', which this command line does not know. Use the command line of the service's version.`,
  );
}

/** Of several machines the gravest one speaks. Takes codes of `exitCodeOfMachine`. */
export function gravestCode(codes: Iterable<ExitCode>): ExitCode {
  const graver = [exitCodes.affected, exitCodes.probablyAffected, exitCodes.cannotTell] as const;
  const seen = new Set(codes);
  return graver.find((code) => seen.has(code)) ?? exitCodes.done;
}
