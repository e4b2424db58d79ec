/** Which waiver covers a requirement that is not met, and why the others do not. */
import type { AppliedWaiver, UnmetStatus, WaiverNotApplied } from './decision.ts';
import type { Facts, IncidentFact, Instant, Variant, WaiverFact } from './facts.ts';
import { type Weight, weightOf } from './gravity.ts';
import { isBefore, notAfter } from './instant.ts';
import { sameVariant } from './variant.ts';
import { liesIn } from './version-range.ts';
import {
  type Excess,
  excessesOf,
  riskText,
  type WaiverLimits,
  waiverLimits,
} from './waiver-limits.ts';

/** What a waiver would have to cover. */
export interface Unmet {
  check: string;
  variant: Variant | null;
  status: UnmetStatus;
  /** The gravest incident behind the check; null where none is. */
  risk: IncidentFact | null;
}

export interface Coverage {
  applied: AppliedWaiver | null;
  notApplied: readonly WaiverNotApplied[];
  /** A waiver that would cover it and only lacks its approval; null where none is. */
  awaitsApproval: string | null;
}

type Approved = WaiverFact & { approval: NonNullable<WaiverFact['approval']> };

const nothing: Coverage = { applied: null, notApplied: [], awaitsApproval: null };

/** Of several that cover it, the one that runs longest is applied; then the first by id. */
export function cover(unmet: Unmet, facts: Facts, asOf: Instant): Coverage {
  const concerned = facts.waivers.filter((waiver) => concerns(waiver, unmet, facts, asOf));
  if (concerned.length === 0) return nothing;

  let applied: Approved | null = null;
  let awaitsApproval: string | null = null;
  const notApplied: WaiverNotApplied[] = [];
  for (const waiver of concerned.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const faults = faultsOf(waiver, unmet, facts, asOf);
    if (!isApproved(waiver, asOf)) {
      if (faults.length === 0) awaitsApproval ??= waiver.id;
      faults.unshift('It is not approved yet.');
    } else if (faults.length === 0) {
      if (applied === null || isBefore(applied.expiresAt, waiver.expiresAt)) applied = waiver;
    }
    if (faults.length > 0) notApplied.push({ waiver: waiver.id, why: faults.join(' ') });
  }
  return { applied: applied && appliedWaiver(applied, unmet.risk), notApplied, awaitsApproval };
}

/** Whether it speaks of this requirement of this release, and is neither over nor revoked. */
function concerns(waiver: WaiverFact, unmet: Unmet, { release }: Facts, asOf: Instant): boolean {
  return (
    waiver.check === unmet.check &&
    notAfter(waiver.requestedAt, asOf) &&
    isBefore(asOf, waiver.expiresAt) &&
    (waiver.revokedAt === null || isBefore(asOf, waiver.revokedAt)) &&
    (waiver.variant === null || sameVariant(waiver.variant, unmet.variant)) &&
    (waiver.versions === null ||
      (release.version !== null && liesIn(release.version, waiver.versions)))
  );
}

function isApproved(waiver: WaiverFact, asOf: Instant): waiver is Approved {
  return waiver.approval !== null && notAfter(waiver.approval.at, asOf);
}

/** Why it does not reach as far as what is risked now, as sentences. */
function faultsOf(
  waiver: WaiverFact,
  { risk, status }: Unmet,
  { product }: Facts,
  asOf: Instant,
): string[] {
  const approval = isApproved(waiver, asOf) ? waiver.approval : null;
  const limits = waiverLimits(risk?.severity ?? null, product);
  const faults = excessesOf(waiver, approval?.by ?? null, limits).map((excess) =>
    excessText(excess, limits, riskText(risk)),
  );
  if (approval !== null && weights[weightOf(approval.over)] < weights[weightOf(status)]) {
    faults.push(`It was approved over ${approval.over}, which is milder than ${status}.`);
  }
  return faults;
}

function excessText(excess: Excess, { daysMax }: WaiverLimits, risk: string): string {
  switch (excess) {
    case 'expiry':
      return `It runs longer than the ${daysMax} days that ${risk} allows.`;
    case 'range':
      return `It stands for a range of versions, which ${risk} does not allow.`;
    case 'second_person':
      return `Its requester approved it, and ${risk} asks for a second person.`;
  }
}

const weights: Readonly<Record<Weight, number>> = { none: 0, mild: 1, grave: 2 };

function appliedWaiver(waiver: Approved, risk: IncidentFact | null): AppliedWaiver {
  return {
    id: waiver.id,
    reason: waiver.reason,
    approvedBy: waiver.approval.by,
    expiresAt: waiver.expiresAt,
    risks: risk?.key ?? null,
    severity: risk?.severity ?? 'sev4',
  };
}
