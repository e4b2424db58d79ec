/** Says what to do about an answer that is not a pass, as one sentence. */
import type { AppliedWaiver, UnmetStatus } from './decision.ts';
import type { CheckFact, HoldFact, Variant } from './facts.ts';
import type { JudgedRun } from './run.ts';
import { namedHolds } from './step-out-of-fault.ts';
import { variantText } from './variant.ts';
import type { Coverage } from './waivers.ts';
import { listed } from './word-list.ts';

/** What the sentence speaks of. */
interface Subject {
  check: CheckFact;
  variant: Variant | null;
  status: UnmetStatus;
  by: JudgedRun | null;
}

/** Ends with the way round: a waiver that only lacks its approval, or, over a failure, one to ask for. */
export function nextStep(subject: Subject, { awaitsApproval }: Coverage): string {
  const step = stepTowardsPass(subject);
  if (awaitsApproval !== null) return `${step}, or have the waiver ${awaitsApproval} approved.`;
  const waits = subject.status === 'missing' || subject.status === 'running';
  return waits ? `${step}.` : `${step}, or ask for a waiver.`;
}

export function nextStepUnderWaiver(
  check: string,
  variant: Variant | null,
  waiver: AppliedWaiver,
): string {
  return `Make ${check} pass${on(variant)} before the waiver ends at ${waiver.expiresAt}.`;
}

export function nextStepUnderHolds(
  check: string,
  variant: Variant | null,
  holds: readonly HoldFact[],
): string {
  const one = holds.length === 1;
  return `Keep it from the machines that the ${namedHolds(holds)} ${one ? 'speaks' : 'speak'} of, and make ${check} pass${on(variant)} before ${one ? 'it is' : 'they are'} released.`;
}

function stepTowardsPass({ check, variant, status, by }: Subject): string {
  const what = check.key + on(variant);
  switch (status) {
    case 'failed':
      return `Make ${failedCases(by) ?? check.key} pass${on(variant)}`;
    case 'errored':
      return `Find out why ${what} errored, and run it again`;
    case 'running':
      return runningStep(what, by);
    case 'skipped':
      return `Run ${what}, which was skipped`;
    case 'insufficient':
      return `Run ${what} ${shortfall(check, by)}`;
    case 'missing':
      return `Hand in a result for ${what}`;
    case 'other_build':
      return `Hand in a result for ${what} on an artifact that this release lists`;
  }
}

/** ` on os=windows-11`; nothing for no variant. */
function on(variant: Variant | null): string {
  return variant === null ? '' : ` on ${variantText(variant)}`;
}

/** At most three by name: a result carries the first few only, so that nobody knows how many more there are. */
function failedCases(by: JudgedRun | null): string | null {
  const cases = by?.result.failedCases ?? [];
  if (cases.length === 0) return null;
  return listed(cases.length > 3 ? [...cases.slice(0, 3), 'others'] : cases);
}

function runningStep(what: string, by: JudgedRun | null): string {
  const shards = by?.run.shards ?? null;
  if (by === null || shards === null || by.reportsCome >= shards) {
    return `Wait for ${what} to finish`;
  }
  return `Wait for the run ${by.run.key} of ${what}: ${by.reportsCome} of ${shards} reports came`;
}

function shortfall({ minimum }: CheckFact, by: JudgedRun | null): string {
  const asked = `on at least ${minimum?.machines ?? 0} machines for ${minimum?.hours ?? 0} hours`;
  if (by === null) return asked;
  return `${asked}, of which it reached ${by.reached.machines} and ${by.reached.hours}`;
}
