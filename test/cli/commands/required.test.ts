import { expect, test } from 'vitest';
import { run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';
import { answer } from '../samples.ts';

const { title, enforcement, appliesBecause, guardsAgainst } = answer();
const list = {
  product: 'content',
  version: '1.2',
  ring: 'general',
  asOf: '2024-08-12T09:30:00Z',
  items: [
    {
      ...{ check: 'boot-loop', title, enforcement, appliesBecause, guardsAgainst },
      variant: { os: 'windows-10' },
      kind: 'automated',
      howToRun: { command: 'make boot' },
      reportedAs: [],
      heldBy: [] as string[],
    },
  ],
};

async function required(script: Script, ...args: string[]) {
  const service = await fakeService(script);
  const ran = await run(['required', ...args, '--url', service.url]);
  return { ...ran, asked: service.asked.map(({ method, path, body }) => ({ method, path, body })) };
}

const listed = '/v1/products/content/releases/1.2/required-checks';
const planned = '/v1/products/content/required-checks';

test('each requirement is told with its variant, its incidents, how to run it and why', async () => {
  const ran = await required(() => ({ body: list }), 'content', '1.2');
  expect(ran.code).toBe(0);
  expect(ran.stdout).toBe(
    `content 1.2, ring general

CHECK      VARIANT        GUARDS AGAINST                                  HOW TO RUN  WHY
boot-loop  os=windows-10  HF-2024-0001 (sev1, proven) Update stops hosts  make boot   It ships content.
`,
  );
});

test('what is asked on held machines alone is told so', async () => {
  const items = list.items.map((item) => ({ ...item, heldBy: ['7'] }));
  const { stdout } = await required(() => ({ body: { ...list, items } }), 'content', '1.2');
  expect(stdout).toContain(
    'It need not run: hold 7 keeps the release from every machine that it is asked on.',
  );
});

test('a registered release is asked about as it is', async () => {
  const { asked } = await required(() => ({ body: list }), 'content', '1.2', '--ring', 'canary');
  expect(asked).toEqual([{ method: 'GET', path: `${listed}?ring=canary` }]);
});

test('facts are a plan, with the version where it is given', async () => {
  const facts = [
    '--kind',
    'content',
    '--component',
    'a',
    '--component',
    'b',
    '--platform',
    'windows',
  ];
  const body = { kind: 'content', components: ['a', 'b'], platforms: ['windows'] };
  const plan = await required(() => ({ body: list }), 'content', ...facts);
  expect(plan.asked).toEqual([{ method: 'POST', path: planned, body }]);
  const more = await required(
    () => ({ body: list }),
    ...['content', '1.2', ...facts, '--path', 'src/a.c', '--ring', 'canary'],
  );
  expect(more.asked).toEqual([
    {
      method: 'POST',
      path: planned,
      body: { ...body, changedPaths: ['src/a.c'], version: '1.2', ring: 'canary' },
    },
  ]);
});

test('a version that is not registered yet is planned for, and that is said', async () => {
  const ran = await required(
    ({ method }) => (method === 'GET' ? problem(404, 'No release.') : { body: list }),
    ...['content', '1.2'],
  );
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('1.2 is not registered');
  expect(ran.asked[1]).toMatchObject({ path: planned, body: { version: '1.2' } });
});

test('an unknown product is asked wrongly', async () => {
  const ran = await required(() => problem(404, 'No product.'), 'content', '1.2');
  expect(ran).toMatchObject({ code: 3, stdout: '' });
  expect(ran.stderr).not.toContain('not registered');
});

test('a fault that is not about the version is not planned around', async () => {
  const ran = await required(() => problem(422, 'No such ring.'), 'content', '1.2', '--ring', 'x');
  expect(ran.code).toBe(3);
  expect(ran.asked).toHaveLength(1);
});

test('nothing required is said in words', async () => {
  const ran = await required(() => ({ body: { ...list, items: [] } }), 'content', '1.2');
  expect(ran).toMatchObject({
    code: 0,
    stdout: 'content 1.2, ring general\nNothing is required.\n',
  });
});
