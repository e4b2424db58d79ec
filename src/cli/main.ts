/** The process: hands its arguments, environment and streams to the command line, and ends with its code. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isMainThread,
  type MessagePort,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { serveEvaluator } from '../drivers/affected/evaluator-thread.ts';
import { runCommandLine } from './command-line.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { FleetJob } from './fleet/fleet-job.ts';
import { serveFleet } from './fleet/fleet-thread.ts';

if (isMainThread) await runProcess();
// The program is one file: its threads begin here too.
else if (parentPort) serveThread(parentPort, workerData);

type ThreadWork = { does: 'fleet'; job: FleetJob } | { does: 'evaluator'; publicUrl: string };

function startThread(work: ThreadWork): Worker {
  return new Worker(new URL(import.meta.url), { workerData: work });
}

function serveThread(port: MessagePort, work: ThreadWork): void {
  if (work.does === 'fleet') serveFleet(port, work.job);
  else serveEvaluator(port, work.publicUrl);
}

async function runProcess(): Promise<void> {
  let ended: ExitCode = exitCodes.couldNotAsk;

  // However the process comes to its end, nobody takes it for a pass that the gate did not give.
  process.on('exit', () => {
    process.exitCode = ended;
  });

  function endUnexpectedly(error: unknown): void {
    console.error('holdfast: a fault of the command line itself:', error);
    ended = exitCodes.couldNotAsk;
    process.exit();
  }

  process.on('uncaughtException', endUnexpectedly);
  process.on('unhandledRejection', endUnexpectedly);
  let read = true;
  process.stdout.on('error', (error) => {
    ignoreClosedPipe(error);
    read = false;
  });
  process.stderr.on('error', ignoreClosedPipe);

  async function drained(): Promise<boolean> {
    if (read && process.stdout.writableNeedDrain) {
      await once(process.stdout, 'drain').catch(ignoreClosedPipe);
    }
    return read;
  }

  const forPerson = process.stdout.isTTY === true;
  ended = await runCommandLine(process.argv.slice(2), {
    env: process.env,
    terminal: {
      stdout: (text) => process.stdout.write(text),
      stderr: (text) => process.stderr.write(text),
      columns: forPerson ? process.stdout.columns : null,
      colour: forPerson && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    },
    clock: { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) },
    process: {
      stdin: () => process.stdin,
      drained,
      redraws: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
      interruption() {
        const controller = new AbortController();
        process.once('SIGINT', () => controller.abort());
        return controller.signal;
      },
      startThread: (job) => startThread({ does: 'fleet', job }),
      startEvaluator: (publicUrl) => startThread({ does: 'evaluator', publicUrl }),
    },
  });
}

/** A reader that has seen enough, such as `head`, takes nothing away from the outcome. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
