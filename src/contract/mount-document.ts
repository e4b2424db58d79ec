/** The mount loop: every path of a document becomes routes, and whatever is no operation becomes a problem. */
import type { Context, Hono } from 'hono';
import { problemType, respond } from './answer.ts';
import type { OpenApiDocument } from './document.ts';
import { answerToFailure } from './failure.ts';
import { type Operation, operationsOf } from './operations.ts';
import { problem } from './problems.ts';
import { requestIdOf } from './request-id.ts';
import { honoPath, mostFixedFirst } from './routes.ts';
import { schemasOf } from './schemas.ts';
import { type AnyHandler, type Surroundings, serveOperation } from './serve-operation.ts';

/**
 * Also answers unknown addresses and stray exceptions as problems, by `app.notFound` and `app.onError`; set these
 * again afterwards where pages need their own. HEAD is answered as GET without its body (hono does so).
 */
export function mountDocument(
  app: Hono,
  document: OpenApiDocument,
  handlers: Readonly<Record<string, AnyHandler>>,
  surroundings: Surroundings,
): void {
  const schemas = schemasOf(document);
  const operations = operationsOf(document);
  for (const path of mostFixedFirst(Object.keys(document.paths))) {
    const here = operations.filter((operation) => operation.path === path);
    for (const operation of here) {
      const handler = handlers[operation.id];
      if (!handler) throw new Error(`Nobody handles ${operation.id}.`);
      app.on(
        operation.method,
        honoPath(path),
        serveOperation(operation, handler, schemas, surroundings),
      );
    }
    app.all(honoPath(path), otherMethods(here));
  }
  app.notFound(answerUnknownAddress);
  app.onError((error, context) => {
    const requestId = requestIdOf(context);
    return respond(answerToFailure(error, requestId, null, surroundings), problemType, requestId);
  });
}

/** The 404 for an address that is none of the contract's. */
export function answerUnknownAddress(context: Context): Response {
  const detail = `There is nothing at ${context.req.path}. The addresses are listed in /openapi.yaml.`;
  return respond(problem('not-found', detail), problemType, requestIdOf(context));
}

/** 204 for OPTIONS, else 405, both with what the address takes (RFC 9110 §10.2.1). */
function otherMethods(operations: readonly Operation[]): (context: Context) => Response {
  const methods = operations.flatMap(({ method }) =>
    method === 'GET' ? ['GET', 'HEAD'] : [method],
  );
  const allow = [...methods, 'OPTIONS'].join(', ');
  return (context) => {
    const { method } = context.req;
    const answer =
      method === 'OPTIONS'
        ? { status: 204 }
        : problem('method-not-allowed', `${method} is not taken here. Use one of: ${allow}.`);
    return respond({ ...answer, headers: { allow } }, problemType, requestIdOf(context));
  };
}
