/** One faulty release before the gate once more: as it was when it shipped, and as it is today. */
import type { Kysely } from 'kysely';
import type { components } from '../../contract/types.gen.ts';
import type { Database } from '../../db/rows.gen.ts';
import { backtest, type Stop } from '../../gate/index.ts';
import { loadFacts } from '../../releases/gate-facts.ts';
import type { FaultyRelease, PastIncident } from './store.ts';

type Schemas = components['schemas'];

/**
 * Asked for the widest ring that it entered, at the instant when it did. Where it entered none, for the product's last
 * ring, at the instant when the incident was logged: all that followed from it came later.
 */
export async function backtestRelease(
  db: Kysely<Database>,
  incident: PastIncident,
  release: FaultyRelease,
): Promise<Schemas['BacktestedRelease']> {
  const { product, version } = release;
  const { ring, shippedAt } = widestRing(release);
  const ask = async (asOf: string | null): Promise<Schemas['BacktestAnswer']> => {
    const question = { product, version, ring, ...(asOf !== null && { asOf }) };
    const loaded = await loadFacts(db, { ...question, asIfNotEntered: true });
    if (loaded.kind === 'found') {
      const { outcome, stoppedBy } = backtest(loaded.facts, loaded.asOf, incident.key);
      return { asOf: loaded.asOf, outcome, stoppedBy: stoppedBy.map(showStop) };
    }
    // Releases are never deleted, and the ring is one that the product has.
    if (asOf === null) throw new Error(`${product} ${version} in ${ring}: ${loaded.kind}`);
    return { asOf, outcome: 'not_on_record', stoppedBy: [] };
  };
  const before = await ask(shippedAt ?? incident.loggedAt);
  return { product, version, ring, shippedAt, before, today: await ask(null) };
}

/** Rings that the product no longer has are left aside: nobody can ask about them today. */
function widestRing({ rings, shipments }: FaultyRelease): {
  ring: string;
  shippedAt: string | null;
} {
  for (const ring of rings.toReversed()) {
    const shipment = shipments.find((one) => one.ring === ring);
    if (shipment) return shipment;
  }
  return { ring: rings.at(-1) ?? '', shippedAt: null };
}

function showStop(stop: Stop): Schemas['BacktestAnswer']['stoppedBy'][number] {
  return { ...stop, variant: stop.variant && { ...stop.variant } };
}
