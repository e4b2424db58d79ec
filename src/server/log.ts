/** The service's log: one JSON object a line on standard error. */
import pino from 'pino';

export type Log = pino.Logger;

/** Never a token: the authorization header is logged by nobody, and is cut out should somebody begin to. */
export function openLog(): Log {
  const redact = ['authorization', 'headers.authorization', 'req.headers.authorization'];
  return pino({ redact, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
