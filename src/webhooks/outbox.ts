/** Events on their way: written in the transaction of what they tell, and read back with everything that came of them. */
import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { components } from '../contract/types.gen.ts';
import { newsChannel, newsTopics } from '../db/news.ts';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';

type WebhookEvent = components['schemas']['WebhookEvent'];

export interface NewEvent {
  type: WebhookEvent['type'];
  /** Events about one thing keep their order; null for one that stands by itself. */
  subject: string | null;
  /** When it was so. */
  timestamp: string;
  data: WebhookEvent['data'];
}

/** Those that are told of this type of event about this product. They stay until the transaction ends. */
export async function subscribersTo(db: Change, type: string, product: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from webhook
    where ${type} = any(events) and (products is null or ${product} = any(products))
    order by id
    for key share
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Keeps the event, with a delivery to each of these webhooks, whose ids it answers in their order. */
export async function putInOutbox(
  db: Change,
  webhookIds: readonly number[],
  { type, subject, timestamp, data }: NewEvent,
): Promise<number[]> {
  if (webhookIds.length === 0) return [];
  // No dot in it: those stand between the parts of what is signed.
  const id = `msg_${randomBytes(18).toString('base64url')}`;
  const event: WebhookEvent = { type, timestamp, data };
  const body = JSON.stringify(event);
  await db.insertInto('webhook_event').values({ id, body }).execute();
  const about = { event_id: id, subject: subject ?? id };
  const deliveries = await db
    .insertInto('webhook_delivery')
    .values(webhookIds.map((webhook_id) => ({ webhook_id, ...about })))
    .returning('id')
    .execute();
  await wakeCouriers(db);
  return deliveries.map((delivery) => delivery.id);
}

/** Once this is committed, every instance looks for what is to be sent. */
export async function wakeCouriers(db: Change): Promise<void> {
  await sql`select pg_notify(${newsChannel}, ${newsTopics.webhooks})`.execute(db);
}

/** Has a delivery begin anew, whatever became of it, and at once. */
export async function deliverAgain(
  db: Change,
  webhookId: number,
  deliveryId: number,
): Promise<void> {
  await db
    .updateTable('webhook_delivery')
    .set({ status: 'waiting', next_attempt_at: sql`now()`, tried_since: null, failures: 0 })
    .where('id', '=', deliveryId)
    .execute();
  await endRest(db, webhookId);
}

/** Has it sent to now, also where it failed lately. */
export async function endRest(db: Change, webhookId: number): Promise<void> {
  await db.updateTable('webhook').set({ rests_until: null }).where('id', '=', webhookId).execute();
  await wakeCouriers(db);
}

export interface DeliveryRow {
  id: number;
  event: string;
  body: string;
  status: 'waiting' | 'delivered' | 'failed';
  createdAt: string;
  nextAttemptAt: string;
  attemptCount: number;
  attempts: Attempt[];
}

type Attempt = components['schemas']['WebhookAttempt'];

/** How many attempts of a delivery are shown. */
const attemptsShownMax = 20;

const deliveries = sql`
  select delivery.id, event.id as event, event.body, delivery.status, delivery.created_at as "createdAt",
    delivery.next_attempt_at as "nextAttemptAt", coalesce(made.count, 0) as "attemptCount",
    coalesce(made.attempts, '[]') as attempts
  from webhook_delivery as delivery
    join webhook_event as event on event.id = delivery.event_id
    left join lateral (
      select max(attempt.number) as count, json_agg(json_build_object(
        'at', instant_text(attempt.at), 'durationMs', attempt.duration_ms, 'statusCode', attempt.status_code,
        'failure', attempt.failure, 'excerpt', attempt.excerpt) order by attempt.number desc) as attempts
      from (
        select * from webhook_attempt where delivery_id = delivery.id order by number desc limit ${attemptsShownMax}
      ) as attempt
    ) as made on true`;

/** Newest first, from behind the delivery with the id `after`. */
export async function listDeliveries(
  db: Kysely<Database>,
  webhookId: number,
  { after, limit, status }: { after: number | null; limit: number; status: string | null },
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    ${deliveries}
    where delivery.webhook_id = ${webhookId}
      and (${after}::bigint is null or delivery.id < ${after})
      and (${status}::text is null or delivery.status = ${status})
    order by delivery.id desc
    limit ${limit}
  `.execute(db);
  return rows;
}

/** One of this webhook's; null where it has none like it. */
export async function findDelivery(
  db: Kysely<Database>,
  webhookId: number,
  id: string | number,
): Promise<DeliveryRow | null> {
  const { rows } = await sql<DeliveryRow>`
    ${deliveries} where delivery.webhook_id = ${webhookId} and delivery.id = ${id}::bigint
  `.execute(db);
  return rows[0] ?? null;
}

/** How long an event can be read, and waits for a webhook that is paused. */
const keptFor = sql`interval '30 days'`;

/** Drops events that are old, with their deliveries. */
export async function forgetOldEvents(db: Kysely<Database>): Promise<void> {
  await db
    .deleteFrom('webhook_event')
    .where('at', '<', sql<string>`clock_timestamp() - ${keptFor}`)
    .execute();
}
