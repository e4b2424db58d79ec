/** A webhook as the contract shows it. */
import type { components } from '../contract/types.gen.ts';
import { showSecret } from './signature.ts';

type Schemas = components['schemas'];
export type WebhookState = Schemas['WebhookState'];
export type WebhookInput = Schemas['WebhookInput'];
export type EventType = Schemas['WebhookEventType'];

export interface WebhookRow {
  id: number;
  url: string;
  description: string | null;
  products: string[] | null;
  events: string[];
  created_at: string;
  created_by: string;
  paused_at: string | null;
  paused_because: string | null;
  failing_since: string | null;
  delivered_at: string | null;
  /** How many deliveries wait. */
  waiting: number;
}

export function showWebhook(row: WebhookRow): WebhookState {
  return {
    id: String(row.id),
    url: row.url,
    description: row.description,
    events: row.events as EventType[],
    products: row.products,
    status: row.paused_at === null ? 'active' : 'paused',
    pausedBecause: row.paused_because as WebhookState['pausedBecause'],
    pausedAt: row.paused_at,
    failingSince: row.failing_since,
    deliveredAt: row.delivered_at,
    waiting: row.waiting,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

/** With a secret that was just made. */
export function showNewWebhook(row: WebhookRow, secret: Buffer): Schemas['NewWebhook'] {
  return { ...showWebhook(row), secret: showSecret(secret) };
}
