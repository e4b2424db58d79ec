/** One data folder, one process: proven with real processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { holdDataFolder } from '../../src/db/data-folder.ts';
import { birthOf } from '../../src/db/process-birth.ts';
import { StartRefused } from '../../src/db/start-refused.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts another process on the folder, and answers what it says first. */
async function otherProcess(folder: string): Promise<{ child: ChildProcess; says: string }> {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/typescript.mjs', 'test/db/hold-data-folder.ts', folder],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [says] = await once(child.stdout, 'data');
  return { child, says: String(says).trim() };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

test('a second process is refused in one line that names the folder, the holder and what to do', async () => {
  const folder = await newFolder();
  const { release } = await holdDataFolder(folder);
  const { says } = await otherProcess(folder);
  expect(says).toBe(
    `StartRefused: Another Holdfast (process ${process.pid} on ${hostname()}) uses the data folder ${folder}. Stop it, or name another folder with DATA_DIR.`,
  );
  await release();
});

test('a folder that was released is free at once', async () => {
  const folder = await newFolder();
  const { child, says } = await otherProcess(folder);
  expect(says).toBe('held');
  await expect(holdDataFolder(folder)).rejects.toThrow(`process ${child.pid}`);
  await end(child, 'SIGTERM');
  await (await holdDataFolder(folder)).release();
});

test('a folder that a killed process left behind is taken over at once', async () => {
  const folder = await newFolder();
  const { child } = await otherProcess(folder);
  await end(child, 'SIGKILL');
  const before = performance.now();
  const { release } = await holdDataFolder(folder);
  expect(performance.now() - before).toBeLessThan(1_000);
  await release();
});

test('a holder that has not stirred for long still holds, as long as it lives', async () => {
  const folder = await newFolder();
  const { release } = await holdDataFolder(folder);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(folder, 'holdfast.lock'), longAgo, longAgo);
  const { says } = await otherProcess(folder);
  expect(says).toContain('Another Holdfast');
  await release();
});

test('of several that take over at once, one gets the folder', async () => {
  const folder = await newFolder();
  const { child } = await otherProcess(folder);
  await end(child, 'SIGKILL');
  const others = await Promise.all([
    otherProcess(folder),
    otherProcess(folder),
    otherProcess(folder),
  ]);
  const held = others.filter(({ says }) => says === 'held');
  expect(held).toHaveLength(1);
});

test.skipIf(process.platform !== 'linux')(
  'a number that now belongs to another process does not hold the folder',
  async () => {
    const folder = await newFolder();
    const first = await holdDataFolder(folder);
    // As after a crash and a restart of the machine: the lock is there, and its number lives again.
    const earlier = { pid: process.ppid, host: hostname(), birth: 'another boot/1' };
    await writeFile(join(folder, 'holdfast.pid'), JSON.stringify(earlier));
    const { child, says } = await otherProcess(folder);
    expect(says).toBe('held');
    await end(child, 'SIGTERM');
    await first.release();
  },
);

test('a holder that cannot be looked up holds until its lock is old', async () => {
  const folder = await newFolder();
  const { child } = await otherProcess(folder);
  await end(child, 'SIGKILL');
  const elsewhere = { pid: child.pid, host: 'another-container', birth: null };
  await writeFile(join(folder, 'holdfast.pid'), JSON.stringify(elsewhere));

  await expect(holdDataFolder(folder)).rejects.toThrow(
    'on another-container) uses the data folder',
  );
  const longAgo = new Date(Date.now() - 31_000);
  await utimes(join(folder, 'holdfast.lock'), longAgo, longAgo);
  await (await holdDataFolder(folder)).release();
});

test('a folder that cannot be written is refused in one line', async () => {
  const folder = await newFolder();
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(holdDataFolder(join(file, 'data'))).rejects.toEqual(
    new StartRefused(
      `Holdfast cannot write to its data folder ${file}/data (ENOTDIR). Let it write there, or name another folder with DATA_DIR.`,
    ),
  );
});

test('a folder that is not there yet is made for its owner alone', async () => {
  const folder = join(await newFolder(), 'new', 'data');
  const { release } = await holdDataFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await release();
});

test.skipIf(process.platform !== 'linux')(
  'a process keeps its birth, and others have another',
  async () => {
    expect(await birthOf(process.pid)).toBe(await birthOf(process.pid));
    expect(await birthOf(process.pid)).not.toBe(await birthOf(process.ppid));
  },
);
