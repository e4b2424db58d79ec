/** The one way in which a handler changes anything: one transaction, with its audit row, answered once. */
import type { Transaction } from 'kysely';
import type { Database } from './rows.gen.ts';

/** The transaction that a change is made in. */
export type Change = Transaction<Database>;

/** An answer as handlers give it. */
export interface Answer {
  status: number;
}

/** Marks an answer that rests on a change, with what the audit trail says of it. */
export interface Written<Output> {
  kind: 'written';
  answer: Output;
  /** What was written, as an address: `/v1/incidents/HF-2024-0001`. */
  subject: string;
  /** What was written there, as JSON. Never a secret. */
  change: unknown;
}

export function written<Status extends number, Output extends { status: Status }>(
  answer: Output,
  { subject, change }: { subject: string; change: unknown },
): Written<Output> {
  return { kind: 'written', answer, subject, change };
}

/** What the door needs to know of a request. */
export interface WriteRequest {
  caller: { kind: 'anonymous' } | { kind: 'token'; tokenId: string; name: string; role: string };
  requestId: string;
  remoteAddress: string | null;
  headers: object;
  path: object;
  query: object;
  body?: unknown;
  /** Stands for the body where that is a stream: equal for equal bytes. */
  fingerprint?: string;
}

/** What a call is answered in the end. */
export type AnswerOf<Result> = Result extends Written<infer Output> ? Output : Result;

/**
 * Runs `work` in a transaction. Where it answers `written(…)`, the change is committed together with its audit row
 * and, for an `Idempotency-Key`, the answer itself, which a repeated call gets again. Any other answer, or an error,
 * leaves nothing behind. `work` may run more than once, so it speaks to the database only.
 */
export type Write = <Result extends Answer | Written<Answer>>(
  request: WriteRequest,
  operation: string,
  work: (change: Change) => Promise<Result>,
) => Promise<AnswerOf<Result>>;

/** Who writes. Only operations that ask for a token write anything. */
export function writerOf(request: Pick<WriteRequest, 'caller'>): string {
  return tokenOf(request).name;
}

/** The token that a write is made with. */
export function tokenOf({ caller }: Pick<WriteRequest, 'caller'>): {
  tokenId: string;
  name: string;
  role: string;
} {
  if (caller.kind === 'anonymous') throw new Error('A write without a token.');
  return caller;
}
