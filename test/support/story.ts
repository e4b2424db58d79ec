/** The whole story as tests, by command line alone: from a faulty release to the next one that may ship. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adminToken,
  type Ended,
  runProgram,
  type ServiceProcess,
  startService,
} from './built-program.ts';

/** The same story, from another folder of files. */
export interface Story {
  name: string;
  folder: string;
}

const path = (address: string) => fileURLToPath(new URL(address, import.meta.url));

/** Ours. */
export const fromLibrary: Story = {
  name: 'channel file 291, from the library',
  folder: path('../../library/channel-file-291/'),
};

/** Files that must work as they stand, beside the checkout. */
export const fromExamples: Story = {
  name: 'channel file 291, from the shared examples where they are present',
  folder: path('../../../shared/examples/channel-file-291/'),
};

const product = 'falcon-content-windows';
const companion = { key: 'falcon-sensor-windows', file: 'sensor-product.json' };
const checks = {
  field: 'non-wildcard-field-match',
  command: 'template-field-count',
  boot: 'windows-boot-loop',
};
const faulty = '291.20240719.409';
const next = '291.20240812.900';
const incident = 'HF-2024-0001';

/** Tells it from its beginning, service and commands run by `node`. Skipped where its files are not there. */
export function describeStory(story: Story, node: string): void {
  describe.skipIf(!existsSync(story.folder))(story.name, () => tell(story, node));
}

/** Each test goes on where the one before ended. */
function tell({ folder }: Story, node: string): void {
  const { title } = existsSync(folder)
    ? JSON.parse(readFileSync(`${folder}incident.json`, 'utf8'))
    : { title: '' };
  const tokens: Record<string, string> = {};
  let data: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'holdfast-story-'));
    const env = { DATA_DIR: data, HOLDFAST_ADMIN_TOKEN: adminToken };
    service = await startService(env, node);
  });
  afterAll(async () => {
    const { code, stderr } = await service.stop();
    await rm(data, { recursive: true });
    expect(code).toBe(0);
    for (const secret of [adminToken, ...Object.values(tokens)]) {
      expect(stderr).not.toContain(secret);
    }
  });

  async function as(who: string | null, ...args: string[]): Promise<Ended> {
    const token = who === 'admin' ? adminToken : who === null ? undefined : tokens[who];
    const env = { HOLDFAST_URL: service.url, ...(token && { HOLDFAST_TOKEN: token }) };
    const ended = await runProgram(args, env, node);
    for (const secret of [adminToken, ...Object.values(tokens)]) {
      expect(ended.stdout + ended.stderr).not.toContain(secret);
    }
    return ended;
  }

  async function done(who: string | null, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await as(who, ...args);
    expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
    return stdout;
  }

  const file = (name: string) => ['--file', `${folder}${name}`];

  test('an administrator makes tokens for two people and a pipeline', async () => {
    await done('admin', 'product', 'put', product, ...file('product.json'));
    await done('admin', 'product', 'put', companion.key, ...file(companion.file));
    const make = (name: string, ...options: string[]) =>
      done('admin', 'token', 'create', '--name', name, ...options);
    const ada = await make('Ada', '--role', 'engineer');
    const bo = await make('Bo', '--role', 'approver');
    const pipeline = await make('build-farm', '--role', 'pipeline', '--product', product);
    Object.assign(tokens, { ada: ada.trim(), bo: bo.trim(), pipeline: pipeline.trim() });
    expect(Object.values(tokens).every((token) => /^\S{20,}$/.test(token))).toBe(true);
  });

  test('the record of the faulty release goes to published, by two people', async () => {
    for (const key of Object.values(checks)) {
      await done('ada', 'check', 'put', key, ...file(`checks/${key}.json`));
    }
    await done('ada', 'release', 'put', product, faulty, ...file('release-faulty.json'));
    const shipped = await done('ada', 'ship', product, faulty, ...file('shipment-faulty.json'));
    expect(shipped).toContain('in ring general');
    expect(await done('ada', 'incident', 'create', ...file('incident.json'))).toBe(`${incident}\n`);
    await done('ada', 'incident', 'submit', incident);
    expect((await as('ada', 'incident', 'approve', incident)).code).toBe(3);
    await done('bo', 'incident', 'approve', incident);
    const published = await done('ada', 'incident', 'publish', incident);
    expect(published).toContain('is published');
  });

  test('the faulty release is known as such, and blocked', async () => {
    const { code, stdout } = await as('pipeline', 'gate', product, faulty);
    expect(code).toBe(1);
    expect(stdout).toContain('known_faulty');
    expect(stdout).toContain(`${incident} (sev1) ${title}`);
  });

  test('the next release learns what it must pass, and which incident each check guards against', async () => {
    await done('pipeline', 'release', 'put', product, next, ...file('release-next.json'));
    const rows = requirementsIn(await done('pipeline', 'required', product, next));
    expect(rows).toHaveLength(4);
    expect(rows.every((row) => row.includes(`${incident} (sev1, unproven) ${title}`))).toBe(true);
    expect(rows.map((row) => row.split(/\s+/)[0])).toEqual([
      checks.field,
      checks.command,
      checks.boot,
      checks.boot,
    ]);
    expect((await as('pipeline', 'gate', product, next)).code).toBe(2);
  });

  const submit = (...options: string[]) =>
    done('pipeline', 'results', 'submit', product, next, ...options);

  test('a failing test report blocks it: one failed, two missing', async () => {
    const understood = await submit(...file('reports/content-tests.xml'));
    expect(understood).toMatch(/junit, 5 cases: 3 passed, 1 failed, 0 errored, 1 skipped/);
    const { code, stdout } = await as('pipeline', 'gate', product, next);
    expect(code).toBe(1);
    expect(stdout).toContain('Blocked: 1 of 4 requirements failed, 2 have no result yet.');
    const refused = await as('pipeline', 'ship', product, next, '--ring', 'canary');
    expect(refused.code).toBe(1);
    expect((await as('pipeline', 'release', 'show', product, next)).stdout).toContain(
      'shipments: []',
    );
  });

  test('the missing results and a fixed report let it pass', async () => {
    await submit(...file('reports/boot-windows-10.xml'), '--variant', 'os=windows-10');
    await submit(...file('reports/results-windows-11.json'));
    await submit(...file('reports/content-tests-fixed.xml'));
    const { code, stdout } = await as('pipeline', 'gate', product, next, '--wait', '1m', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'passed', mayShip: true });
  });

  test('it ships to the canary ring, once', async () => {
    const ship = () => done('pipeline', 'ship', product, next, '--ring', 'canary');
    expect(await ship()).toContain('is in ring canary since');
    expect(await ship()).toContain('is in ring canary already since');
  });

  test('everyone reads the report without a token, with the checks that guard now', async () => {
    const report = await done(null, 'report', 'show', incident);
    expect(report).toContain(title);
    for (const key of Object.values(checks)) expect(report).toContain(key);
    expect(await done(null, 'report', 'list')).toContain(incident);
    expect((await as(null, 'incident', 'show', incident)).code).toBe(3);
  });

  test('what nobody knows is asked wrongly, and a service that is gone could not be asked', async () => {
    expect((await as('pipeline', 'gate', product, '99.1')).code).toBe(3);
    expect((await as('pipeline', 'gate', 'nothing', next)).code).toBe(3);
    const elsewhere = ['--url', 'http://127.0.0.1:2'];
    const gone = await runProgram(['gate', product, next, ...elsewhere], {}, node);
    expect(gone).toMatchObject({ code: 4, stdout: '' });
  });
}

/** The rows of the table, without its head. */
function requirementsIn(printed: string): string[] {
  const lines = printed.trimEnd().split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('CHECK ')) + 1);
}
