/** Whether a waiver may be requested, by the same limits by which the gate reads it later. */
import type { UnmetStatus } from './decision.ts';
import type { CheckFact, Facts, Instant, Variant, WaiverFact } from './facts.ts';
import { notAfter } from './instant.ts';
import { nearVariants } from './near-variants.ts';
import { variantKey, variantText } from './variant.ts';
import { liesIn } from './version-range.ts';
import { statusForApproval } from './waiver-approval.ts';
import { excessesOf, latestExpiry, longest, rangeRefused, stake } from './waiver-limits.ts';
import { listed } from './word-list.ts';

export type WaiverRequest = Pick<
  WaiverFact,
  'check' | 'variant' | 'versions' | 'requestedBy' | 'requestedAt' | 'expiresAt'
>;

export type RequestAssessment =
  | { kind: 'approved'; over: UnmetStatus }
  | { kind: 'awaits_approval'; secondPerson: boolean }
  | RequestRefusal;

/** `detail` says in full sentences what to do instead, and names incidents by key and severity only. */
export type RequestRefusal =
  | { kind: 'refused'; field: 'check' | 'variant' | 'versions'; detail: string }
  | { kind: 'refused'; field: 'expiresAt'; detail: string; expiresAtMax: Instant };

/**
 * Judges a request at `requestedAt`, on the facts of the release that it is made for. It is approved
 * at once where no second person is needed and its requester may approve.
 */
export function assessWaiverRequest(
  request: WaiverRequest,
  facts: Facts,
  requesterMayApprove: boolean,
): RequestAssessment {
  const check = facts.checks.find(({ key }) => key === request.check);
  if (check === undefined) {
    return refuse('check', `There is no check ${request.check} for ${facts.product.key}.`);
  }
  const misplaced = misplacement(request, check, facts);
  if (misplaced !== null) return misplaced;

  const { risk, limits } = stake(request.check, facts, request.requestedAt);
  const excesses = excessesOf(request, null, limits);
  if (excesses.includes('range')) {
    return refuse('versions', `${rangeRefused(risk)} Ask for this release alone.`);
  }
  const expiresAtMax = latestExpiry(request.requestedAt, limits);
  if (excesses.includes('expiry')) return refuseExpiry(longest(limits, risk), expiresAtMax);
  if (notAfter(request.expiresAt, request.requestedAt)) {
    return refuseExpiry('It would have expired before it began.', expiresAtMax);
  }
  if (limits.secondPerson || !requesterMayApprove) {
    return { kind: 'awaits_approval', secondPerson: limits.secondPerson };
  }
  return { kind: 'approved', over: statusForApproval(request, facts, request.requestedAt) };
}

/** A waiver that could never cover anything on this release is a mistake. */
function misplacement(
  { variant, versions }: WaiverRequest,
  check: CheckFact,
  { release }: Facts,
): RequestRefusal | null {
  if (variant !== null && check.variants.length > 0 && !lists(check, variant)) {
    const near = nearVariants(variant, check.variants).map(variantText);
    const meant = near.length === 0 ? '' : ` Did you mean ${listed(near, 'or')}?`;
    return refuse('variant', `${check.key} lists no variant ${variantText(variant)}.${meant}`);
  }
  if (versions !== null && release.version !== null && !liesIn(release.version, versions)) {
    return refuse('versions', `${versions} does not contain ${release.version}. Widen the range.`);
  }
  return null;
}

function lists(check: CheckFact, variant: Variant): boolean {
  const key = variantKey(variant);
  return check.variants.some((one) => variantKey(one) === key);
}

function refuse(field: 'check' | 'variant' | 'versions', detail: string): RequestRefusal {
  return { kind: 'refused', field, detail };
}

function refuseExpiry(reason: string, expiresAtMax: Instant): RequestRefusal {
  const detail = `${reason} Name an expiry no later than ${expiresAtMax}.`;
  return { kind: 'refused', field: 'expiresAt', detail, expiresAtMax };
}
