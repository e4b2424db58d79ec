/** Answers of the service as values: granted, or refused with a problem. */
import type { components } from '../contract/types.gen.ts';
import { sentText } from './connection.ts';
import { printable } from './output/printable.ts';

export type Problem = components['schemas']['Problem'];

/** `text` is what the service sent, to the letter. Strings in `data` and `problem` are safe to print. */
export type Answer<T> = Granted<T> | Refused;

export interface Granted<T> {
  kind: 'granted';
  status: number;
  data: T;
  /** To be sent back as `If-Match`. */
  etag: string | undefined;
  text: string;
}

export interface Refused {
  kind: 'refused';
  status: number;
  problem: Problem;
  text: string;
}

/** What a call of the contract's client comes to. */
interface Outcome {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** Throws `CouldNotAsk` where there is no answer. */
export async function ask<O extends Outcome>(
  call: Promise<O>,
): Promise<Answer<Exclude<O['data'], undefined>>> {
  const { data, error, response } = await call;
  const { status, headers } = response;
  const text = sentText(response);
  // fetchWithin lets nothing through but success and problems.
  return response.ok
    ? {
        kind: 'granted',
        status,
        data: printable(data as Exclude<O['data'], undefined>),
        etag: headers.get('etag') ?? undefined,
        text,
      }
    : { kind: 'refused', status, problem: printable(error as Problem), text };
}
