/** Whether a waiver may be approved, and over which status. */
import type { UnmetStatus } from './decision.ts';
import type { Facts, Instant, WaiverFact } from './facts.ts';
import { compareStatuses } from './gravity.ts';
import { notAfter } from './instant.ts';
import { knownAt } from './known.ts';
import { askedVariants, nothingReported } from './requirements.ts';
import { stand } from './standing.ts';
import { sameVariant } from './variant.ts';
import {
  type Excess,
  excessesOf,
  longest,
  rangeRefused,
  riskText,
  stake,
} from './waiver-limits.ts';

export type ApprovalAssessment = { kind: 'approved'; over: UnmetStatus } | ApprovalRefusal;

export interface ApprovalRefusal {
  kind: 'refused';
  reason: 'already_approved' | 'revoked' | 'expired' | Excess;
  /** Says in full sentences what to do instead, and names incidents by key and severity only. */
  detail: string;
}

/** Judges the approval of somebody who may approve, at the instant it is given. */
export function assessApproval(
  waiver: WaiverFact,
  approver: string,
  at: Instant,
  facts: Facts,
): ApprovalAssessment {
  const { approval, expiresAt, requestedBy } = waiver;
  if (waiver.revokedAt !== null) {
    return refuse('revoked', 'This waiver was revoked. Ask for a new one.');
  }
  if (approval !== null) {
    return refuse('already_approved', `${approval.by} has approved this waiver already.`);
  }
  if (notAfter(expiresAt, at)) {
    return refuse('expired', `This waiver expired at ${expiresAt}. Ask for a new one.`);
  }
  const { risk, limits } = stake(waiver.check, facts, at);
  const excess = excessesOf(waiver, approver, limits)[0];
  if (excess === undefined) return { kind: 'approved', over: statusForApproval(waiver, facts, at) };
  switch (excess) {
    case 'expiry':
      return refuse(excess, `${longest(limits, risk)} Ask for a shorter one.`);
    case 'range':
      return refuse(excess, `${rangeRefused(risk)} Ask for a waiver of one release.`);
    case 'second_person':
      return refuse(
        excess,
        `${riskText(risk)} asks for a second person: somebody other than ${requestedBy} must approve.`,
      );
  }
}

/**
 * The gravest status that the waiver would be approved over: of this release's requirements that it
 * speaks of, whichever ring is asked about. `missing` where there is none, and where all of them pass: what
 * is allowed ahead of need stands in for a result that does not come, not for one that fails.
 */
export function statusForApproval(
  waiver: Pick<WaiverFact, 'check' | 'variant'>,
  facts: Facts,
  asOf: Instant,
): UnmetStatus {
  const check = facts.checks.find(({ key }) => key === waiver.check);
  if (check === undefined) return 'missing';
  const known = knownAt(facts, asOf);
  const statuses = askedVariants(check, known.reported.get(check.key) ?? nothingReported)
    .filter(({ variant }) => waiver.variant === null || sameVariant(variant, waiver.variant))
    .map(({ results }) => stand(check, results, known).status);
  return statuses.reduce<UnmetStatus>(
    (gravest, status) =>
      status === 'passed' || compareStatuses(status, gravest) < 0 ? gravest : status,
    'missing',
  );
}

function refuse(reason: ApprovalRefusal['reason'], detail: string): ApprovalRefusal {
  return { kind: 'refused', reason, detail };
}
