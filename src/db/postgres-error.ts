/** Reads what PostgreSQL said in an error, whichever driver delivered it and whatever was wrapped around it. */

interface PostgresError {
  /** SQLSTATE, five characters. */
  code: string;
  constraint?: string;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const integrityViolation = '23';
const serializationFailure = '40001';
const deadlockDetected = '40P01';

/** PGlite's errors are of a class of their own, so they are known by their fields. */
function postgresError(error: unknown): PostgresError | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('severity' in at && 'code' in at && typeof at.code === 'string') {
      return at as Error & PostgresError;
    }
  }
  return null;
}

/**
 * The name of the constraint (check, unique, foreign key or exclusion) that refused a change; null for
 * any other error. Looks through `cause`.
 */
export function violatedConstraint(error: unknown): string | null {
  const found = postgresError(error);
  return (found?.code.startsWith(integrityViolation) && found.constraint) || null;
}

/** True where PostgreSQL undid a transaction only because of others running beside it. */
export function lostToAnotherTransaction(error: unknown): boolean {
  const code = postgresError(error)?.code;
  return code === serializationFailure || code === deadlockDetected;
}
