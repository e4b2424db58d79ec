/** `webhook test`, `deliveries` and `redeliver`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declareAsking } from '../command.ts';
import type { Session } from '../session.ts';
import { type WebhookDeliveryStatus, webhookDeliveryStatusOption } from './choices.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type Delivery = components['schemas']['WebhookDelivery'];

interface DeliveryFilter extends ListOptions {
  status?: WebhookDeliveryStatus;
}

export function addWebhookDeliveryCommands(group: Command, declaring: Declaring): void {
  declareAsking(group, 'test <id>', {
    does: 'send a test event to a webhook',
    examples: ['holdfast webhook test 3'],
  }).action(
    asking(declaring, async (session, webhook: string) => {
      const path = { params: { path: { webhook } } };
      const call = session.client.POST('/v1/webhooks/{webhook}/test', path);
      return session.show(await ask(call), (delivery) => sayQueued(session, webhook, delivery));
    }),
  );

  withListOptions(
    declareAsking(group, 'deliveries <id>', {
      does: 'list what was sent to a webhook or is to be, the newest first, and how the last attempt went',
      examples: [
        'holdfast webhook deliveries 3',
        'holdfast webhook deliveries 3 --status failed',
        'holdfast webhook deliveries 3 --limit 1 --json',
      ],
    }).addOption(webhookDeliveryStatusOption()),
  ).action(asking(declaring, listDeliveries));

  declareAsking(group, 'redeliver <id> <delivery>', {
    does: 'send an event once more, under the same id',
    examples: ['holdfast webhook redeliver 3 31'],
  }).action(
    asking(declaring, async (session, webhook: string, delivery: string) => {
      const call = session.client.POST('/v1/webhooks/{webhook}/deliveries/{delivery}/redelivery', {
        params: { path: { webhook, delivery } },
      });
      return session.show(await ask(call), (again) => sayQueued(session, webhook, again));
    }),
  );
}

async function listDeliveries(session: Session, webhook: string, options: DeliveryFilter) {
  const { status, limit, cursor } = options;
  const call = session.client.GET('/v1/webhooks/{webhook}/deliveries', {
    params: { path: { webhook }, query: { status, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    id: ({ id }) => id,
    event: ({ event }) => event,
    tells: whatIsTold,
    status: (delivery) => delivery.status,
    attempts: ({ attemptCount }) => String(attemptCount),
    'last attempt': lastAttempt,
    'next attempt': ({ nextAttemptAt }) => nextAttemptAt ?? '',
  });
}

function sayQueued(session: Session, webhook: string, { id, event }: Delivery): void {
  session.print(`Delivery ${id} of ${event} is on its way.`);
  session.note(`How it went: holdfast webhook deliveries ${webhook}`);
}

function whatIsTold({ sent: { type, data } }: Delivery): string {
  if (!('verdict' in data)) return type;
  const { product, version, ring, previousVerdict, verdict } = data;
  return `${product} ${version} ${ring}: ${previousVerdict ?? 'new'} → ${verdict}`;
}

function lastAttempt({ attempts: [last] }: Delivery): string {
  if (!last) return '';
  const said = last.statusCode === null ? last.failure : `answered ${last.statusCode}`;
  return `${last.at} ${said}`;
}
