/** The program as people run it: the built file, in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('../../dist/holdfast.mjs', import.meta.url));

/** For `HOLDFAST_ADMIN_TOKEN`. */
export const adminToken = 'administrator-of-this-test';

export type Environment = Readonly<Record<string, string>>;

/** How a process came to its end: by a code of its own, or by a signal. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface ServiceProcess {
  url: string;
  pid: number;
  /** What it printed for the operator so far. */
  stdout(): string;
  /** What it logged so far. */
  log(): string;
  ended: Promise<Ended>;
  /** Ends it as a crash would, with `kill -9`. */
  kill(): Promise<Ended>;
  /** Tells it to end, and waits until it has. */
  stop(): Promise<Ended>;
}

/** Nothing of a process that was started outlives the test run, however that comes to its end. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs one command to its end. Nothing of this process's environment reaches it but `env`. `node` is the Node that
 * runs it.
 */
export function runProgram(
  args: readonly string[],
  env: Environment,
  node = process.execPath,
): Promise<Ended> {
  return begin(args, env, node).ended;
}

/**
 * Starts the service on a free port, and answers once it says that it is ready. `env` names its database; everything
 * else may stay out. Throws, with what the process said, where it ends before.
 */
export async function startService(
  env: Environment,
  node = process.execPath,
): Promise<ServiceProcess> {
  const { child, said, ended } = begin(['serve'], { PORT: '0', ...env }, node);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, address] = /ready on (http:\S+)\n/.exec(said.stdout) ?? [];
      if (address !== undefined) resolve(address);
    });
    ended.then(({ code, signal, stdout, stderr }) =>
      reject(new Error(`The service ended early (${code ?? signal}):\n${stdout}${stderr}`)),
    );
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    pid: child.pid as number,
    stdout: () => said.stdout,
    log: () => said.stderr,
    ended,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** The same for one test: killed after it, should it still run. Fails the test where its log holds a secret. */
export async function serviceForTest(
  env: Environment,
  node = process.execPath,
): Promise<ServiceProcess> {
  const service = await startService(env, node);
  onTestFinished(async () => {
    const { stderr } = await service.kill();
    expect(stderr).not.toMatch(/hf_[\w-]{20}/);
    expect(stderr).not.toContain(adminToken);
  });
  return service;
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function begin(args: readonly string[], env: Environment, node: string) {
  const child = spawn(node, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  // `close` comes when everything that was said has been heard, too.
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    running.delete(child);
    return { code, signal, ...said };
  });
  return { child, said, ended };
}
