/** How long the built service takes until it is ready, with its embedded database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, medianOf } from './figure.ts';

const program = fileURLToPath(new URL('../dist/holdfast.mjs', import.meta.url));
const rounds = 3;
const goals = { first: 3, later: 1.5 };

export async function start(): Promise<Figure[]> {
  await import('../scripts/build.mjs');
  const seconds: Record<keyof typeof goals, number[]> = { first: [], later: [] };
  for (let round = 0; round < rounds; round++) {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
    try {
      for (const which of ['first', 'later'] as const) {
        seconds[which].push(await secondsToReady(join(folder, 'data')));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return (['first', 'later'] as const).map((which) => {
    const value = medianOf(seconds[which]);
    return {
      figure: `${which} start to ready`,
      database: 'embedded',
      value,
      unit: 's',
      floor: null,
      ratio: null,
      goal: `≤ ${goals[which]} s`,
      met: value <= goals[which],
    };
  });
}

async function secondsToReady(dataDir: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text;
    if (/ready on http/.test(said)) break;
  }
  const seconds = (performance.now() - begun) / 1000;
  child.kill('SIGTERM');
  await ended;
  if (!said.includes('ready on http')) throw new Error(`The service did not start:\n${said}`);
  return seconds;
}
