/** The gate: facts in, decision out. Pure: no clock, no database. */
export { decide } from './decide.ts';
export type * from './decision.ts';
export type * from './facts.ts';
export { matchesGlob } from './glob.ts';
export { gravestIncident } from './gravity.ts';
export { addDays, compareInstants } from './instant.ts';
export { lookedForMax, nearVariants } from './near-variants.ts';
export { redact, redactReasons } from './redact.ts';
export { planRequirements } from './requirements.ts';
export { standsUntil } from './stands-until.ts';
export { sameVariant, variantKey, variantText } from './variant.ts';
export {
  type ApprovalAssessment,
  type ApprovalRefusal,
  assessApproval,
  statusForApproval,
} from './waiver-approval.ts';
export { latestExpiry, type WaiverLimits, waiverLimits } from './waiver-limits.ts';
export {
  assessWaiverRequest,
  type RequestAssessment,
  type RequestRefusal,
  type WaiverRequest,
} from './waiver-request.ts';
