/** What each kind of problem means, and what to do about it. Its status and title are the contract's. */
import type { ProblemSlug } from '../../contract/problems.ts';

/** Two sentences or three, the last of which says what to do. */
export const problemExplanations: Readonly<Record<ProblemSlug, string>> = {
  'invalid-request':
    'A parameter or the body is not as the contract declares it: a field is missing, unknown or of the wrong type. Every fault is listed in `errors` with a JSON pointer or the parameter’s name. Correct them and send the request again.',
  unauthenticated:
    'The operation needs a token, and none came, or one that is unknown, expired or revoked. Send a valid one as `Authorization: Bearer …`; an administrator makes it.',
  forbidden:
    'The token is valid, but its role may not do this, or it is bound to other products. Use a token of one of the roles listed with the operation.',
  'not-found':
    'There is no such thing, or the caller may not know of it; both are answered alike. Check the address, and whether the token may read what you look for.',
  'method-not-allowed':
    'The address exists, but does not take this method. The `Allow` header lists those that it takes.',
  conflict:
    'The request is right, but what it is about stands in its way, for example a record that is not in the state for this step. The detail says what would have to be so; read the thing again and decide.',
  'gate-refused':
    'The release was not recorded as shipped, because it may not enter this ring. The answer holds the decision with every requirement and its next step. Meet them, or ask for a waiver where one is possible.',
  'precondition-failed':
    'Somebody changed the thing after you read it: your `If-Match` names an older revision. Read it again, repeat your change on what you find, and send the new `ETag`.',
  'too-large':
    'The body is larger than the operation takes. The detail says how much it takes; send less at once.',
  'unsupported-media-type':
    'The body came as a type that the operation does not read, or compressed. Send it as one of the types listed with the operation.',
  unprocessable:
    'The body is well-formed, but cannot be: it names something that does not exist, or says two things that cannot both hold. Every place is listed in `errors`; correct them and send the request again.',
  'idempotency-key-reused':
    'The same `Idempotency-Key` came before with another request. Use a new key for every new request, and the same one only to repeat it.',
  'precondition-required':
    'What exists is changed only by somebody who has read it. Read it first, and send its `ETag` as `If-Match`.',
  'too-many-requests':
    'Too many requests came from here in a short time. Wait as long as `Retry-After` says.',
  internal:
    'The service failed. Try again; if it stays, give the operator the `instance` of the problem, under which the log has the cause.',
  unavailable:
    'The database is out of reach, so nothing can be answered truthfully. A change may have been made all the same: repeat it with the same `Idempotency-Key` or `If-Match` after the time that `Retry-After` says, and it is not made twice.',
};
