/** How long a waiver may run, who must approve it, and what it may stand for: the house rule and the product's. */
import type { Facts, IncidentFact, Instant, ProductFact, Severity, WaiverFact } from './facts.ts';
import { gravestIncident } from './gravity.ts';
import { addDays, isBefore, notAfter } from './instant.ts';
import { isSamePerson } from './same-person.ts';

export interface WaiverLimits {
  /** Whether somebody other than its requester must approve it. */
  secondPerson: boolean;
  /** From the request. */
  daysMax: number;
  /** Whether it may stand for a range of versions rather than for one release. */
  rangeAllowed: boolean;
}

/** What about a waiver goes past its limits. */
export type Excess = 'expiry' | 'range' | 'second_person';

const houseRule: Readonly<Record<Severity, WaiverLimits>> = {
  sev1: { secondPerson: true, daysMax: 7, rangeAllowed: false },
  sev2: { secondPerson: true, daysMax: 30, rangeAllowed: false },
  sev3: { secondPerson: false, daysMax: 90, rangeAllowed: true },
  sev4: { secondPerson: false, daysMax: 90, rangeAllowed: true },
};

/** By the gravest incident that is risked; null, where no incident stands behind the check, counts as sev4. */
export function waiverLimits(
  severity: Severity | null,
  product: Pick<ProductFact, 'waiverDaysMax'>,
): WaiverLimits {
  const rule = houseRule[severity ?? 'sev4'];
  const ofProduct = product.waiverDaysMax[severity ?? 'sev4'] ?? rule.daysMax;
  return { ...rule, daysMax: Math.min(rule.daysMax, ofProduct) };
}

/** What a waiver of this check would risk at an instant, and how far it may go for that. */
export function stake(
  check: string,
  { incidents, product }: Pick<Facts, 'incidents' | 'product'>,
  asOf: Instant,
): { risk: IncidentFact | null; limits: WaiverLimits } {
  const known = incidents.filter(({ knownAt }) => notAfter(knownAt, asOf));
  const risk = gravestIncident(check, known);
  return { risk, limits: waiverLimits(risk?.severity ?? null, product) };
}

/** The latest expiry that a waiver requested at this instant may have. */
export function latestExpiry(requestedAt: Instant, { daysMax }: WaiverLimits): Instant {
  return addDays(requestedAt, daysMax);
}

/** Everything that goes past the limits; `approver` is null while nobody has approved it. */
export function excessesOf(
  waiver: Pick<WaiverFact, 'versions' | 'requestedBy' | 'requestedAt' | 'expiresAt'>,
  approver: string | null,
  limits: WaiverLimits,
): Excess[] {
  const excesses: Excess[] = [];
  if (isBefore(latestExpiry(waiver.requestedAt, limits), waiver.expiresAt)) excesses.push('expiry');
  if (waiver.versions !== null && !limits.rangeAllowed) excesses.push('range');
  const alone = approver !== null && isSamePerson(approver, waiver.requestedBy);
  if (limits.secondPerson && alone) excesses.push('second_person');
  return excesses;
}

/** What is risked, for the middle of a sentence: `HF-2024-0001 (sev1)`. */
export function riskText(risk: Pick<IncidentFact, 'key' | 'severity'> | null): string {
  return risk === null ? 'a check without an incident' : `${risk.key} (${risk.severity})`;
}

/** A sentence on the longest waiver allowed. */
export function longest({ daysMax }: WaiverLimits, risk: IncidentFact | null): string {
  return `The longest waiver that ${riskText(risk)} allows is ${daysMax} days from its request.`;
}

/** A sentence for where `rangeAllowed` says no. */
export function rangeRefused(risk: IncidentFact | null): string {
  return `A waiver for a range of versions is not allowed with ${riskText(risk)} at risk.`;
}
