/** Proposed changes of checks over HTTP: read, approved, rejected. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { pageOf } from '../contract/page.ts';
import { problem } from '../contract/problems.ts';
import { productsOf } from '../contract/product-scope.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import { lockDocument, putDocument } from '../documents/store.ts';
import { isSamePerson } from '../gate/index.ts';
import { insertRevisionNote } from './history.ts';
import { judgeCheck } from './judge-check.ts';
import { proposalAddress, type StoredProposal, showProposal, whyDecided } from './proposal.ts';
import { findProposal, insertDecision, listProposals } from './proposal-store.ts';

type ProposalHandlers = Pick<
  Handlers,
  'listCheckProposals' | 'getCheckProposal' | 'approveCheckProposal' | 'rejectCheckProposal'
>;

export function proposalHandlers({ db, write }: Service): ProposalHandlers {
  return {
    async listCheckProposals({ query, caller }) {
      const { check = null, status = null, limit } = query;
      const start = readCursor(query.cursor, ['instant', 'integer', 'integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position : null;
      const products = productsOf(caller);
      const found = await listProposals(db, { products, check, status, after, limit: limit + 1 });
      const position = (row: StoredProposal) => [row.proposedAt, row.checkId, row.number];
      return { status: 200, body: pageOf(found, limit, showProposal, position) };
    },

    async getCheckProposal({ path, caller }) {
      const found = await findProposal(db, path.check, path.proposal, productsOf(caller));
      return found ? { status: 200, body: showProposal(found) } : proposalNotFound(path);
    },

    async approveCheckProposal(request) {
      const { path, caller } = request;
      const by = writerOf(request);
      return write(request, 'approveCheckProposal', async (change) => {
        const reachable = productsOf(caller);
        const found = await findProposal(change, path.check, path.proposal, reachable);
        if (!found) return proposalNotFound(path);
        const put = await putDocument(change, 'regression_check', {
          key: found.check,
          body: found.body,
          writtenBy: found.proposedBy,
          // Its revision is the one that it was made over: else it is outdated, and refused before this.
          precondition: () => 'ok',
          judge: async (before) => {
            // Read again, now that nobody else can decide about it.
            const proposal = await stored(change, found);
            const decided = whyDecided(proposal);
            if (decided !== null) return problem('conflict', decided);
            if (isSamePerson(proposal.proposedBy, by)) return secondPersonNeeded(proposal);
            return judgeCheck(change, before, proposal.body, reachable);
          },
        });
        if (put.kind === 'refused') return put.refusal;
        if (put.kind !== 'replaced') throw new Error(`A pending proposal was ${put.kind}.`);
        await insertDecision(change, found, { outcome: 'approved', by, reason: null });
        const { reason } = found;
        await insertRevisionNote(change, put.document, { reason, approvedBy: by });
        return decidedAnswer(await stored(change, found));
      });
    },

    async rejectCheckProposal(request) {
      const { path, caller, body } = request;
      const by = writerOf(request);
      return write(request, 'rejectCheckProposal', async (change) => {
        const found = await findProposal(change, path.check, path.proposal, productsOf(caller));
        if (!found) return proposalNotFound(path);
        await lockDocument(change, 'regression_check', found.check);
        const decided = whyDecided(await stored(change, found));
        if (decided !== null) return problem('conflict', decided);
        await insertDecision(change, found, { outcome: 'rejected', by, reason: body.reason });
        return decidedAnswer(await stored(change, found));
      });
    },
  };
}

function proposalNotFound({ check, proposal }: { check: string; proposal: number }) {
  return problem(
    'not-found',
    `There is no proposal ${proposal} for a check '${check}'. List the proposals to find its number.`,
  );
}

function secondPersonNeeded({ proposedBy }: StoredProposal) {
  return problem(
    'conflict',
    `${proposedBy} proposed it, so that somebody else must approve. To take it back, reject it.`,
  );
}

async function stored(db: Change, { check, number }: StoredProposal): Promise<StoredProposal> {
  const proposal = await findProposal(db, check, number, null);
  if (!proposal) throw new Error(`The proposal ${number} for ${check} was just there.`);
  return proposal;
}

function decidedAnswer(proposal: StoredProposal) {
  const body = showProposal(proposal);
  return written(
    { status: 200 as const, body },
    { subject: proposalAddress(proposal), change: body },
  );
}
