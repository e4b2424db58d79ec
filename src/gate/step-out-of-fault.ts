/** Says what to do about a release that is known to be faulty, as full sentences. */
import type { HoldFact, ProposedHoldFact } from './facts.ts';
import { type Harmed, harmLeft } from './harm-left.ts';
import { listed } from './word-list.ts';

/** The holds of the incident that hold this version in this ring, or would. */
export interface HoldsOfFault {
  active: readonly HoldFact[];
  /** What the active ones leave of the machines that it harms. */
  left: readonly Harmed[];
  /** Null where the facts do not tell of any. */
  proposed: readonly ProposedHoldFact[] | null;
}

/** Holds nothing but the incident's key and the ids of holds, which everyone may read who asks the gate. */
export function stepOutOf(version: string, incident: string, holds: HoldsOfFault): string {
  const { active, proposed } = holds;
  const ship = `Ship a version that ${incident} does not affect`;
  if (proposed === null) return `${ship}. No waiver helps.`;
  const verb = active.length === 1 ? 'does' : 'do';
  const short = `The ${namedHolds(active)} ${verb} not keep it from every machine that is harmed.`;
  const step = `${ship}, or ${wayToHold(version, incident, holds, proposed)}.`;
  return [step, ...(active.length > 0 ? [short] : []), 'No waiver helps.'].join(' ');
}

function wayToHold(
  version: string,
  incident: string,
  { active, left }: HoldsOfFault,
  proposed: readonly ProposedHoldFact[],
): string {
  const enough = proposed.filter((hold) => harmLeft(version, [...active, hold]).length === 0);
  if (enough.length > 0) return `activate ${namedHolds(enough, 'or')}`;
  if (active.length > 0 && left.every(({ state }) => state === 'published')) {
    return `have the correction of ${incident} published, by which the ${namedHolds(active)} would be enough`;
  }
  if (proposed.length > 0) {
    return `edit ${namedHolds(proposed, 'or')} to keep it from every machine that ${incident} harms, and activate it`;
  }
  return active.length > 0
    ? `propose holds from ${incident} anew and activate them`
    : `propose a hold from ${incident} and activate it, where it harms some machines only`;
}

/** `hold 7`, `holds 7 and 8`. */
export function namedHolds(
  holds: readonly { id: string }[],
  conjunction: 'and' | 'or' = 'and',
): string {
  const ids = listed(
    holds.map(({ id }) => id),
    conjunction,
  );
  return holds.length === 1 ? `hold ${ids}` : `holds ${ids}`;
}
