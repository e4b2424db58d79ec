/** The thread's side of a fleet: takes batches, and posts each answer as soon as it is made. */
import type { MessagePort } from 'node:worker_threads';
import { batchAnswerer } from './answer-batch.ts';
import type { Batch, FleetJob } from './fleet-job.ts';

/** Answers every message, in their order. */
export function serveFleet(port: Pick<MessagePort, 'on' | 'postMessage'>, job: FleetJob): void {
  const answerBatch = batchAnswerer(job);
  port.on('message', (batch: Batch) => port.postMessage(answerBatch(batch)));
}
