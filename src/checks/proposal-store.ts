/** Proposed changes of checks in the database, with what was decided. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { Check, CheckBody } from './check.ts';
import type { ProposalStatus, StoredProposal } from './proposal.ts';

export interface NewProposal {
  checkId: number;
  /** The revision that it is made over. */
  revision: number;
  body: CheckBody;
  reason: string;
  proposedBy: string;
}

/** Answers its number. The check is locked. */
export async function insertProposal(db: Change, proposal: NewProposal): Promise<number> {
  const { checkId, revision, body, reason, proposedBy } = proposal;
  const { number } = await db
    .insertInto('check_proposal')
    .values(({ selectFrom, fn, val }) => ({
      check_id: checkId,
      number: selectFrom('check_proposal')
        .where('check_id', '=', checkId)
        .select(({ eb }) =>
          eb(fn.coalesce(fn.max('number'), val(0)), '+', 1)
            .$castTo<number>()
            .as('number'),
        ),
      revision,
      body: JSON.stringify(body),
      reason,
      proposed_by: proposedBy,
      proposed_at: sql<string>`clock_timestamp()`,
    }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export async function insertDecision(
  db: Change,
  { checkId, number }: { checkId: number; number: number },
  decision: { outcome: 'approved' | 'rejected'; by: string; reason: string | null },
): Promise<void> {
  await db
    .insertInto('check_proposal_decision')
    .values({
      check_id: checkId,
      number,
      outcome: decision.outcome,
      decided_by: decision.by,
      decided_at: sql<string>`clock_timestamp()`,
      reason: decision.reason,
    })
    .execute();
}

/** `products` are those that the caller may know of, null for all. */
export async function findProposal(
  db: Kysely<Database>,
  check: string,
  number: number,
  products: readonly string[] | null,
): Promise<StoredProposal | null> {
  const row = await proposals(db, products)
    .where('checked.key', '=', check)
    .where('proposal.number', '=', number)
    .executeTakeFirst();
  return row ? proposalOf(row) : null;
}

export interface ProposalsAsked {
  products: readonly string[] | null;
  /** Null for all, here and below. */
  check: string | null;
  status: ProposalStatus | null;
  after: readonly [proposedAt: string, checkId: number, number: number] | null;
  limit: number;
}

/** Newest first. */
export async function listProposals(
  db: Kysely<Database>,
  { products, check, status, after, limit }: ProposalsAsked,
): Promise<StoredProposal[]> {
  const rows = await proposals(db, products)
    .$if(check !== null, (query) => query.where('checked.key', '=', check))
    .$if(status !== null, (query) => query.where(statusNow, '=', status))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(proposal.proposed_at, proposal.check_id, proposal.number)
          < (${after?.[0]}::timestamptz, ${after?.[1]}::bigint, ${after?.[2]}::bigint)`,
      ),
    )
    .orderBy('proposal.proposed_at', 'desc')
    .orderBy('proposal.check_id', 'desc')
    .orderBy('proposal.number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(proposalOf);
}

/** By check, for those of these that have one. At most one waits for each. */
export async function pendingProposals(
  db: Kysely<Database>,
  checkIds: readonly number[],
): Promise<Map<number, NonNullable<Check['proposal']>>> {
  const rows = await proposals(db, null)
    .where('proposal.check_id', '=', sql<number>`any(${checkIds})`)
    .where(statusNow, '=', 'pending')
    .execute();
  return new Map(
    rows.map(({ checkId, number, reason, proposedBy, proposedAt }) => [
      checkId,
      { number, reason, proposedBy, proposedAt },
    ]),
  );
}

const statusNow = sql<ProposalStatus>`case
  when decision.outcome is not null then decision.outcome
  when proposal.revision <> checked.revision then 'outdated'
  else 'pending' end`;

function proposals(db: Kysely<Database>, products: readonly string[] | null) {
  return db
    .selectFrom('check_proposal as proposal')
    .innerJoin('regression_check as checked', 'checked.id', 'proposal.check_id')
    .innerJoin('regression_check_revision as current', (join) =>
      join
        .onRef('current.owner_id', '=', 'checked.id')
        .onRef('current.revision', '=', 'checked.revision'),
    )
    .innerJoin('regression_check_revision as base', (join) =>
      join
        .onRef('base.owner_id', '=', 'proposal.check_id')
        .onRef('base.revision', '=', 'proposal.revision'),
    )
    .leftJoin('check_proposal_decision as decision', (join) =>
      join
        .onRef('decision.check_id', '=', 'proposal.check_id')
        .onRef('decision.number', '=', 'proposal.number'),
    )
    .$if(products !== null, (query) =>
      query.where(
        sql<boolean>`(current.products is null or current.products && ${products}::text[])`,
      ),
    )
    .select([
      'proposal.check_id as checkId',
      'checked.key as check',
      'proposal.number',
      'proposal.revision',
      'base.body as base',
      'proposal.body',
      'proposal.reason',
      'proposal.proposed_by as proposedBy',
      'proposal.proposed_at as proposedAt',
      statusNow.as('status'),
      'decision.decided_by as decidedBy',
      'decision.decided_at as decidedAt',
      'decision.reason as decisionReason',
    ]);
}

type Row = Omit<StoredProposal, 'base' | 'body'> & { base: unknown; body: unknown };

function proposalOf({ base, body, ...row }: Row): StoredProposal {
  return { ...row, base: base as CheckBody, body: body as CheckBody };
}
