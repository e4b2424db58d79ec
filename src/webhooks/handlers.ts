/** Webhooks over HTTP. */
import { badCursor, readCursor } from '../contract/cursor.ts';
import type { Handlers } from '../contract/handlers.ts';
import { pageOf } from '../contract/page.ts';
import { type ProblemFault, problem, unprocessable } from '../contract/problems.ts';
import type { components } from '../contract/types.gen.ts';
import { nowIn } from '../db/clock.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf, written } from '../db/write.ts';
import {
  type DeliveryRow,
  deliverAgain,
  endRest,
  findDelivery,
  listDeliveries,
  putInOutbox,
  wakeCouriers,
} from './outbox.ts';
import { faultOfUrl, type PrivateAllowed } from './private-addresses.ts';
import { newSecret } from './signature.ts';
import {
  changeWebhook,
  deleteWebhook,
  findWebhook,
  giveSecret,
  insertWebhook,
  listWebhooks,
  lockWebhook,
  pauseWebhook,
  resumeWebhook,
  unknownProducts,
  type WebhookSettings,
} from './store.ts';
import { beginWatching } from './watch-store.ts';
import { showNewWebhook, showWebhook, type WebhookRow } from './webhook.ts';

type WebhookHandlers = Pick<
  Handlers,
  | 'listWebhooks'
  | 'createWebhook'
  | 'getWebhook'
  | 'updateWebhook'
  | 'deleteWebhook'
  | 'rotateWebhookSecret'
  | 'testWebhook'
  | 'listWebhookDeliveries'
  | 'redeliverWebhookEvent'
>;

const addressOf = ({ id }: { id: number }) => `/v1/webhooks/${id}`;

export function webhookHandlers(
  { db, write }: Service,
  { allowed }: { allowed: PrivateAllowed },
): WebhookHandlers {
  return {
    async listWebhooks({ query }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position[0] : null;
      const rows = await listWebhooks(db, { after, limit: query.limit + 1 });
      return { status: 200, body: pageOf(rows, query.limit, showWebhook, ({ id }) => [id]) };
    },

    async createWebhook(request) {
      const { url, description = null, products = null } = request.body;
      const { events = ['gate.verdict_changed'] } = request.body;
      const secret = newSecret();
      return write(request, 'createWebhook', async (change) => {
        const faults = await faultsOf(change, { url, products }, allowed);
        if (faults.length > 0) return unprocessable(faults);
        await beginWatching(change);
        const createdBy = writerOf(request);
        const id = await insertWebhook(change, { url, description, events, products, createdBy });
        await giveSecret(change, id, secret, 'drop');
        const row = await mustFind(change, id);
        const answer = {
          status: 201 as const,
          headers: { Location: addressOf(row) },
          body: showNewWebhook(row, secret),
        };
        return written(answer, { subject: addressOf(row), change: showWebhook(row) });
      });
    },

    async getWebhook({ path }) {
      const row = await findWebhook(db, path.webhook);
      return row ? { status: 200, body: showWebhook(row) } : notFound(path.webhook);
    },

    async updateWebhook(request) {
      const { path, body } = request;
      return write(request, 'updateWebhook', async (change) => {
        const row = await lockWebhook(change, path.webhook);
        if (!row) return notFound(path.webhook);
        const faults = await faultsOf(change, body, allowed);
        if (faults.length > 0) return unprocessable(faults);
        await changeWebhook(change, row.id, body);
        if (body.status === 'paused' && row.paused_because !== 'asked') {
          await pauseWebhook(change, row.id, 'asked');
        }
        if (beginsAnew(row, body)) {
          await resumeWebhook(change, row.id);
          await wakeCouriers(change);
        }
        const changed = showWebhook(await mustFind(change, row.id));
        return written({ status: 200, body: changed }, { subject: addressOf(row), change: body });
      });
    },

    async deleteWebhook(request) {
      const { webhook } = request.path;
      return write(request, 'deleteWebhook', async (change) => {
        const row = await lockWebhook(change, webhook);
        if (!row) return notFound(webhook);
        await deleteWebhook(change, row.id);
        const done = { status: 204 as const };
        return written(done, { subject: addressOf(row), change: { deleted: true } });
      });
    },

    async rotateWebhookSecret(request) {
      const { path, query } = request;
      const { before = 'keep' } = query;
      const secret = newSecret();
      return write(request, 'rotateWebhookSecret', async (change) => {
        const row = await lockWebhook(change, path.webhook);
        if (!row) return notFound(path.webhook);
        await giveSecret(change, row.id, secret, before);
        const answer = { status: 200 as const, body: showNewWebhook(row, secret) };
        return written(answer, { subject: `${addressOf(row)}/secret`, change: { before } });
      });
    },

    async testWebhook(request) {
      const { webhook } = request.path;
      return write(request, 'testWebhook', async (change) => {
        const row = await lockWebhook(change, webhook);
        if (!row) return notFound(webhook);
        if (row.paused_at !== null) return isPaused(row);
        const [deliveryId = 0] = await putInOutbox(change, [row.id], {
          type: 'webhook.test',
          subject: null,
          timestamp: await nowIn(change),
          data: { webhook: String(row.id) },
        });
        await endRest(change, row.id);
        return queued(change, row, deliveryId, `${addressOf(row)}/test`);
      });
    },

    async listWebhookDeliveries({ path, query }) {
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const row = await findWebhook(db, path.webhook);
      if (!row) return notFound(path.webhook);
      const deliveries = await listDeliveries(db, row.id, {
        after: start.kind === 'after' ? start.position[0] : null,
        limit: query.limit + 1,
        status: query.status ?? null,
      });
      return { status: 200, body: pageOf(deliveries, query.limit, showDelivery, ({ id }) => [id]) };
    },

    async redeliverWebhookEvent(request) {
      const { webhook, delivery } = request.path;
      return write(request, 'redeliverWebhookEvent', async (change) => {
        const row = await lockWebhook(change, webhook);
        const found = row && (await findDelivery(change, row.id, delivery));
        if (!row) return notFound(webhook);
        if (!found) return deliveryNotFound(webhook, delivery);
        if (row.paused_at !== null) return isPaused(row);
        await deliverAgain(change, row.id, found.id);
        const subject = `${addressOf(row)}/deliveries/${found.id}/redelivery`;
        return queued(change, row, found.id, subject);
      });
    },
  };
}

/** It is resumed, or has another address, which has not failed yet. */
function beginsAnew(
  row: WebhookRow,
  { status, url = row.url }: components['schemas']['WebhookChange'],
): boolean {
  if (row.paused_at !== null) return status === 'active';
  return status !== 'paused' && url !== row.url;
}

async function faultsOf(
  db: Change,
  { url, products }: WebhookSettings,
  allowed: PrivateAllowed,
): Promise<ProblemFault[]> {
  const wrongUrl = url === undefined ? null : faultOfUrl(url, allowed);
  const unknown = await unknownProducts(db, products ?? []);
  return [
    ...(wrongUrl === null ? [] : [{ pointer: '/url', detail: wrongUrl }]),
    ...unknown.map((key) => ({
      pointer: `/products/${products?.indexOf(key)}`,
      detail: `There is no product '${key}'. Put it first, or correct the key.`,
    })),
  ];
}

async function mustFind(db: Change, id: number): Promise<WebhookRow> {
  const row = await findWebhook(db, String(id));
  if (!row) throw new Error(`Webhook ${id}, which was just written, is not there.`);
  return row;
}

async function queued(db: Change, webhook: WebhookRow, deliveryId: number, subject: string) {
  const delivery = await findDelivery(db, webhook.id, deliveryId);
  if (!delivery) throw new Error(`Delivery ${deliveryId}, which was just written, is not there.`);
  const body = showDelivery(delivery);
  const { id, event } = body;
  return written({ status: 202 as const, body }, { subject, change: { delivery: id, event } });
}

function showDelivery(row: DeliveryRow): components['schemas']['WebhookDelivery'] {
  return {
    id: String(row.id),
    event: row.event,
    sent: JSON.parse(row.body),
    status: row.status,
    createdAt: row.createdAt,
    nextAttemptAt: row.status === 'waiting' ? row.nextAttemptAt : null,
    attemptCount: row.attemptCount,
    attempts: row.attempts,
  };
}

function notFound(id: string) {
  return problem('not-found', `There is no webhook ${id}. List the webhooks to find its id.`);
}

function deliveryNotFound(webhook: string, id: string) {
  return problem(
    'not-found',
    `Webhook ${webhook} has no delivery ${id}; what is older than 30 days is forgotten. List its deliveries to find the id.`,
  );
}

function isPaused({ id }: WebhookRow) {
  return problem('conflict', `Webhook ${id} is paused, so nothing is sent to it. Resume it first.`);
}
