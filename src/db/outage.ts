/** Whether an error means that the database is out of reach, rather than that the service is at fault. */

/** Node's errors of a connection. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  // A socket in a folder that is not there while the server is down.
  'ENOENT',
]);

/**
 * SQLSTATE classes and codes: connection exceptions, the server shutting down or starting, too many connections.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const states = /^(08|57P0[123]|53300)/;

/** What node-postgres says in words only. */
const words =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after)/;

export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return network.has(code) || states.test(code) || words.test(error.message);
}
