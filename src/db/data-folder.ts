/** Keeps one data folder to one process: PGlite does not, and two would corrupt it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { lock } from 'proper-lockfile';
import { birthOf } from './process-birth.ts';
import { StartRefused } from './start-refused.ts';

/** Without a sign of life for so long, a lock counts as left behind. Far longer than any query blocks. */
const staleMs = 30_000;
const heartbeatMs = 5_000;

/** Whoever takes the lock, or takes it over, stands in the door: one at a time, for milliseconds. */
const door = { stale: 2_000, retries: { retries: 30, factor: 1, minTimeout: 100 } };

interface Owner {
  pid: number;
  host: string;
  birth: string | null;
}

/**
 * Makes the folder where there is none, and holds it until `release`. Throws `StartRefused` when another
 * process holds it, or when it cannot be written. A lock left by a killed process is taken over at once on
 * the same machine, and after 30 seconds where that process cannot be looked up (another container).
 */
export async function holdDataFolder(
  dataDir: string,
): Promise<{ folder: string; release(): Promise<void> }> {
  const folder = resolve(dataDir);
  await makeWritable(folder);
  const leaveDoor = await lock(join(folder, 'door'), { realpath: false, ...door }).catch(
    (error) => {
      throw error.code === 'ELOCKED' ? new StartRefused(perhapsInUse(folder, null)) : error;
    },
  );
  try {
    return { folder, release: await takeOver(folder) };
  } finally {
    await leaveDoor();
  }
}

async function takeOver(folder: string): Promise<() => Promise<void>> {
  const target = join(folder, 'holdfast');
  const ownerFile = join(folder, 'holdfast.pid');
  const owner = await readOwner(ownerFile);
  const state = owner === null ? 'unknown' : await stateOf(owner);
  if (state === 'running') throw new StartRefused(`${inUse(folder, owner)}.`);
  if (state === 'gone') await rm(`${target}.lock`, { recursive: true, force: true });

  const release = await lock(target, {
    realpath: false,
    stale: staleMs,
    update: heartbeatMs,
    onCompromised: (cause) => {
      // Not caught anywhere: the process must not write another byte.
      throw new Error(`The lock on the data folder ${folder} was taken away.`, { cause });
    },
  }).catch((error) => {
    throw error.code === 'ELOCKED' ? new StartRefused(perhapsInUse(folder, owner)) : error;
  });
  const self: Owner = { pid: process.pid, host: hostname(), birth: await birthOf(process.pid) };
  await writeFile(ownerFile, JSON.stringify(self));
  return async () => {
    await rm(ownerFile, { force: true });
    await release();
  };
}

async function makeWritable(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartRefused(
      `Holdfast cannot write to its data folder ${folder} (${code}). Let it write there, or name another folder with DATA_DIR.`,
      { cause },
    );
  }
}

/** Null where nobody left a name, or only half of one. */
async function readOwner(file: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

/** `unknown` leaves the answer to the lock's age. */
async function stateOf(owner: Owner): Promise<'running' | 'gone' | 'unknown'> {
  if (owner.host !== hostname()) return 'unknown';
  if (!processExists(owner.pid)) return 'gone';
  const birth = await birthOf(owner.pid);
  if (owner.birth === null || birth === null) return 'unknown';
  return owner.birth === birth ? 'running' : 'gone';
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(folder: string, owner: Owner | null): string {
  const who = owner === null ? '' : ` (process ${owner.pid} on ${owner.host})`;
  return `Another Holdfast${who} uses the data folder ${folder}. Stop it, or name another folder with DATA_DIR`;
}

/** Whoever held it may be gone, but cannot be looked up. */
function perhapsInUse(folder: string, owner: Owner | null): string {
  return `${inUse(folder, owner)}; if it was killed, try again in ${staleMs / 1000} seconds.`;
}
