/** The program as people run it: the built file, in a process of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/holdfast.mjs', import.meta.url));

/** The Node that runs it, so that a suite on one version can try the others. */
const node = process.env.TEST_NODE ?? process.execPath;

export const adminToken = 'administrator-of-this-test';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface ServiceProcess {
  url: string;
  /** Tells it to end, and gives the exit code. */
  stop(): Promise<number | null>;
}

/** Runs one command to its end. Nothing of this process's environment reaches it but `env`. */
export function runProgram(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(node, [program, ...args], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** Starts the service on a free port and an empty data folder, and waits until it is ready. */
export async function startService(): Promise<ServiceProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-service-'));
  const child = spawn(node, [program, 'serve'], {
    env: { PORT: '0', DATA_DIR: join(folder, 'data'), HOLDFAST_ADMIN_TOKEN: adminToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails before it can stop it leaves nothing behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await readyAt(child);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      await rm(folder, { recursive: true });
      return code;
    },
  };
}

/** The address in the line that says that it is ready. */
function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const url = /ready on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`The service ended before it was ready:\n${said}`)));
  });
}
