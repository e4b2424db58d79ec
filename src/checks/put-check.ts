/** Putting a check: what makes it no weaker applies at once, what does may wait for a second person. */
import canonicalize from 'canonicalize';
import type { Input } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { productsOf } from '../contract/product-scope.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { preconditionOf, putAnswer } from '../documents/answers.ts';
import { putDocument, type StoredDocument } from '../documents/store.ts';
import { isSamePerson } from '../gate/index.ts';
import { type CheckBody, completeCheck, showCheck } from './check.ts';
import { insertRevisionNote } from './history.ts';
import { judgeCheck } from './judge-check.ts';
import { proposalAddress, type StoredProposal, showProposal } from './proposal.ts';
import { findProposal, insertProposal, pendingProposals } from './proposal-store.ts';
import { asTheyStand, holdGravity } from './store.ts';
import { weakenings } from './weakening.ts';

export async function putCheck(change: Change, request: Input<'putCheck'>) {
  const key = request.path.check;
  const { reason = null } = request.query;
  const body = completeCheck(request.body);
  const put = await putDocument(change, 'regression_check', {
    key,
    body,
    writtenBy: writerOf(request),
    precondition: preconditionOf(request.headers),
    judge: (before) => judgeCheck(change, before, body, productsOf(request.caller)),
    divert: (current) => proposeIfGrave(change, current, body, { reason, by: writerOf(request) }),
  });
  if (reason !== null && (put.kind === 'created' || put.kind === 'replaced')) {
    await insertRevisionNote(change, put.document, { reason, approvedBy: null });
  }
  const [check] = 'document' in put ? await asTheyStand(change, [put.document]) : [];
  return putAnswer(put, `/v1/checks/${key}`, (document) =>
    showCheck({ ...document, incidents: [], proposal: null, ...check }, request.caller),
  );
}

/** Null where the change may apply at once: it makes nothing weaker, or nothing grave is at stake. */
async function proposeIfGrave(
  db: Change,
  current: StoredDocument<CheckBody>,
  body: CheckBody,
  { reason, by }: { reason: string | null; by: string },
) {
  const [weaker] = weakenings(current.body, body);
  if (weaker === undefined || !(await holdGravity(db, current.id))) return null;
  if (reason === null) {
    const detail = `This makes a check weaker that a sev1 or sev2 incident stands behind (${weaker.pointer}: ${weaker.detail}) Say why, for the second person who decides.`;
    return unprocessable([{ parameter: 'reason', detail }]);
  }
  const pending = (await pendingProposals(db, [current.id])).get(current.id);
  if (pending) {
    const waiting = await stored(db, current.key, pending.number);
    if (isSame(waiting, { body, reason, by })) return accepted(waiting);
    return problem(
      'conflict',
      `Proposal ${pending.number} of ${pending.proposedBy} for ${current.key} waits for a second person already. Approve or reject it first: ${proposalAddress(waiting)}.`,
    );
  }
  const { id: checkId, key, revision } = current;
  const proposal = { checkId, revision, body, reason, proposedBy: by };
  const proposed = await stored(db, key, await insertProposal(db, proposal));
  const answer = accepted(proposed);
  return written(answer, { subject: proposalAddress(proposed), change: answer.body });
}

/** A call that is repeated proposes nothing new. */
function isSame(
  waiting: StoredProposal,
  { body, reason, by }: { body: CheckBody; reason: string; by: string },
): boolean {
  return (
    isSamePerson(waiting.proposedBy, by) &&
    waiting.reason === reason &&
    canonicalize(waiting.body) === canonicalize(body)
  );
}

function accepted(proposal: StoredProposal) {
  const headers = { Location: proposalAddress(proposal) };
  return { status: 202 as const, headers, body: showProposal(proposal) };
}

async function stored(db: Change, check: string, number: number): Promise<StoredProposal> {
  const proposal = await findProposal(db, check, number, null);
  if (!proposal) throw new Error(`The proposal ${number} for ${check} was just there.`);
  return proposal;
}
