/**
 * Finds verdicts that changed, and puts the news of each into the outbox. Nobody has to say that something happened:
 * what was told is compared with what the gate says, so a change is told whoever wrote it and whoever died meanwhile.
 */
import type { Kysely } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import { isOutage } from '../db/outage.ts';
import type { Database } from '../db/rows.gen.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Change } from '../db/write.ts';
import { type Decision, decide, standsUntil, type Verdict } from '../gate/index.ts';
import { loadFacts } from '../releases/gate-facts.ts';
import { putInOutbox, subscribersTo } from './outbox.ts';
import {
  claimDueGate,
  keepTold,
  listDueGates,
  stopWatching,
  type Verdicts,
  type WatchedGate,
} from './watch-store.ts';

/** How many are looked for at once. */
const batch = 100;

/**
 * Looks at every gate that is due, until none is or `ending` is aborted. Throws where the database is out of reach; why
 * a gate cannot be judged is handed to `onFailure`, and however many those are, they don't stand in the way of the others.
 */
export async function tellVerdictChanges(
  db: Kysely<Database>,
  {
    publicUrl,
    onFailure,
    ending,
  }: { publicUrl: string; onFailure(error: unknown): void; ending?: AbortSignal },
): Promise<void> {
  // They may well stay due, and are not looked at twice in one call: those that fail, and those that others are at.
  const left: number[] = [];
  for (;;) {
    const due = await listDueGates(db, { limit: batch, except: left });
    if (due.length === 0) return;
    for (const releaseId of due) {
      if (ending?.aborted) return;
      try {
        // A transaction each: what was told of one is kept whatever becomes of the next.
        const judged = await inTransaction(db, (change) => lookAt(change, releaseId, publicUrl));
        if (!judged) left.push(releaseId);
      } catch (error) {
        if (isOutage(error)) throw error;
        left.push(releaseId);
        onFailure(new Error(`judging release ${releaseId} to tell of it`, { cause: error }));
      }
    }
  }
}

/** False where somebody else does. */
async function lookAt(db: Change, releaseId: number, publicUrl: string): Promise<boolean> {
  const gate = await claimDueGate(db, releaseId);
  if (!gate) return false;
  if (gate.rings.length === 0) {
    await stopWatching(db, releaseId);
    return true;
  }
  const now = await judge(db, gate);
  if (!now) throw new Error(`${gate.product} ${gate.version} is not on record.`);
  const told = gate.told ?? (await judge(db, gate, gate.watchedSince))?.verdicts ?? {};
  // A ring may have any name, also one that every object knows.
  const verdicts = new Map(Object.entries(told));
  for (const [ring, decision] of now.decisions) {
    const before = verdicts.get(ring) ?? null;
    if (decision.verdict === before) continue;
    const type = 'gate.verdict_changed';
    await putInOutbox(db, await subscribersTo(db, type, gate.product), {
      type,
      subject: `gate of release ${releaseId} for ${ring}`,
      timestamp: now.judgedAt,
      data: changeOf(gate, ring, before, decision, publicUrl),
    });
  }
  await keepTold(db, gate, now);
  return true;
}

interface Judged {
  decisions: ReadonlyMap<string, Decision>;
  verdicts: Verdicts;
  judgedAt: string;
  standsUntil: string | null;
}

/**
 * The decision for each ring ahead, now or at an instant; null where the release or its ring was not there. Rings that
 * were not entered differ in nothing but their names, so they share a query.
 */
async function judge(
  db: Change,
  { product, version, rings }: WatchedGate,
  asOf?: string,
): Promise<Judged | null> {
  const loaded = await loadFacts(db, { product, version, ring: rings.at(-1), asOf });
  if (loaded.kind !== 'found') return null;
  const { facts, asOf: judgedAt } = loaded;
  const decisions = new Map(rings.map((ring) => [ring, decide({ ...facts, ring }, judgedAt)]));
  const verdicts = Object.fromEntries(
    [...decisions].map(([ring, { verdict }]) => [ring, verdict] as const),
  );
  return { decisions, verdicts, judgedAt, standsUntil: standsUntil(facts, judgedAt) };
}

/** No more than a reader may read: the summary names incidents by key only, and nothing else is said of them. */
function changeOf(
  { product, version }: WatchedGate,
  ring: string,
  previousVerdict: Verdict | null,
  { verdict, mayShip, summary }: Decision,
  publicUrl: string,
): components['schemas']['VerdictChanged'] {
  const release = `/v1/products/${encodeURIComponent(product)}/releases/${encodeURIComponent(version)}`;
  const gateUrl = `${publicUrl}${release}/gate?${new URLSearchParams({ ring })}`;
  return { product, version, ring, previousVerdict, verdict, mayShip, summary, gateUrl };
}
