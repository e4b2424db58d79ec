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
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For `--help`. */
export const exitCodesExplained = `Exit codes:
  0  may ship, or done
  1  blocked
  2  still pending: when the wait ended, or at once without --wait
  3  asked wrongly: an argument, a file, something that does not exist
  4  could not ask: network, or a fault of the service`;

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
