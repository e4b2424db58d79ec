/** The composition root: features, contract and pages made into one application. */
import { text as contractText } from 'holdfast:contract';
import { Hono } from 'hono';
import { auditedWrite } from '../access/audited-write.ts';
import { authenticator } from '../access/authenticate.ts';
import { accessHandlers } from '../access/handlers.ts';
import type { SigningKey } from '../attestation/ed25519-key.ts';
import { checkHandlers } from '../checks/handlers.ts';
import { proposalHandlers } from '../checks/proposal-handlers.ts';
import type { Handlers } from '../contract/handlers.ts';
import { mount } from '../contract/mount.ts';
import { backtestHandlers } from '../coverage/backtest/handlers.ts';
import { gapHandlers } from '../coverage/gaps/handlers.ts';
import { isReady, type OpenDatabase } from '../db/connection.ts';
import { isOutage } from '../db/outage.ts';
import type { Service } from '../db/service.ts';
import { affectedness } from '../drivers/affected/affectedness.ts';
import { type Evaluator, evaluator } from '../drivers/affected/evaluator.ts';
import { affectedHandlers } from '../drivers/affected/handlers.ts';
import { affectedPages } from '../drivers/affected/pages.tsx';
import { driverHandlers } from '../drivers/handlers.ts';
import { holdEvaluationHandlers } from '../drivers/holds/evaluation-handlers.ts';
import { holdHandlers } from '../drivers/holds/handlers.ts';
import { holdLifeHandlers } from '../drivers/holds/life-handlers.ts';
import { incidentHandlers } from '../incidents/handlers.ts';
import { productHandlers } from '../products/handlers.ts';
import { judgeCandidate, listCandidates } from '../releases/candidates.ts';
import { decisionHandlers } from '../releases/decisions/handlers.ts';
import { gateHandlers } from '../releases/gate-handlers.ts';
import { qualityHandlers } from '../releases/quality/handlers.ts';
import { releaseHandlers } from '../releases/release-handlers.ts';
import { resultHandlers } from '../releases/results/handlers.ts';
import { shipmentHandlers } from '../releases/shipment-handlers.ts';
import { testReportHandlers } from '../releases/test-reports/handlers.ts';
import { waitingRoom } from '../releases/waiting-room.ts';
import { waiverHandlers } from '../releases/waivers/handlers.ts';
import { reportHandlers } from '../reports/handlers.ts';
import { reportPages } from '../reports/pages.tsx';
import { publicParts } from '../reports/public-parts.ts';
import { reportReader } from '../reports/remembered-reports.ts';
import { docsPages } from '../web/docs/pages.tsx';
import { mountPages } from '../web/mount-pages.ts';
import { webhookHandlers } from '../webhooks/handlers.ts';
import { nothingPrivate, type PrivateAllowed } from '../webhooks/private-addresses.ts';
import type { Log } from './log.ts';
import { metrics } from './metrics.ts';

export interface AppSettings {
  publicUrl: string;
  recordPrefix: string;
  publisherName: string;
  /** The operator's own; null for one that is kept in the database. */
  signingKey: SigningKey | null;
  /** What webhooks may reach beside public addresses; absent: nothing. */
  webhookAllowPrivate?: PrivateAllowed;
}

/**
 * The whole service as a function from request to response; it listens nowhere. Nobody is kept waiting once `ending` is
 * aborted. Questions about machines are answered by `answering`, which may be a thread of its own.
 */
export function buildApp(
  { db, news }: Pick<OpenDatabase, 'db' | 'news'>,
  { signingKey, webhookAllowPrivate = nothingPrivate, ...settings }: AppSettings,
  log: Pick<Log, 'error'>,
  ending: AbortSignal = new AbortController().signal,
  answering: Evaluator = evaluator(settings.publicUrl),
): Hono {
  const app = new Hono();
  const room = waitingRoom({ news, ending });
  const measured = metrics({ callersWaiting: room.occupied });
  const { authenticate, forget } = authenticator(db);
  const service: Service = { db, write: auditedWrite(db), ...settings };
  const affected = affectedness(db, answering);
  const findReport = reportReader(service);
  const handlers: Handlers = {
    ...accessHandlers(service, forget),
    ...productHandlers(service),
    ...checkHandlers(service, { candidates: { list: listCandidates, judge: judgeCandidate } }),
    ...proposalHandlers(service),
    ...driverHandlers(service),
    ...affectedHandlers(affected),
    ...holdHandlers(service),
    ...holdLifeHandlers(service),
    ...holdEvaluationHandlers(service),
    ...releaseHandlers(service),
    ...shipmentHandlers(service),
    ...gateHandlers(service, room),
    ...decisionHandlers(service, { signingKey }),
    ...resultHandlers(service),
    ...testReportHandlers(service),
    ...waiverHandlers(service),
    ...qualityHandlers(service),
    ...incidentHandlers(service, { publicParts }),
    ...backtestHandlers(service),
    ...gapHandlers(service),
    ...reportHandlers(service, findReport),
    ...webhookHandlers(service, { allowed: webhookAllowPrivate }),
  };

  app.use(measured.middleware);
  app.get('/healthz', (context) => context.text('alive'));
  app.get('/readyz', async (context) =>
    (await isReady(db))
      ? context.text('ready')
      : context.text('The database is out of reach.', 503),
  );
  app.get('/metrics', (context) => measured.answer(context));
  app.get('/openapi.yaml', (context) =>
    context.body(contractText, 200, { 'Content-Type': 'application/yaml; charset=utf-8' }),
  );
  mount(app, handlers, { authenticate, log, isOutage });
  mountPages(
    app,
    {
      ...reportPages(service, findReport),
      ...affectedPages(service, affected),
      ...docsPages(service),
    },
    { site: service, log, isOutage },
  );
  return app;
}
