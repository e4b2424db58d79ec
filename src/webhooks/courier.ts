/** Makes deliveries: sends what is due, and decides what follows from how that went. */
import type { Kysely } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import { type Consequence, claimErrand, type Errand, reportErrand } from './courier-store.ts';
import { type Patience, pauseMs, restMs } from './retry.ts';
import type { Outcome, Send } from './send.ts';
import { signedHeaders } from './signature.ts';
import type { Pause } from './store.ts';

export interface Courier {
  db: Kysely<Database>;
  send: Send;
  patience: Patience;
  /** Told of a webhook that nothing more is sent to, until somebody resumes it. */
  onPaused(webhookId: number, because: Pause): void;
}

/** Sends what is due next; false where nothing is. A process that dies on the way has it sent again by another. */
export async function runErrand(courier: Courier): Promise<boolean> {
  const errand = await claimErrand(courier.db);
  if (errand) await carryOut(courier, errand);
  return errand !== null;
}

/** Sends it, and reports. */
export async function carryOut(
  { db, send, patience, onPaused }: Courier,
  errand: Errand,
): Promise<void> {
  const { eventId: id, seconds, url, body, secrets } = errand;
  const begun = performance.now();
  const outcome = await send({ url, body, headers: signedHeaders(secrets, { id, seconds, body }) });
  const durationMs = Math.round(performance.now() - begun);
  const consequence = consequenceOf(outcome, errand, patience);
  const isDelivered = consequence.kind === 'delivered';
  const follows = await reportErrand(
    db,
    errand,
    {
      durationMs,
      statusCode: outcome.kind === 'answered' ? outcome.status : null,
      failure: outcome.kind === 'answered' ? null : outcome.why,
      excerpt: outcome.kind === 'answered' && !isDelivered ? outcome.excerpt : null,
    },
    consequence,
  );
  if (follows && consequence.kind === 'paused') onPaused(errand.webhookId, consequence.because);
}

/** Standard Webhooks 1.0.0, "Delivery success and failure". */
export function consequenceOf(
  outcome: Outcome,
  errand: Pick<Errand, 'at' | 'failures' | 'triedSince' | 'webhookFailures' | 'failingSince'>,
  patience: Patience,
): Consequence {
  if (outcome.kind === 'answered') {
    if (outcome.status >= 200 && outcome.status < 300) return { kind: 'delivered' };
    if (outcome.status === 410) return { kind: 'paused', because: 'gone' };
  }
  const { at, failures, triedSince, webhookFailures, failingSince } = errand;
  const asked = outcome.kind === 'answered' ? outcome.retryAfterMs : null;
  const rest = restMs(webhookFailures + 1, asked, patience);
  if (isLongAgo(failingSince, at, patience)) return { kind: 'paused', because: 'failing' };
  return isLongAgo(triedSince, at, patience)
    ? { kind: 'given_up', restMs: rest }
    : { kind: 'again', pauseMs: pauseMs(failures + 1, asked, patience), restMs: rest };
}

function isLongAgo(since: string | null, at: string, { triedForMs }: Patience): boolean {
  return since !== null && Date.parse(at) - Date.parse(since) >= triedForMs;
}
