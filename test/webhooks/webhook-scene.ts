/** A gate, a webhook that is told of it, and a worker whose rounds the test makes itself. */
import { sql } from 'kysely';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { type Courier, runErrand } from '../../src/webhooks/courier.ts';
import { type PrivateAllowed, readPrivateAllowed } from '../../src/webhooks/private-addresses.ts';
import { type Patience, usualPatience } from '../../src/webhooks/retry.ts';
import { sender } from '../../src/webhooks/send.ts';
import { tellVerdictChanges } from '../../src/webhooks/verdict-changes.ts';
import { testDatabase } from '../support/databases.ts';
import { expectCreated, gateScene, type Scene } from '../support/gate-scene.ts';
import { type Client, settings, testService } from '../support/service.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** What receivers on loopback need. */
export const loopback = allowing('127.0.0.0/8');

export function allowing(text: string): PrivateAllowed {
  const reading = readPrivateAllowed(text);
  if (reading.kind === 'wrong') throw new Error(`${reading.entry} is no address or name.`);
  return reading.allowed;
}

/** Waits for nothing: what failed is due at once. */
export const atOnce: Patience = {
  ...usualPatience,
  pausesMs: [0],
  restMsMax: 0,
  random: () => 0.5,
};

export interface WebhookScene extends Scene {
  admin: Client;
  receiver: Receiver;
  /** The webhook's address. */
  hook: string;
  secret: string;
}

/** `told` says of what; all that the gate scene begins with was told already. */
export async function webhookScene(told: object = {}): Promise<WebhookScene> {
  const database = await testDatabase();
  const service = await testService({ database, webhookAllowPrivate: loopback });
  const scene = await gateScene({ kind: 'content' }, service);
  const admin = await service.as('admin');
  const receiver = await startReceiver();
  const made = await expectCreated(admin.post('/v1/webhooks', { url: receiver.url, ...told }));
  await look(database);
  return {
    ...scene,
    admin,
    receiver,
    hook: `/v1/webhooks/${made.body.id}`,
    secret: made.body.secret,
  };
}

export const fails = (error: unknown): never => {
  throw error;
};

/** One look at all gates that are due. */
export function look({ db }: Pick<OpenDatabase, 'db'>): Promise<void> {
  return tellVerdictChanges(db, { publicUrl: settings.publicUrl, onFailure: fails });
}

/** Sends what is due, until nothing is or so many were sent. */
export async function deliver(
  { db }: Pick<OpenDatabase, 'db'>,
  {
    send = sender({ allowed: loopback, timeoutMs: 300 }),
    patience = atOnce,
    most = 100,
    onPaused = () => {},
  }: Partial<Courier> & { most?: number } = {},
): Promise<number> {
  let sent = 0;
  while (sent < most && (await runErrand({ db, send, patience, onPaused }))) sent += 1;
  return sent;
}

/** As if so much time had passed since everything that happened to webhooks. */
export async function timePasses({ db }: Pick<OpenDatabase, 'db'>, hours: number): Promise<void> {
  const ago = sql`make_interval(secs => ${hours * 3600})`;
  await sql`
    update webhook set sending_until = sending_until - ${ago}, rests_until = rests_until - ${ago},
      failing_since = failing_since - ${ago}
  `.execute(db);
  await sql`
    update webhook_delivery
    set next_attempt_at = next_attempt_at - ${ago}, tried_since = tried_since - ${ago}
  `.execute(db);
  await sql`update webhook_secret set ends_at = ends_at - ${ago}`.execute(db);
  await sql`update webhook_event set at = at - ${ago}`.execute(db);
}
