/** The gate: facts in, decision out. Pure: no clock, no database. */
export { type Backtest, backtest, type Stop } from './backtest.ts';
export { decide } from './decide.ts';
export type * from './decision.ts';
export type * from './facts.ts';
export { gateVersion } from './gate-version.ts';
export { letsPast } from './holds.ts';
export { compareInstants, millisecondsBetween } from './instant.ts';
export { lookedForMax, nearVariants } from './near-variants.ts';
export {
  type Evidence,
  type EvidenceChange,
  evidenceOn,
  type FaultyRange,
  mayMoveProof,
  proofOf,
  type ReleaseEvidence,
} from './proof.ts';
export { mayRead, type Reader, redact, redactReasons } from './redact.ts';
export { planRequirements } from './requirements.ts';
export { isSamePerson } from './same-person.ts';
export { standsUntil } from './stands-until.ts';
export { variantKey, variantText } from './variant.ts';
export { liesIn } from './version-range.ts';
export { assessApproval } from './waiver-approval.ts';
export { waiverLimits } from './waiver-limits.ts';
export { assessWaiverRequest } from './waiver-request.ts';
