/** Machines of a fleet that the command line answers in a second, by itself: the built file, in threads. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { affectedness } from '../src/drivers/affected/affectedness.ts';
import { evaluator } from '../src/drivers/affected/evaluator.ts';
import { openEmbedded } from './databases.ts';
import type { Figure } from './figure.ts';
import { fillCatalogue, machineBody, rangesTotal } from './recorded-drivers.ts';

const driversOfMachine = 467;
const machines = 2_000;
const program = fileURLToPath(new URL('../dist/holdfast.mjs', import.meta.url));

export async function fleetOffline(): Promise<Figure[]> {
  await import('../scripts/build.mjs');
  const database = await openEmbedded();
  await fillCatalogue(database);
  const handedOut = await affectedness(database.db, evaluator('http://127.0.0.1')).handOut();
  await database.close();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  try {
    const file = join(folder, 'catalogue.json');
    await writeFile(file, handedOut.json);
    const { seconds, cpuSeconds } = await answerFleet(file);
    const name = `a fleet offline, ${driversOfMachine} drivers each, ${rangesTotal} ranges, ${availableParallelism()} cores`;
    const rest = { database: null, floor: null, ratio: null, goal: null, met: null } as const;
    return [
      { figure: name, value: machines / seconds, unit: 'machines/s', ...rest },
      {
        figure: 'processor time of a machine of the fleet',
        value: (cpuSeconds * 1000) / machines,
        unit: 'ms/machine',
        ...rest,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** From the first hundred answers on, so that neither the start nor the reading of the catalogue counts. */
async function answerFleet(catalogue: string): Promise<{ seconds: number; cpuSeconds: number }> {
  const machine = Buffer.from(`${machineBody('bench-7', driversOfMachine)}\n`);
  const child = spawn(
    process.execPath,
    [program, 'affected', '--fleet', '-', '--catalogue', catalogue],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const closed = once(child, 'close');
  let lines = 0;
  let cpu = 0;
  const measure = async () => {
    // Nothing is told of a process that has ended.
    cpu = Math.max(cpu, await cpuSecondsOf(child.pid));
  };
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
    void measure();
  });
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent++) {
      if (!child.stdin.write(machine)) await once(child.stdin, 'drain');
    }
  };
  await send(100);
  while (lines < 100) await once(child.stdout, 'data');
  await measure();
  const begun = { at: performance.now(), cpu };
  await send(machines);
  child.stdin.end();
  const [code] = await closed;
  if (code !== 5 || lines !== machines + 100) {
    throw new Error(`The fleet ended with ${code} after ${lines} answers.`);
  }
  return { seconds: (performance.now() - begun.at) / 1000, cpuSeconds: cpu - begun.cpu };
}

/** Of all its threads, to a hundredth of a second; zero where nothing tells. */
async function cpuSecondsOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}
