/** The id under which a request stands in the log and in its answer. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';

declare module 'hono' {
  interface ContextVariableMap {
    requestId?: string;
  }
}

/** The caller's own `X-Request-Id` where it is short and plain, else a new one; the same for the whole request. */
export function requestIdOf(context: Context): string {
  const known = context.get('requestId');
  if (known) return known;
  const given = context.req.header('x-request-id');
  const id = given && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID();
  context.set('requestId', id);
  return id;
}
