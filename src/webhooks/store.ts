/** Webhooks and their secrets in the database. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../db/rows.gen.ts';
import type { Change } from '../db/write.ts';
import type { WebhookRow } from './webhook.ts';

const columns = [
  'webhook.id',
  'webhook.url',
  'webhook.description',
  'webhook.products',
  'webhook.events',
  'webhook.created_at',
  'webhook.created_by',
  'webhook.paused_at',
  'webhook.paused_because',
  'webhook.failing_since',
  'webhook.delivered_at',
] as const;

function webhooks(db: Kysely<Database>) {
  return db
    .selectFrom('webhook')
    .select(columns)
    .select((row) =>
      row
        .selectFrom('webhook_delivery')
        .whereRef('webhook_delivery.webhook_id', '=', 'webhook.id')
        .where('webhook_delivery.status', '=', 'waiting')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('waiting'),
    );
}

/** Newest first, from behind the webhook with the id `after`. */
export async function listWebhooks(
  db: Kysely<Database>,
  { after, limit }: { after: number | null; limit: number },
): Promise<WebhookRow[]> {
  return webhooks(db)
    .$if(after !== null, (query) => query.where('webhook.id', '<', after))
    .orderBy('webhook.id', 'desc')
    .limit(limit)
    .execute();
}

export async function findWebhook(db: Kysely<Database>, id: string): Promise<WebhookRow | null> {
  const row = await webhooks(db)
    .where('webhook.id', '=', sql<number>`${id}::bigint`)
    .executeTakeFirst();
  return row ?? null;
}

/** The same, and nobody changes, deletes or claims it until the transaction ends. */
export async function lockWebhook(db: Change, id: string): Promise<WebhookRow | null> {
  const locked = await db
    .selectFrom('webhook')
    .select('id')
    .where('id', '=', sql<number>`${id}::bigint`)
    .forUpdate()
    .executeTakeFirst();
  return locked ? findWebhook(db, id) : null;
}

export interface NewWebhook {
  url: string;
  description: string | null;
  events: readonly string[];
  products: readonly string[] | null;
  createdBy: string;
}

export async function insertWebhook(db: Change, webhook: NewWebhook): Promise<number> {
  const { id } = await db
    .insertInto('webhook')
    .values({
      url: webhook.url,
      description: webhook.description,
      events: [...webhook.events],
      products: webhook.products ? [...webhook.products] : null,
      created_by: webhook.createdBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface WebhookSettings {
  url?: string | undefined;
  description?: string | null | undefined;
  events?: readonly string[] | undefined;
  products?: readonly string[] | null | undefined;
}

/** What is undefined stays. */
export async function changeWebhook(
  db: Change,
  id: number,
  { url, description, events, products }: WebhookSettings,
): Promise<void> {
  const set = {
    ...(url !== undefined && { url }),
    ...(description !== undefined && { description }),
    ...(events !== undefined && { events: [...events] }),
    ...(products !== undefined && { products: products ? [...products] : null }),
  };
  if (Object.keys(set).length === 0) return;
  await db.updateTable('webhook').set(set).where('id', '=', id).execute();
}

/** Why nothing is sent to a webhook. */
export type Pause = 'asked' | 'gone' | 'failing';

export async function pauseWebhook(db: Change, id: number, because: Pause): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ paused_at: sql`clock_timestamp()`, paused_because: because })
    .where('id', '=', id)
    .execute();
}

/** It is sent to as if nothing had failed: what waits begins anew, at once. */
export async function resumeWebhook(db: Change, id: number): Promise<void> {
  await db
    .updateTable('webhook')
    .set({
      paused_at: null,
      paused_because: null,
      failing_since: null,
      failures: 0,
      rests_until: null,
    })
    .where('id', '=', id)
    .execute();
  await db
    .updateTable('webhook_delivery')
    .set({ next_attempt_at: sql`now()`, tried_since: null, failures: 0 })
    .where('webhook_id', '=', id)
    .where('status', '=', 'waiting')
    .execute();
}

export async function deleteWebhook(db: Change, id: number): Promise<void> {
  await db.deleteFrom('webhook').where('id', '=', id).execute();
}

/** How long a secret goes on signing beside the one that took its place. */
const bothSign = sql`interval '1 day'`;

/** Makes this the secret that signs; those before it end at once, or in a day. */
export async function giveSecret(
  db: Change,
  webhookId: number,
  secret: Buffer,
  before: 'keep' | 'drop',
): Promise<void> {
  await db
    .deleteFrom('webhook_secret')
    .where('webhook_id', '=', webhookId)
    .$if(before === 'keep', (query) => query.where('ends_at', '<=', sql<string>`clock_timestamp()`))
    .execute();
  if (before === 'keep') {
    await db
      .updateTable('webhook_secret')
      .set({ ends_at: sql`clock_timestamp() + ${bothSign}` })
      .where('webhook_id', '=', webhookId)
      .where('ends_at', 'is', null)
      .execute();
  }
  await db.insertInto('webhook_secret').values({ webhook_id: webhookId, secret }).execute();
}

/** Which of these products do not exist. */
export async function unknownProducts(db: Change, keys: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('product')
    .select('key')
    .where('key', '=', sql<string>`any(${keys})`)
    .execute();
  const known = new Set(rows.map(({ key }) => key));
  return keys.filter((key) => !known.has(key));
}
