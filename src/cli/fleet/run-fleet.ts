/**
 * Streams a fleet through threads: answers in the order of the machines, a bounded number of batches in memory. Reading
 * waits for the threads, and they wait for whoever reads the answers.
 */
import type { Readable } from 'node:stream';
import type { FleetThread, OwnProcess, Terminal } from '../terminal.ts';
import { batchesOf } from './batches.ts';
import {
  type AnsweredBatch,
  addTally,
  type Batch,
  emptyTally,
  type FleetJob,
  type Tally,
} from './fleet-job.ts';

/** `unread`: nobody reads the answers any more. */
export type FleetEnd = 'whole' | 'interrupted' | 'unread';

/** Batches that are held for each thread: one that it works on, one that waits, one that waits to be written. */
const batchesPerThread = 3;

export interface FleetRun {
  source: Readable;
  job: FleetJob;
  threads: number;
  /** Called after each batch that was written. */
  progress(tally: Tally): void;
}

/** Throws what the source throws, and where a thread breaks down. */
export async function runFleet(
  { source, job, threads: count, progress }: FleetRun,
  { stdout }: Pick<Terminal, 'stdout'>,
  { drained, interruption, startThread }: OwnProcess,
): Promise<{ end: FleetEnd; tally: Tally }> {
  const tally = emptyTally();
  let end: FleetEnd = 'whole';
  const stop = (early: FleetEnd) => {
    if (end === 'whole') end = early;
    source.destroy();
  };
  interruption().addEventListener('abort', () => stop('interrupted'), { once: true });
  const threads = Array.from({ length: count }, () => threadOf(startThread(job)));

  const write = async (answered: AnsweredBatch): Promise<void> => {
    stdout(answered.text);
    addTally(tally, answered.tally);
    progress(tally);
    if (!(await drained())) stop('unread');
  };
  /** Each is written when the one before it was. */
  const writings: Promise<void>[] = [];
  let last = Promise.resolve();
  const writeAfterLast = async (before: Promise<void>, answer: Promise<AnsweredBatch>) => {
    answer.catch(() => {});
    await before;
    if (end !== 'unread') await write(await answer);
  };
  try {
    for await (const batch of untilStopped(batchesOf(source), () => end !== 'whole')) {
      last = writeAfterLast(last, leastBusy(threads).answer(batch));
      // Heard of at once, also where no further line comes.
      last.catch((error) => source.destroy(error));
      writings.push(last);
      if (writings.length >= count * batchesPerThread) await writings.shift();
    }
    await last;
    return { end, tally };
  } finally {
    source.destroy();
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** A source that was closed on purpose ends, and breaks nothing. */
async function* untilStopped<T>(
  items: AsyncIterable<T>,
  stopped: () => boolean,
): AsyncGenerator<T> {
  try {
    for await (const item of items) {
      if (stopped()) return;
      yield item;
    }
  } catch (error) {
    if (!stopped()) throw error;
  }
}

interface BusyThread {
  /** How many batches it still has to answer. */
  waiting(): number;
  answer(batch: Batch): Promise<AnsweredBatch>;
  end(): Promise<unknown>;
}

function threadOf(thread: FleetThread): BusyThread {
  const asked: { resolve(answer: AnsweredBatch): void; reject(error: unknown): void }[] = [];
  let fault: Error | null = null;
  const broken = (error: Error) => {
    fault ??= error;
    for (const each of asked.splice(0)) each.reject(fault);
  };
  // It answers in the order in which it was asked.
  thread.on('message', (answer: AnsweredBatch) => asked.shift()?.resolve(answer));
  thread.on('error', broken);
  thread.on('exit', () => broken(new Error('A thread ended before its work was done.')));
  return {
    waiting: () => asked.length,
    answer: (batch) =>
      new Promise((resolve, reject) => {
        // It would never answer.
        if (fault !== null) throw fault;
        asked.push({ resolve, reject });
        thread.postMessage(batch, [batch.bytes.buffer as ArrayBuffer]);
      }),
    end: () => {
      // What it still owes nobody waits for.
      asked.length = 0;
      return thread.terminate();
    },
  };
}

function leastBusy(threads: readonly BusyThread[]): BusyThread {
  return threads.reduce((least, each) => (each.waiting() < least.waiting() ? each : least));
}
