/** Runs one command inside the test, with a terminal that is read and a clock that jumps. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { ExitCode } from '../../src/cli/exit-code.ts';
import { serveFleet } from '../../src/cli/fleet/fleet-thread.ts';
import type { OwnProcess } from '../../src/cli/terminal.ts';

export interface Ran {
  code: ExitCode;
  stdout: string;
  stderr: string;
  /** Milliseconds of every pause. */
  pauses: number[];
}

interface Around {
  env?: Record<string, string>;
  columns?: number;
  colour?: boolean;
  /** What comes by standard input. */
  stdin?: string | Uint8Array;
  process?: Partial<OwnProcess>;
}

export async function run(args: readonly string[], around: Around = {}): Promise<Ran> {
  const ran: Ran = { code: 4, stdout: '', stderr: '', pauses: [] };
  let now = 0;
  ran.code = await runCommandLine(args, {
    env: around.env ?? {},
    terminal: {
      stdout: (text) => {
        ran.stdout += text;
      },
      stderr: (text) => {
        ran.stderr += text;
      },
      columns: around.columns ?? null,
      colour: around.colour ?? false,
    },
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        ran.pauses.push(milliseconds);
        now += milliseconds;
      },
    },
    process: {
      stdin: () => Readable.from([Buffer.from(around.stdin ?? '')]),
      drained: async () => true,
      redraws: false,
      interruption: () => new AbortController().signal,
      startThread: inThisThread,
      startEvaluator: () => {
        throw new Error('No service is run here.');
      },
      ...around.process,
    },
  });
  return ran;
}

/** Speaks as a thread does, through a channel. */
const inThisThread: OwnProcess['startThread'] = (job) => {
  const { port1, port2 } = new MessageChannel();
  serveFleet(port1, job);
  const terminate = async () => {
    port1.close();
    port2.close();
  };
  return Object.assign(port2, { terminate }) as unknown as ReturnType<OwnProcess['startThread']>;
};

/** Writes a file for the length of the test, and gives its path. */
export function fileWith(name: string, content: string | Uint8Array | object): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isText ? content : JSON.stringify(content));
  return path;
}
