/** Runs one command inside the test, with a terminal that is read and a clock that jumps. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { ExitCode } from '../../src/cli/exit-code.ts';

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
  });
  return ran;
}

/** Writes a file for the length of the test, and gives its path. */
export function fileWith(name: string, content: string | Uint8Array | object): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isText ? content : JSON.stringify(content));
  return path;
}
