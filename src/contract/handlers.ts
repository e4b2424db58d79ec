/** The types of the handlers, derived from openapi.yaml: what does not fit the contract does not compile. */
import type { WrittenJson } from './answer.ts';
import type { Caller } from './caller.ts';
import type { ProblemAnswer } from './problems.ts';
import type { RawBody } from './read-body.ts';
import type { operations } from './types.gen.ts';

export type OperationId = keyof operations;

/** What the operation's handler is given: declared, decoded, validated. */
export type Input<K extends OperationId> = InputOf<operations[K]>;

/**
 * What the operation's handler may answer: one of the declared responses, or a problem that any operation may have.
 * A field too many in a body does compile, since TypeScript does not look for those in what a function returns; the
 * tests hold every response against the contract and find it there.
 */
export type Output<K extends OperationId> = OutputOf<operations[K]>;

export type Handler<K extends OperationId> = (request: Input<K>) => Promise<Output<K>>;

/** One for each operation of the contract. A feature provides its own as `Pick<Handlers, 'getGate' | …>`. */
export type Handlers = HandlersOf<operations>;

export type HandlersOf<Operations> = {
  [K in keyof Operations]: (request: InputOf<Operations[K]>) => Promise<OutputOf<Operations[K]>>;
};

/** What every handler is told besides its operation's own parameters and body. */
export interface Call {
  caller: Caller;
  /** As in the log, and in the answer's `X-Request-Id`. */
  requestId: string;
  /** Null where the request did not come over a socket. */
  remoteAddress: string | null;
  /** Aborted where the caller goes away before the answer: there is nobody left to work for. */
  callerGone(): AbortSignal;
}

export type InputOf<Operation> = Call & {
  path: Given<ParametersOf<Operation>, 'path'>;
  query: WithLimit<Given<ParametersOf<Operation>, 'query'>>;
  /** Under their declared names: `headers['If-Match']`. */
  headers: Given<ParametersOf<Operation>, 'header'>;
} & BodyOf<Operation>;

export type OutputOf<Operation> = Operation extends { responses: infer Responses }
  ?
      | { [S in keyof Responses & number]: AnswerOf<S, Responses[S]> }[keyof Responses & number]
      | (Responses extends { default: unknown }
          ? ProblemAnswer<'invalid-request' | 'forbidden'>
          : never)
  : never;

type ParametersOf<Operation> = Operation extends { parameters: infer Parameters }
  ? Parameters
  : never;

/** Nothing declared becomes an object without members. */
type Given<Parameters, Part extends string> = Part extends keyof Parameters
  ? [NonNullable<Parameters[Part]>] extends [never]
    ? Record<never, never>
    : NonNullable<Parameters[Part]>
  : Record<never, never>;

/** The contract gives every `limit` a default, which the loop fills in. */
type WithLimit<Query> = 'limit' extends keyof Query
  ? Omit<Query, 'limit'> & { limit: number }
  : Query;

type BodyOf<Operation> = Operation extends { requestBody?: unknown }
  ? BodyFrom<Operation['requestBody']>
  : unknown;

type BodyFrom<Body> =
  NonNullable<Body> extends { content: infer Content }
    ? [NonNullable<Body>] extends [never]
      ? unknown
      :
          | MediaOf<Content>
          | (undefined extends Body ? { mediaType?: undefined; body?: undefined } : never)
    : unknown;

type MediaOf<Content> = {
  [M in keyof Content & string]: {
    mediaType: M;
    body: M extends Json ? JsonBody<Content[M]> : RawBody;
  };
}[keyof Content & string];

/** JSON that is declared as `type: string, format: binary` comes as its bytes. No body is a mere string otherwise. */
type JsonBody<Declared> = [Declared] extends [string] ? RawBody : Declared;

type Json = 'application/json' | `${string}+json`;

type AnswerOf<Status, Response> = { status: Status } & HeadersOf<Response> & ContentOf<Response>;

type HeadersOf<Response> = Response extends { headers: infer Headers }
  ? Record<never, never> extends Declared<Headers>
    ? { headers?: Declared<Headers> }
    : { headers: Declared<Headers> }
  : never;

/** Without the index signature by which the generated types allow any header. */
type Declared<Headers> = {
  [Name in keyof Headers as string extends Name ? never : Name]: Headers[Name];
};

type ContentOf<Response> = Response extends { content: infer Content }
  ? {
      [M in keyof Content & string]: (IsOne<keyof Content> extends true
        ? { mediaType?: M }
        : { mediaType: M }) & {
        body: M extends Json ? Content[M] | WrittenJson<Content[M]> : string | Uint8Array;
      };
    }[keyof Content & string]
  : { body?: undefined };

type IsOne<T, Each = T> = T extends unknown ? ([Each] extends [T] ? true : false) : never;
