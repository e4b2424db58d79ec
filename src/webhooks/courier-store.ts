/** What is to be sent now, who sends it, and what came of it. Nothing here is held while anybody waits for a receiver. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Change } from '../db/write.ts';
import { pauseWebhook } from './store.ts';

/** One delivery that is to be sent by whoever got this. */
export interface Errand {
  webhookId: number;
  deliveryId: number;
  eventId: string;
  url: string;
  body: string;
  /** The newest first. */
  secrets: Buffer[];
  /** What time it is, and the same in whole seconds since 1970. */
  at: string;
  seconds: number;
  /** Failures of this delivery since it began, and when that was; null for its first attempt. */
  failures: number;
  triedSince: string | null;
  /** Failures of the webhook since something was last received, and since when. */
  webhookFailures: number;
  failingSince: string | null;
}

/** Longer than any request takes. Whoever has not said by then what came of it is taken for dead. */
const takesAtMost = sql`interval '1 minute'`;

/** It waits, and nothing before it about the same thing does. */
const isNext = sql`
  delivery.status = 'waiting' and not exists (
    select from webhook_delivery as earlier
    where earlier.webhook_id = delivery.webhook_id and earlier.subject = delivery.subject
      and earlier.status = 'waiting' and earlier.id < delivery.id)`;

const isDue = sql`delivery.next_attempt_at <= clock_timestamp() and ${isNext}`;

/**
 * The next delivery to make, null where there is none. Nobody else sends anything to its webhook until it is reported, so
 * each receiver is sent one event at a time; the longest unasked receiver is first.
 */
export async function claimErrand(db: Kysely<Database>): Promise<Errand | null> {
  return inTransaction(db, async (change) => {
    const { rows } = await sql<{ id: number }>`
      update webhook set sending_until = clock_timestamp() + ${takesAtMost}
      where id = (
        select webhook.id from webhook
        where paused_at is null
          and (sending_until is null or sending_until <= clock_timestamp())
          and (rests_until is null or rests_until <= clock_timestamp())
          and exists (select from webhook_delivery as delivery where delivery.webhook_id = webhook.id and ${isDue})
        order by sending_until nulls first, webhook.id
        limit 1
        for update skip locked
      )
      returning id
    `.execute(change);
    const [webhook] = rows;
    // Asked once the webhook is ours: what another has sent meanwhile is seen to be sent.
    const errand = webhook ? await nextErrand(change, webhook.id) : null;
    if (webhook && !errand) await release(change, webhook.id);
    return errand;
  });
}

/** However often a secret is replaced within a day, the header stays short. */
const signaturesMax = 5;

async function nextErrand(db: Change, webhookId: number): Promise<Errand | null> {
  const { rows } = await sql<Errand>`
    select webhook.id as "webhookId", delivery.id as "deliveryId", event.id as "eventId", webhook.url, event.body,
      clock_timestamp() as at, floor(extract(epoch from clock_timestamp()))::bigint as seconds,
      delivery.failures, delivery.tried_since as "triedSince",
      webhook.failures as "webhookFailures", webhook.failing_since as "failingSince",
      array(
        select secret.secret from webhook_secret as secret
        where secret.webhook_id = webhook.id and (secret.ends_at is null or secret.ends_at > clock_timestamp())
        order by secret.id desc
        limit ${signaturesMax}
      ) as secrets
    from webhook_delivery as delivery
      join webhook on webhook.id = delivery.webhook_id
      join webhook_event as event on event.id = delivery.event_id
    where delivery.webhook_id = ${webhookId} and ${isDue}
    order by delivery.next_attempt_at, delivery.id
    limit 1
  `.execute(db);
  return rows[0] ?? null;
}

async function release(db: Change, webhookId: number): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ sending_until: sql`clock_timestamp()` })
    .where('id', '=', webhookId)
    .execute();
}

/** What an attempt was, for the history. */
export interface AttemptMade {
  durationMs: number;
  statusCode: number | null;
  failure: string | null;
  excerpt: string | null;
}

/** What follows from an attempt. */
export type Consequence =
  | { kind: 'delivered' }
  /** `restMs` is for the webhook as a whole. */
  | { kind: 'again'; pauseMs: number; restMs: number }
  /** This delivery is given up; the webhook is well otherwise. */
  | { kind: 'given_up'; restMs: number }
  /** Nothing more is sent to the webhook; the delivery waits for the day that it is resumed. */
  | { kind: 'paused'; because: 'gone' | 'failing' };

/**
 * Keeps what came of an errand, and lets others send to the webhook. False where nothing follows from it: the webhook was
 * deleted meanwhile, or has another address, about which an answer of the old one says nothing.
 */
export async function reportErrand(
  db: Kysely<Database>,
  errand: Errand,
  attempt: AttemptMade,
  consequence: Consequence,
): Promise<boolean> {
  return inTransaction(db, async (change) => {
    const { rows } = await sql<{ url: string }>`
      select url from webhook where id = ${errand.webhookId} for update
    `.execute(change);
    const [webhook] = rows;
    if (!webhook) return false;
    await keepAttempt(change, errand, attempt);
    // Sent to an old address, the delivery still waits: the new one has not got it.
    const follows = webhook.url === errand.url;
    if (follows) await keepConsequence(change, errand, consequence);
    await release(change, errand.webhookId);
    return follows;
  });
}

async function keepAttempt(
  db: Change,
  { deliveryId, at }: Errand,
  { durationMs, statusCode, failure, excerpt }: AttemptMade,
): Promise<void> {
  await sql`
    insert into webhook_attempt (delivery_id, number, at, duration_ms, status_code, failure, excerpt)
    select delivery.id,
      (select count(*) + 1 from webhook_attempt where delivery_id = delivery.id),
      ${at}::timestamptz, ${durationMs}, ${statusCode}, ${failure}, ${excerpt}
    from webhook_delivery as delivery where delivery.id = ${deliveryId}
  `.execute(db);
}

async function keepConsequence(db: Change, errand: Errand, consequence: Consequence) {
  const { webhookId, at } = errand;
  if (consequence.kind === 'delivered') {
    await settle(db, errand, 'delivered');
    await db
      .updateTable('webhook')
      .set({ delivered_at: at, failing_since: null, failures: 0, rests_until: null })
      .where('id', '=', webhookId)
      .execute();
    // It is back: what waits for its next attempt need not wait longer.
    if (errand.failingSince !== null) await sendWaitingNow(db, webhookId);
    return;
  }
  const rest = 'restMs' in consequence ? later(consequence.restMs) : null;
  await db
    .updateTable('webhook')
    .set({
      failing_since: sql`coalesce(failing_since, ${at}::timestamptz)`,
      failures: sql`failures + 1`,
      rests_until: rest,
    })
    .where('id', '=', webhookId)
    .execute();
  if (consequence.kind === 'given_up') return settle(db, errand, 'failed');
  await db
    .updateTable('webhook_delivery')
    .set({
      failures: sql`failures + 1`,
      tried_since: sql`coalesce(tried_since, ${at}::timestamptz)`,
      ...(consequence.kind === 'again' && { next_attempt_at: later(consequence.pauseMs) }),
    })
    .where('id', '=', errand.deliveryId)
    .execute();
  if (consequence.kind === 'paused') await pauseWebhook(db, webhookId, consequence.because);
}

async function settle(db: Change, { deliveryId }: Errand, status: 'delivered' | 'failed') {
  await db.updateTable('webhook_delivery').set({ status }).where('id', '=', deliveryId).execute();
}

async function sendWaitingNow(db: Change, webhookId: number): Promise<void> {
  await sql`
    update webhook_delivery set next_attempt_at = now()
    where webhook_id = ${webhookId} and status = 'waiting' and next_attempt_at > now()
  `.execute(db);
}

const later = (ms: number) => sql<string>`clock_timestamp() + make_interval(secs => ${ms / 1000})`;

/** Milliseconds until something is to be sent, as things stand; null: never. */
export async function nextErrandInMs(db: Kysely<Database>): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select (extract(epoch from min(greatest(due.at, webhook.sending_until, webhook.rests_until)) - clock_timestamp())
      * 1000)::float8 as ms
    from webhook
      cross join lateral (
        select min(delivery.next_attempt_at) as at from webhook_delivery as delivery
        where delivery.webhook_id = webhook.id and ${isNext}
      ) as due
    where webhook.paused_at is null and due.at is not null
  `.execute(db);
  return rows[0]?.ms ?? null;
}
