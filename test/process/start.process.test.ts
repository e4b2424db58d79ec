/** How the service starts, and how it says why it does not. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  adminToken,
  runProgram,
  serviceForTest,
  temporaryFolder,
} from '../support/built-program.ts';

/** What the command line ends with where it could not do what was asked. */
const couldNot = 4;

const listTokens = (url: string, secret: string) =>
  fetch(`${url}/v1/tokens`, { headers: { authorization: `Bearer ${secret}` } });

test('the first start shows a token once, and a second start finds the data and shows none', async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const first = await serviceForTest({ DATA_DIR });
  const [secret, ...more] = first.stdout().match(/hf_\S+/g) ?? [];
  expect(more).toEqual([]);
  expect(first.stdout()).toContain(first.url);
  expect((await listTokens(first.url, `${secret}`)).status).toBe(200);
  expect((await listTokens(first.url, 'hf_guessed')).status).toBe(401);
  expect(await first.stop()).toMatchObject({ code: 0 });

  const second = await serviceForTest({ DATA_DIR });
  expect(second.stdout()).toContain(second.url);
  expect(second.stdout()).not.toContain('hf_');
  const { items } = (await (await listTokens(second.url, `${secret}`)).json()) as {
    items: object[];
  };
  expect(items).toMatchObject([{ name: 'administrator', role: 'admin' }]);
});

test("the operator's own token works from the first start on, and is never shown", async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const service = await serviceForTest({ DATA_DIR, HOLDFAST_ADMIN_TOKEN: adminToken });
  expect((await listTokens(service.url, adminToken)).status).toBe(200);
  const { stdout, stderr } = await service.stop();
  expect(stdout + stderr).not.toContain(adminToken);
});

test('a second process on the same data folder is refused in one line, and the first goes on', async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const first = await serviceForTest({ DATA_DIR });
  for (const command of ['serve', 'migrate']) {
    const { code, stdout, stderr } = await runProgram([command], { DATA_DIR, PORT: '0' });
    expect({ code, stdout }).toEqual({ code: couldNot, stdout: '' });
    expect(stderr).toMatch(/^holdfast: Another Holdfast \(process \d+ on \S+\) uses [^\n]+\n$/);
    expect(stderr).toContain(DATA_DIR);
    expect(stderr).toContain(String(first.pid));
  }
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

describe('a wrong value ends the start with one line that names it, before anything is made', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://localhost/holdfast'],
    ['DATABASE_URL', 'localhost'],
    ['HOLDFAST_ADMIN_TOKEN', 'too-short'],
    ['HOLDFAST_ADMIN_TOKEN', 'a token with spaces in it'],
    ['PUBLIC_URL', 'incidents.example.com'],
    ['PUBLIC_URL', 'ftp://incidents.example.com'],
    ['RECORD_PREFIX', 'hf'],
    ['RECORD_PREFIX', 'HF-'],
    ['PUBLISHER_NAMESPACE', 'Example Software'],
  ])('%s=%s', async (name, value) => {
    const DATA_DIR = join(await temporaryFolder(), 'data');
    const env = { DATA_DIR, PORT: '0', [name]: value };
    const { code, stdout, stderr } = await runProgram(['serve'], env);
    expect({ code, stdout }).toEqual({ code: couldNot, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^holdfast: ${name} [^\\n]+\\n$`));
    expect(existsSync(DATA_DIR)).toBe(false);
  });
});

test('a port that is taken ends the start with one line; the next start finds the folder free, and shows the token', async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };

  const { code, stdout, stderr } = await runProgram(['serve'], { DATA_DIR, PORT: String(port) });
  expect({ code, stdout }).toEqual({ code: couldNot, stdout: '' });
  expect(stderr).toBe(
    `holdfast: Another program listens on 127.0.0.1:${port}. Stop it, or set PORT to another number.\n`,
  );
  const service = await serviceForTest({ DATA_DIR });
  const [secret] = service.stdout().match(/hf_\S+/) ?? [];
  expect((await listTokens(service.url, `${secret}`)).status).toBe(200);
});

test.each([
  ['a host that is not ours', { HOST: '203.0.113.7' }, /^holdfast: Cannot listen on 203[^\n]+\n$/],
  [
    'a data folder that is a file',
    { DATA_DIR: '/dev/null' },
    /^holdfast: [^\n]*\/dev\/null[^\n]+\n$/,
  ],
  [
    'a database that nobody serves',
    { DATABASE_URL: 'postgres://holdfast:planted-password@127.0.0.1:9/holdfast' },
    /^holdfast: PostgreSQL did not let Holdfast in: [^\n]+ECONNREFUSED[^\n]+\n$/,
  ],
])('%s ends the start with one line', async (_, env, line) => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const { code, stdout, stderr } = await runProgram(['serve'], { DATA_DIR, PORT: '0', ...env });
  expect({ code, stdout }).toEqual({ code: couldNot, stdout: '' });
  expect(stderr).toMatch(line);
  expect(stderr).not.toContain('planted-password');
});
