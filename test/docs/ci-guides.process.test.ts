/** The guides in docs/ci work as they stand: their commands are taken out of the files, and run against a service. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { adminToken, type ServiceProcess, startService } from '../support/built-program.ts';
import {
  anyShell,
  azurePipelines,
  type Build,
  blocks,
  type CiSystem,
  gitHubActions,
  gitLabCi,
  guide,
  jenkins,
} from './ci-systems.ts';
import { repository } from './repository.ts';

const folder = fileURLToPath(new URL('../../docs/ci/', import.meta.url));

const guides: readonly {
  name: string;
  system: CiSystem;
  /** Which of the files that CI systems show it writes. */
  writes: readonly ('gate.xml' | 'summary.md')[];
  /** Where it comments on a change, with the token. */
  comments: { path: string; header: [string, string] } | null;
}[] = [
  {
    name: 'github-actions',
    system: gitHubActions,
    writes: ['gate.xml', 'summary.md'],
    comments: {
      path: '/repos/acme/sensor/issues/17/comments',
      header: ['authorization', 'Bearer token-of-the-job'],
    },
  },
  {
    name: 'gitlab-ci',
    system: gitLabCi,
    writes: ['gate.xml', 'summary.md'],
    comments: {
      path: '/projects/5/merge_requests/17/notes',
      header: ['private-token', 'token-of-the-project'],
    },
  },
  { name: 'jenkins', system: jenkins, writes: ['gate.xml'], comments: null },
  {
    name: 'azure-pipelines',
    system: azurePipelines,
    writes: ['gate.xml', 'summary.md'],
    comments: null,
  },
  { name: 'curl', system: anyShell, writes: [], comments: null },
];

let service: ServiceProcess;
let data: string;
let token: string;
let builds = 0;

const ofAdministrator = {
  authorization: `Bearer ${adminToken}`,
  'content-type': 'application/json',
};

async function put(path: string, body: object): Promise<void> {
  const sent = { method: 'PUT', headers: ofAdministrator, body: JSON.stringify(body) };
  expect((await fetch(service.url + path, sent)).status).toBe(201);
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'holdfast-guides-'));
  service = await startService({ DATA_DIR: data, HOLDFAST_ADMIN_TOKEN: adminToken });
  await put('/v1/products/sensor-content', {
    name: 'Sensor content',
    versionScheme: 'intdot',
    components: ['templates'],
    rings: ['canary', 'general'],
    platforms: ['windows'],
  });
  await put('/v1/checks/restarts-twice', {
    title: 'A host restarts twice',
    purpose: 'A host must come up twice after it took the update.',
    kind: 'automated',
    enforcement: 'required',
    appliesTo: { products: ['sensor-content'] },
    reportedAs: [{ suite: 'boot', name: 'restart_*' }],
    owner: 'release-engineering',
  });
  token = await tokenAsTheGuidesSay();
});
afterAll(async () => {
  expect(await service.stop()).toMatchObject({ code: 0 });
  await rm(data, { recursive: true, force: true });
});

async function tokenAsTheGuidesSay(): Promise<string> {
  const [script = ''] = blocks(guide('README'), 'sh');
  const env = { HOLDFAST_URL: service.url, HOLDFAST_TOKEN: adminToken };
  const { run, remove } = repository('pass');
  const [made] = await run([{ script, shell: ['sh', '-e'], env, always: false }]);
  remove();
  expect(made).toMatchObject({ code: 0 });
  return made?.stdout.trim() ?? '';
}

/** The CI system's own API, which takes comments. */
async function commentsTaken() {
  const taken: { path: string; headers: object; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const form = request.headers['content-type']?.includes('form') === true;
    const body = form ? new URLSearchParams(text).get('body') : JSON.parse(text).body;
    taken.push({ path: request.url ?? '', headers: request.headers, text: body });
    response.writeHead(201).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { taken, apiUrl: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function shippedTo(version: string): Promise<string[]> {
  const address = `${service.url}/v1/products/sensor-content/releases/${version}`;
  const answer = await fetch(address, { headers: ofAdministrator });
  const { shipments } = (await answer.json()) as { shipments: { ring: string }[] };
  return shipments.map(({ ring }) => ring);
}

describe.each(guides)('$name', ({ name, system, writes, comments }) => {
  async function build(event: Build['event'], outcome: 'pass' | 'fail') {
    builds += 1;
    const number = builds;
    const { taken, apiUrl, close } = await commentsTaken();
    const { run, read, fetched, remove } = repository(outcome);
    onTestFinished(remove);
    const build = { number, event, holdfastUrl: service.url, token, apiUrl };
    const ran = await run(system(guide(name), build));
    close();
    for (const { stdout, stderr } of ran) expect(stdout + stderr).not.toContain(token);
    expect(fetched()).toBe('');
    return { ran, read, taken, version: `1.4.${number}` };
  }

  test('a build that passes ships', async () => {
    const { ran, read, version } = await build('push', 'pass');
    const failed = ran.filter(({ code }) => code !== 0);
    expect(failed).toEqual([]);
    expect(ran.length).toBeGreaterThan(2);
    expect(await shippedTo(version)).toEqual(['canary']);
    for (const file of writes) expect(read(file)).toContain('restarts-twice');
    if (writes.includes('gate.xml')) expect(read('gate.xml')).toContain('failures="0"');
  });

  test('a change that fails is stopped, says why, and does not ship', async () => {
    const { ran, read, taken, version } = await build('change', 'fail');
    expect(ran.some(({ code }) => code !== 0)).toBe(true);
    expect(await shippedTo(version)).toEqual([]);
    for (const file of writes) expect(read(file)).toMatch(/restart\\?_twice/);
    if (writes.includes('gate.xml')) expect(read('gate.xml')).toContain('<failure type="failed"');
    if (writes.length === 0) expect(ran.at(-1)?.stdout).toContain('"verdict":"blocked"');
    if (name === 'github-actions') expect(read('step-summary.md')).toBe(read('summary.md'));
    expect(taken.map(({ path }) => path)).toEqual(comments ? [comments.path] : []);
    if (comments) {
      const [field, value] = comments.header;
      expect(taken[0]?.headers).toMatchObject({ [field]: value });
      expect(taken[0]?.text).toMatch(/^### ❌ Blocked: 1 of 1 requirement failed/);
    }
  });
});

test('curl alone waits at the gate, and is answered when the missing result comes', async () => {
  builds += 1;
  const { run, remove } = repository('pass');
  onTestFinished(remove);
  const build = { number: builds, event: 'push', holdfastUrl: service.url, token } as const;
  const [register, , wait] = anyShell(guide('curl'), { ...build, apiUrl: '' });
  if (!register || !wait) throw new Error('The guide registers, tests, waits and ships.');
  const ran = run([register, wait]);
  const waiting = async () => (await fetch(`${service.url}/metrics`)).text();
  await expect.poll(waiting).toMatch(/^holdfast_gate_callers_waiting 1$/m);
  const results = [{ check: 'restarts-twice', outcome: 'passed' }];
  const address = `${service.url}/v1/products/sensor-content/releases/1.4.${builds}/results`;
  const body = JSON.stringify({ results });
  await fetch(address, { method: 'POST', headers: ofAdministrator, body });
  expect((await ran).at(-1)).toMatchObject({ code: 0 });
  expect((await ran).at(-1)?.stdout).toContain('"verdict":"passed"');
});

test('every guide is among those that are run', () => {
  const files = readdirSync(folder).filter((file) => file !== 'README.md');
  expect(files.sort()).toEqual(guides.map(({ name }) => `${name}.md`).sort());
});

test('no guide fetches a package of the name holdfast, which is somebody else’s', () => {
  const fetching =
    /\b(npx|bunx)\s+(-\S+\s+)*holdfast|\b(npm|yarn|pnpm|bun)\s+(i|install|add|exec|x|dlx|create)\b.*holdfast|registry\.npmjs\.org|unpkg|jsdelivr/;
  for (const file of readdirSync(folder)) {
    expect(readFileSync(`${folder}${file}`, 'utf8'), file).not.toMatch(fetching);
  }
});
