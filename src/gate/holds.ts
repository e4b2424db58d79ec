/** Which holds a rollout of this release to this ring must honour. */
import type { HoldToHonour } from './decision.ts';
import type { Facts, HoldFact, HoldOverrideFact, Instant, ProposedHoldFact } from './facts.ts';
import { isBefore, notAfter } from './instant.ts';
import { liesIn } from './version-range.ts';

/**
 * The active holds whose range holds this version, and that no override lets it past in this ring, by id. A plan without a
 * version is held by none.
 */
export function holdsInForce({ holds = [], release, ring }: Facts, asOf: Instant): HoldFact[] {
  const { version } = release;
  if (version === null) return [];
  return holds
    .filter(({ activeFrom, versions }) => notAfter(activeFrom, asOf) && liesIn(version, versions))
    .filter(({ overrides }) => !overrides.some((one) => letsPast(one, { version, ring }, asOf)))
    .sort(byId);
}

/** The proposed holds that would hold this version, by id; null where the facts do not tell of any. */
export function holdsProposed({ proposedHolds, release }: Facts): ProposedHoldFact[] | null {
  const { version } = release;
  if (proposedHolds === undefined || version === null) return null;
  return proposedHolds.filter(({ versions }) => liesIn(version, versions)).sort(byId);
}

/**
 * Whether an override lets this version past a hold in this ring. Without a ring it is not known which, and only an
 * override for every ring counts.
 */
export function letsPast(
  { versions, rings, from, expiresAt, revokedAt }: HoldOverrideFact,
  { version, ring }: { version: string; ring: string | null },
  asOf: Instant,
): boolean {
  return (
    notAfter(from, asOf) &&
    isBefore(asOf, expiresAt) &&
    (revokedAt === null || isBefore(asOf, revokedAt)) &&
    (rings === null || (ring !== null && rings.includes(ring))) &&
    (versions === null || liesIn(version, versions))
  );
}

export function holdToHonour(hold: HoldFact): HoldToHonour {
  const { id, incident, severity, title, publicTitle, products } = hold;
  return { hold: id, incident, severity, title, publicTitle, products };
}

/** Ids are numbers as text. */
function byId(a: { id: string }, b: { id: string }): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
