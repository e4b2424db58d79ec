/** Turns the plain answers of handlers and of the loop into responses. */
import { isJson } from './media-type.ts';

/** What handlers return, whatever the operation; `handlers.ts` has the exact type for each. */
export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string | number>>;
  /** Needed only where the contract declares several for the status. */
  mediaType?: string;
  /** A value or `WrittenJson` for JSON, text or bytes otherwise, absent where the response has no content. */
  body?: unknown;
}

/** A value that is written as JSON already: a handler may answer it in the value's place. Bytes are UTF-8. */
export class WrittenJson<Value> {
  /** Only says what is written. */
  declare readonly value: Value;
  readonly written: string | Uint8Array<ArrayBuffer>;

  constructor(written: string | Uint8Array<ArrayBuffer>) {
    this.written = written;
  }
}

export const problemType = 'application/problem+json';

/** A problem is given the request's id as its `instance`. */
export function respond(answer: Answer, mediaType: string, requestId: string): Response {
  const headers: Record<string, string> = { 'x-request-id': requestId };
  for (const name in answer.headers) headers[name] = String(answer.headers[name]);
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });

  const { status, body } = answer;
  if (!isJson(mediaType)) {
    headers['content-type'] = typeof body === 'string' ? `${mediaType}; charset=utf-8` : mediaType;
    return new Response(body as string | Uint8Array<ArrayBuffer>, { status, headers });
  }
  headers['content-type'] = mediaType;
  if (body instanceof WrittenJson) return new Response(body.written, { status, headers });
  const instance = `urn:holdfast:request:${requestId}`;
  const value = mediaType === problemType ? { ...(body as object), instance } : body;
  return new Response(JSON.stringify(value), { status, headers });
}
