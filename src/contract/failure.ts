/** The answer to an exception. What happened goes to the log, never into the answer. */
import type { Answer } from './answer.ts';
import { problem } from './problems.ts';
import { UnreadableBody } from './read-body.ts';

export interface FailureSurroundings {
  log: { error(fields: object, message: string): void };
  /** Whether an error, or what caused it, means that the database is out of reach: 503 instead of 500. */
  isOutage?(error: unknown): boolean;
}

/** 413 or 400 where the body could not be read to its end, 503 in an outage, else 500. */
export function answerToFailure(
  error: unknown,
  requestId: string,
  operation: string | null,
  { log, isOutage }: FailureSurroundings,
): Answer {
  const causes = causesOf(error);
  const unreadable = causes.find((cause) => cause instanceof UnreadableBody);
  if (unreadable) return unreadable.answer;

  if (causes.some((cause) => isOutage?.(cause))) {
    log.error({ err: error, requestId, operation }, 'the database is out of reach');
    // Where it went away during the commit, nobody knows on which side of it.
    const detail =
      'The database is out of reach. Try again soon: a change may have been made all the same, and is not made twice where the Idempotency-Key or the If-Match is the same.';
    return { ...problem('unavailable', detail), headers: { 'retry-after': 5 } };
  }
  log.error({ err: error, requestId, operation }, 'a request failed');
  return problem(
    'internal',
    'This is a fault of the service. Its log has the cause under the id of this request.',
  );
}

/** The error, what caused it, and what caused that. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause && !causes.includes(cause); cause = (cause as Error).cause) {
    causes.push(cause);
  }
  return causes;
}
