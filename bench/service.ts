/** The service as it is measured: with its thread, which is this file once more. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Hono } from 'hono';
import type { OpenDatabase } from '../src/db/connection.ts';
import { evaluatorIn, serveEvaluator } from '../src/drivers/affected/evaluator-thread.ts';
import { buildApp } from '../src/server/app.ts';

if (!isMainThread && parentPort) serveEvaluator(parentPort, workerData);

const publicUrl = 'http://127.0.0.1';

export function serviceOn(database: OpenDatabase): Hono {
  return buildApp(
    database,
    { publicUrl, recordPrefix: 'HF', publisherName: 'Bench', signingKey: null },
    { error: (fields: object) => console.error(fields) },
    undefined,
    evaluatorIn(() => new Worker(new URL(import.meta.url), { workerData: publicUrl })),
  );
}
