/** The service as a process: from the environment to listening, and back to nothing in flight. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { forgetOldAnswers } from '../access/audited-write.ts';
import { ensureAdministrator, type FirstAdministrator } from '../access/first-administrator.ts';
import { type OpenDatabase, openDatabase } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { StartRefused } from '../db/start-refused.ts';
import { inTransaction } from '../db/transaction.ts';
import { type EvaluatorThread, evaluatorIn } from '../drivers/affected/evaluator-thread.ts';
import { keyForSigning } from '../releases/decisions/signing-keys.ts';
import { weighRemaining } from '../releases/proof/weigh-remaining.ts';
import { forgetOldEvents } from '../webhooks/outbox.ts';
import { usualPatience } from '../webhooks/retry.ts';
import { sender } from '../webhooks/send.ts';
import { startWebhookWorker } from '../webhooks/worker.ts';
import { buildApp } from './app.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { type Log, openLog } from './log.ts';
import { ownUrl } from './own-url.ts';

/** How long an operator's signal waits for requests that are being answered. */
const drainMs = 20_000;
const hourMs = 3_600_000;

/** Starts a thread that answers for machines; null where there can be none, and it is done here. */
export type StartEvaluator = ((publicUrl: string) => EvaluatorThread) | null;

/** Serves until SIGTERM or SIGINT. Throws `StartRefused` where an operator has to act first. */
export async function serve(env: NodeJS.ProcessEnv, startEvaluator: StartEvaluator): Promise<void> {
  const configuration = readConfiguration(env);
  const log = openLog();
  const database = await openDatabase(configuration.database, {
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const ending = new AbortController();
  const { server, url, administrator } = await start(
    database,
    configuration,
    log,
    ending.signal,
    startEvaluator,
  ).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  weighRemaining(database.db, ending.signal).catch((error: unknown) =>
    log.warn({ err: error }, 'older results could not be weighed; the next start goes on'),
  );
  const worker = startWebhookWorker(database, {
    publicUrl: configuration.publicUrl ?? url,
    send: sender({ allowed: configuration.webhookAllowPrivate }),
    patience: usualPatience,
    onPaused: (webhook, because) => log.warn({ webhook, because }, 'a webhook was paused'),
    onFailure: (error) => log.warn({ err: error }, 'webhooks wait for the next round'),
  });
  const tidying = setInterval(() => {
    forgetOldAnswers(database.db).catch((error: unknown) =>
      log.warn({ err: error }, 'old answers could not be dropped'),
    );
    forgetOldEvents(database.db).catch((error: unknown) =>
      log.warn({ err: error }, 'old events could not be dropped'),
    );
  }, hourMs).unref();
  console.log(welcome(url, configuration, administrator));
  const signal = await signalled();
  log.info({ signal }, 'finishing what is in flight');
  clearInterval(tidying);
  ending.abort();
  await Promise.all([drained(server), worker.stop()]);
  await database.close();
}

async function start(
  database: OpenDatabase,
  configuration: Configuration,
  log: Log,
  ending: AbortSignal,
  startEvaluator: StartEvaluator,
) {
  await migrate(database.db);
  const { signingKey } = configuration;
  // Published before anything is signed with it.
  await inTransaction(database.db, (change) => keyForSigning(change, signingKey));
  // The address is known once the port is taken; nothing is asked before `app` stands.
  let app: ReturnType<typeof buildApp> | undefined;
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const response = app
        ? await app.fetch(request, env)
        : new Response('Starting.', { status: 503 });
      // Whoever kept the connection, and went on asking, would keep the service from ending.
      if (ending.aborted) response.headers.set('connection', 'close');
      return response;
    },
  });
  const url = await listening(server, configuration);
  try {
    const { adminToken, recordPrefix, publisherName, publicUrl, webhookAllowPrivate } =
      configuration;
    // A secret that a failing start has made is never shown, so nothing may fail after it.
    const settings = {
      recordPrefix,
      publisherName,
      publicUrl: publicUrl ?? url,
      signingKey,
      webhookAllowPrivate,
    };
    const answering = startEvaluator
      ? evaluatorIn(() => startEvaluator(settings.publicUrl))
      : undefined;
    app = buildApp(database, settings, log, ending, answering);
    const administrator = await ensureAdministrator(database.db, adminToken);
    return { server, url, administrator };
  } catch (error) {
    server.close();
    throw error;
  }
}

async function listening(
  server: ServerType,
  { host, port }: Pick<Configuration, 'host' | 'port'>,
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Another program listens on ${host}:${port}. Stop it, or set PORT to another number.`
          : `Cannot listen on ${host}:${port}: ${error.message}.`;
      reject(new StartRefused(reason));
    });
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return ownUrl(host, taken);
}

function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

/** Takes no new connections, and waits for those that are being answered. */
async function drained(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const late = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, drainMs);
  await closed;
  clearTimeout(late);
}

function welcome(
  url: string,
  { publicUrl }: Configuration,
  administrator: FirstAdministrator,
): string {
  const lines = [
    `Holdfast is ready on ${url}`,
    '',
    `  Public reports   ${publicUrl ?? url}/`,
    `  The contract     ${url}/docs`,
  ];
  if (administrator.kind === 'made_up') {
    lines.push(
      '',
      '  The first administrator token, shown this once:',
      '',
      `    export HOLDFAST_TOKEN=${administrator.secret}`,
    );
  }
  if (administrator.kind === 'revoked') {
    lines.push(
      '',
      '  Warning: the token in HOLDFAST_ADMIN_TOKEN was revoked, so it lets nobody in. Set another one, or take it away.',
    );
  }
  return `${lines.join('\n')}\n`;
}
