/** Fleets through the built file and real threads: in bounded memory, in order, ended by a person or a closed pipe. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { otherNodes } from '../../process/other-nodes.ts';
import { catalogue, machine, otherDriver } from '../a-catalogue.ts';

const program = fileURLToPath(new URL('../../../dist/holdfast.mjs', import.meta.url));

async function catalogueFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-fleet-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'catalogue.json');
  await writeFile(file, JSON.stringify(catalogue));
  return file;
}

/** A fleet by standard input; `options` are those of Node. */
async function begin(threads: number, node = process.execPath, options: string[] = []) {
  const args = ['affected', '--fleet', '-', '--catalogue', await catalogueFile()];
  const child = spawn(node, [...options, program, ...args, '--threads', String(threads)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  const said = { stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  return { child, ended };
}

async function answersTo(fleet: string, threads: number, node?: string) {
  const { child, ended } = await begin(threads, node);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stdin.end(fleet);
  return { ...(await ended), answers: stdout.split('\n').slice(0, -1) };
}

const oneOf = (n: number) => `${machine(`pc-${n}`, otherDriver)}\n`;

test.each([
  ['this Node', process.execPath],
  ...otherNodes.filter(({ node }) => existsSync(node)).map(({ version, node }) => [version, node]),
])('threads of %s answer in the order of the machines', async (_, node) => {
  const count = 20_000;
  const fleet = Array.from({ length: count }, (_, n) => oneOf(n)).join('');
  const { code, answers, stderr } = await answersTo(fleet, 3, node);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('20,000 machines') });
  expect(answers.map((answer) => JSON.parse(answer).machine)).toEqual(
    Array.from({ length: count }, (_, n) => `pc-${n}`),
  );
});

test('a fleet that is larger than memory is read only as fast as its answers are', async () => {
  const drivers = Array.from({ length: 400 }, (_, n) => ({
    ...otherDriver,
    fileName: `d${n}.sys`,
  }));
  const large = Buffer.from(`${machine('large', ...drivers)}\n`.repeat(20));
  const { child, ended } = await begin(1, process.execPath, ['--max-old-space-size=128']);
  // Nobody reads an answer yet: the process stops taking machines long before it has all of them.
  const total = 400;
  let taken = 0;
  for (; taken < total; taken++) {
    if (child.stdin.write(large)) continue;
    const drained = await Promise.race([
      once(child.stdin, 'drain').then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1500)),
    ]);
    if (!drained) break;
  }
  expect(taken).toBeLessThan(total);
  const resident = Number(/VmRSS:\s+(\d+)/.exec(statusOf(child.pid))?.[1] ?? 0) / 1024;
  expect(resident).toBeLessThan(400);
  child.stdout.resume();
  child.stdin.end();
  expect((await ended).code).toBe(0);
});

test('Ctrl-C ends it with whole lines, a summary and a code of its own', async () => {
  const { child, ended } = await begin(2);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const fleet = Array.from({ length: 10_000 }, (_, n) => oneOf(n)).join('');
  child.stdin.write(fleet);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { code, signal, stderr } = await ended;
  expect({ code, signal }).toEqual({ code: 130, signal: null });
  expect(stderr).toContain('Ended by Ctrl-C');
  const answers = stdout.split('\n');
  expect(answers.pop()).toBe('');
  expect(JSON.parse(answers.at(-1) ?? '').line).toBe(answers.length);
});

test('a reader that has seen enough ends it, and not with 0', async () => {
  const { child, ended } = await begin(2);
  const more = setInterval(() => child.stdin.write(oneOf(0).repeat(5000)), 20);
  onTestFinished(() => clearInterval(more));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const { code, stderr } = await ended;
  expect(code).toBe(4);
  expect(stderr).toContain('Nobody reads');
});

function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // Where there is no such file nothing is measured.
    return '';
  }
}
