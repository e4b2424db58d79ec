/** Problems after RFC 9457: the one table of their kinds, and the one way to make them. */
import type { components } from './types.gen.ts';

/** The slug is the end of the problem's `type`, the status and title never vary for it. */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request does not fit the contract' },
  unauthenticated: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  conflict: { status: 409, title: 'It cannot be done as things stand' },
  'gate-refused': { status: 409, title: 'The gate refuses' },
  'precondition-failed': { status: 412, title: 'It changed since it was read' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of the wrong type' },
  unprocessable: { status: 422, title: 'The request is well-formed, but not possible' },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
  },
  'precondition-required': { status: 428, title: 'The change needs If-Match' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service cannot answer right now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemSlug = keyof typeof problemKinds;

export type Problem = components['schemas']['Problem'];

/** One place to look at: a JSON pointer into the body, or a parameter's name. */
export type ProblemFault = NonNullable<Problem['errors']>[number];

/** An answer that a handler can return as it is. */
export interface ProblemAnswer<S extends ProblemSlug = ProblemSlug, Extra = unknown> {
  status: (typeof problemKinds)[S]['status'];
  headers?: Readonly<Record<string, string>>;
  body: Problem & Extra;
}

/**
 * `detail` is a full sentence that tells the reader what to do next. `extra` are further members, such as `errors` or
 * the gate's `decision`; the loop adds `instance`.
 */
export function problem<S extends ProblemSlug, Extra extends object = object>(
  slug: S,
  detail: string,
  extra?: Extra,
): ProblemAnswer<S, Extra> {
  const { status, title } = problemKinds[slug];
  const body = { type: `/problems/${slug}`, title, status, detail, ...extra } as Problem & Extra;
  return { status, body };
}

/** How many faults an answer lists at the most. */
export const faultsListedMax = 50;

/** The 400 for whatever does not fit the contract, `faults` in the order in which they were found; at least one. */
export function invalidRequest(faults: readonly ProblemFault[]): ProblemAnswer<'invalid-request'> {
  return problem('invalid-request', summaryOf(faults), {
    errors: faults.slice(0, faultsListedMax),
  });
}

/** The 422 for what fits the contract but is not possible, such as a reference to something that does not exist. */
export function unprocessable(faults: readonly ProblemFault[]): ProblemAnswer<'unprocessable'> {
  return problem('unprocessable', summaryOf(faults), { errors: faults.slice(0, faultsListedMax) });
}

function summaryOf(faults: readonly ProblemFault[]): string {
  const [first] = faults;
  if (!first) throw new Error('A problem without a fault.');
  const place = first.parameter ?? (first.pointer === '' ? 'the body' : first.pointer);
  const sentence = `${place ? `${place}: ` : ''}${first.detail}`.replace(/[^.?!]$/, '$&.');
  if (faults.length === 1) return sentence;
  if (faults.length <= faultsListedMax) return `${faults.length} faults. First, ${sentence}`;
  return `More than ${faultsListedMax} faults, of which as many are listed. First, ${sentence}`;
}
