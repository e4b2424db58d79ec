/** How documents answer over HTTP, the same for products, checks and drivers. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import { checkIfMatch, etag } from '../contract/if-match.ts';
import { pageOf } from '../contract/page.ts';
import { problem } from '../contract/problems.ts';
import { written } from '../db/write.ts';
import type { Precondition, PutOutcome, StoredDocument } from './store.ts';

/** A page of documents by key. `find` is given where to begin and how many to look for. */
export async function listAnswer<Document extends { key: string }, Shown>(
  query: { limit: number; cursor?: string },
  find: (range: { after: string | null; limit: number }) => Promise<Document[]>,
  show: (document: Document) => Shown,
) {
  const start = readCursor(query.cursor, ['text']);
  if (start.kind === 'bad') return badCursor();
  const after = start.kind === 'after' ? start.position[0] : null;
  const found = await find({ after, limit: query.limit + 1 });
  return { status: 200 as const, body: pageOf(found, query.limit, show, ({ key }) => [key]) };
}

/** One document with its revision as ETag. */
export function documentAnswer<Document extends { revision: number }, Shown>(
  document: Document,
  show: (document: Document) => Shown,
) {
  return {
    status: 200 as const,
    headers: { ETag: etag(document.revision) },
    body: show(document),
  };
}

/** `If-Match` as a question about a revision. */
export function preconditionOf(headers: { 'If-Match'?: string }): Precondition {
  return (revision) => checkIfMatch(headers['If-Match'], revision === null ? null : etag(revision));
}

export function staleAnswer(address: string) {
  return problem(
    'precondition-failed',
    `${address} changed since you read it, or does not exist. Fetch it again and repeat the change.`,
  );
}

/** What a put answers: the refusal, 201, 200 with or without a new revision, 412 or 428. `address` is the document's own. */
export function putAnswer<Body, Refusal, Shown>(
  put: PutOutcome<Body, Refusal>,
  address: string,
  show: (document: StoredDocument<Body>) => Shown,
) {
  switch (put.kind) {
    case 'refused':
      return put.refusal;
    case 'exists':
      return problem(
        'precondition-required',
        `${address} exists. Fetch it, and send its ETag as If-Match with the change.`,
      );
    case 'stale':
      return staleAnswer(address);
    case 'unchanged':
      return documentAnswer(put.document, show);
    case 'replaced': {
      const { document } = put;
      return written(documentAnswer(document, show), { subject: address, change: document.body });
    }
    case 'created': {
      const { document } = put;
      const { headers, body } = documentAnswer(document, show);
      const answer = { status: 201 as const, headers: { ...headers, Location: address }, body };
      return written(answer, { subject: address, change: document.body });
    }
  }
}
