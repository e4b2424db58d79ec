/** What a reader types, and what the documents say that they will see. */
import { execFileSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { type Environment, serviceForTest, temporaryFolder } from '../support/built-program.ts';
import { type Block, blocksOf, root, typedIn } from './markdown.ts';
import { publishIncident } from './published-incident.ts';
import { type Ran, typeInto } from './shell-session.ts';

// Each command is a process of its own, and there are dozens.
vi.setConfig({ testTimeout: 180_000 });

const usualAddress = 'http://127.0.0.1:8080';

/** A service as `npm start` makes it, but for its port, and what a reader's shell knows of it. */
async function started(): Promise<{ shown: string; url: string; env: Environment }> {
  const service = await serviceForTest({ DATA_DIR: await temporaryFolder() });
  const shown = service.stdout();
  const [HOLDFAST_TOKEN = ''] = /hf_\S+/.exec(shown) ?? [];
  return { shown, url: service.url, env: { HOLDFAST_URL: service.url, HOLDFAST_TOKEN } };
}

/** For the service at `url`, and for today: instants that a document puts into the future have passed one day. */
function blocksFor(url: string, document: string): Block[] {
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().replace(/\.\d+/, '');
  return blocksOf(document).map((block) => ({
    ...block,
    text: block.text
      .replaceAll(usualAddress, url)
      .replace(/(--expires-at|nextUpdateAt:) \S+Z/g, `$1 ${soon}`),
  }));
}

/** Without what differs from run to run, and without the line ends that a terminal's width makes. */
function plain(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
    .replace(/hf_[\w…-]+/g, 'hf_…')
    .replace(/sha256:[\w…]+/g, 'sha256:…')
    .replace(/\s+/g, ' ')
    .trim();
}

function expectAsShown(ran: readonly Ran[]): void {
  expect(ran.length).toBeGreaterThan(0);
  for (const { command, printed, output, code } of ran) {
    if (printed === null) expect({ command, code, output }).toEqual({ command, code: 0, output });
    else expect({ command, shows: plain(output) }).toEqual({ command, shows: plain(printed) });
  }
}

test('the first start prints what the README shows', async () => {
  const { shown, url } = await started();
  const start = blocksFor(url, 'README.md')
    .flatMap(typedIn)
    .find(({ command }) => command === 'npm start');
  expect(plain(shown)).toBe(plain(start?.printed ?? ''));
});

test("every command of the README works in the README's order, and prints what it shows", async () => {
  const { url, env } = await started();
  expectAsShown(await typeInto(blocksFor(url, 'README.md'), env));
});

test('every command of docs/for-engineers.md works on an empty instance, in its order', async () => {
  const { url, env } = await started();
  const blocks = blocksFor(url, 'docs/for-engineers.md');
  const withCommands = (language: string) =>
    blocks.filter((block) => block.language === language && block.text.includes('npx holdfast'));
  const ran = await typeInto(blocks, env);
  expectAsShown(ran);
  const printed = ran.map(({ output }) => output).join('');
  expect(printed).toContain('HF-2026-0001 is published');
  expect(printed).toContain('HF-2026-0002 is published');
  expect(printed).toMatch(/Hold 1 is active.*held.*Hold 1 is released/s);
  expect(withCommands('text')).toEqual([]);
});

/** The README's two minutes, and then the guide. */
function pipelineBlocks(url: string): Block[] {
  const [twoMinutes] = blocksFor(url, 'README.md').filter(({ language }) => language === 'sh');
  return [twoMinutes as Block, ...blocksFor(url, 'docs/for-pipelines.md')];
}

test('every command of docs/for-customers.md prints what it shows, without a token', async () => {
  const { url, env } = await started();
  await publishIncident(url, env.HOLDFAST_TOKEN ?? '');
  expectAsShown(await typeInto(blocksFor(url, 'docs/for-customers.md'), { HOLDFAST_URL: url }));
});

const needsCurl = ({ text }: Block) => text.includes('curl ');

test('every command of docs/for-pipelines.md works after the two minutes of the README', async () => {
  const { url, env } = await started();
  expectAsShown(
    await typeInto(
      pipelineBlocks(url).filter((block) => !needsCurl(block)),
      env,
    ),
  );
});

test.skipIf(!hasCurl())(
  'by curl alone, where there is one, a pipeline ships like by the command line',
  async () => {
    const { url, env } = await started();
    const blocks = pipelineBlocks(url);
    const alone = [...blocks.slice(0, 2), ...blocks.filter(needsCurl)];
    const ran = await typeInto(alone, env);
    expectAsShown(ran);
    expect(ran.at(-1)?.output).toMatch(/"ring":"canary"[^\n]*\n$/);
  },
);

test("npx runs this checkout's own build, and asks nobody for a package", () => {
  const printed = execFileSync('npx', ['--no', 'holdfast', '--version'], { cwd: root });
  expect(printed.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
}
