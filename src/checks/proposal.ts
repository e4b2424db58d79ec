/** A change that makes a check weaker, kept until a second person decides: as it is stored, and as it is shown. */
import type { components } from '../contract/types.gen.ts';
import { changesBetween } from '../documents/changes.ts';
import type { CheckBody } from './check.ts';
import { weakenings } from './weakening.ts';

export type CheckProposal = components['schemas']['CheckProposal'];
export type ProposalStatus = components['schemas']['ProposalStatus'];

/** With how it stands at the moment of reading. */
export interface StoredProposal {
  checkId: number;
  check: string;
  /** Counts from 1 for each check. */
  number: number;
  /** The revision that it was made over. */
  revision: number;
  /** What that revision says. */
  base: CheckBody;
  /** What the check would say. */
  body: CheckBody;
  reason: string;
  proposedBy: string;
  proposedAt: string;
  status: ProposalStatus;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
}

export function showProposal(proposal: StoredProposal): CheckProposal {
  const { check, number, status, reason, proposedBy, proposedAt, revision } = proposal;
  const { base, body, decidedBy: by, decidedAt: at } = proposal;
  return {
    check,
    number,
    status,
    reason,
    proposedBy,
    proposedAt,
    revision,
    changes: changesBetween(base, body),
    weaker: weakenings(base, body),
    wanted: body,
    decision: by === null || at === null ? null : { by, at, reason: proposal.decisionReason },
  };
}

export function proposalAddress({ check, number }: { check: string; number: number }): string {
  return `/v1/checks/${check}/proposals/${number}`;
}

/** Why nothing is left to decide, as a sentence; null while the proposal is pending. */
export function whyDecided(proposal: StoredProposal): string | null {
  const { check, number, status, revision, decidedBy, decidedAt } = proposal;
  switch (status) {
    case 'pending':
      return null;
    case 'approved':
    case 'rejected':
      return `${decidedBy} ${status} it at ${decidedAt}. Nothing is left to do.`;
    case 'outdated':
      return `${check} has changed since revision ${revision}, which proposal ${number} was made over. Put the change again.`;
  }
}
