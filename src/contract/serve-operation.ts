/** One operation's way from request to response: caller, parameters, body, handler, answer. */
import type { Context } from 'hono';
import { permission } from './access.ts';
import { type Answer, problemType, respond } from './answer.ts';
import type { Caller, Credentials, InvalidCredentials } from './caller.ts';
import { answerToFailure, type FailureSurroundings } from './failure.ts';
import type { Call } from './handlers.ts';
import type { Operation } from './operations.ts';
import { invalidRequest, problem } from './problems.ts';
import { bodyReader } from './read-body.ts';
import { type ParameterValues, parameterReader } from './read-parameters.ts';
import { requestIdOf } from './request-id.ts';
import type { Schemas } from './schemas.ts';

/** What a handler is given, whatever the operation; `handlers.ts` has the exact type for each. */
export interface AnyRequest extends Call, ParameterValues {
  mediaType?: string;
  body?: unknown;
}

export type AnyHandler = (request: AnyRequest) => Promise<Answer>;

/** What the loop needs from the outside. */
export interface Surroundings extends FailureSurroundings {
  authenticate(credentials: Credentials): Promise<Caller | InvalidCredentials>;
}

/** Everything that can be prepared is prepared here, once; a request walks no schema and no document. */
export function serveOperation(
  operation: Operation,
  handler: AnyHandler,
  schemas: Schemas,
  surroundings: Surroundings,
): (context: Context) => Promise<Response> {
  const readParameters = parameterReader(operation, schemas);
  const readBody = bodyReader(operation, schemas);
  const mediaTypes = new Map<number, string | undefined>(
    [...operation.responses].map(([status, { media }]) => [status, media[0]?.mediaType]),
  );

  const answerTo = async (context: Context, requestId: string): Promise<Answer> => {
    const remoteAddress = remoteAddressOf(context);
    const authorization = context.req.header('authorization') ?? null;
    const caller = await surroundings.authenticate({ authorization, remoteAddress });
    if (caller.kind === 'invalid') return unauthenticated(caller.detail, 'invalid_token');
    const refusal = refuse(operation, caller);
    if (refusal) return refusal;

    const parameters = readParameters(context.req);
    const body = await readBody(context.req);
    if (body.kind === 'refused') return body.answer;
    const faults = [...parameters.faults, ...(body.kind === 'faulty' ? body.faults : [])];
    if (faults.length > 0 || body.kind === 'faulty') return invalidRequest(faults);

    const { mediaType, body: value } = body;
    return handler({
      ...parameters.values,
      mediaType,
      body: value,
      caller,
      requestId,
      remoteAddress,
      callerGone: () => context.req.raw.signal,
    });
  };

  return async (context) => {
    const requestId = requestIdOf(context);
    let answer: Answer;
    try {
      answer = await answerTo(context, requestId);
    } catch (error) {
      answer = answerToFailure(error, requestId, operation.id, surroundings);
    }
    const mediaType = answer.mediaType ?? mediaTypes.get(answer.status);
    return respond(answer, mediaType ?? problemType, requestId);
  };
}

function refuse(operation: Operation, caller: Caller): Answer | null {
  switch (permission(operation.access, caller)) {
    case 'granted':
      return null;
    case 'needs_token':
      return unauthenticated('Send a token as `Authorization: Bearer …`.');
    case 'needs_other_role':
      return problem('forbidden', roleNeeded(operation, caller));
  }
}

function roleNeeded({ summary, access }: Operation, caller: Caller): string {
  const allowed = access.kind === 'roles' ? access.roles : [];
  const held = caller.kind === 'token' ? [caller.role] : [];
  return `${summary}: that is for the roles ${allowed.join(', ')}, and this token has the role ${held}. Use another token.`;
}

function unauthenticated(detail: string, error?: string): Answer {
  const challenge = error ? `Bearer realm="holdfast", error="${error}"` : 'Bearer realm="holdfast"';
  return { ...problem('unauthenticated', detail), headers: { 'www-authenticate': challenge } };
}

/** As node-server hands it over; absent where a test calls the app without a socket. */
function remoteAddressOf(context: Context): string | null {
  return context.env?.incoming?.socket?.remoteAddress ?? null;
}
