import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchWithin } from '../../src/cli/connection.ts';
import { fileWith, run } from './command-run.ts';
import { fakeService, problem, type Told } from './fake-service.ts';
import { product } from './samples.ts';

const secret = 'hf_very-secret-token';

describe('asking', () => {
  test('the address and the token come from options, else from the environment', async () => {
    const service = await fakeService(() => ({ body: product() }));
    const env = { HOLDFAST_URL: service.url, HOLDFAST_TOKEN: `${secret}\n` };
    const show = ['product', 'show', 'content'];
    await run(show, { env });
    await run([...show, '--url', `${service.url}/`, '--token', 'other'], {
      env: { HOLDFAST_URL: 'http://nowhere.invalid' },
    });
    await run(['--url', service.url, ...show]);
    expect(service.asked.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v1/products/content', `Bearer ${secret}`],
      ['/v1/products/content', 'Bearer other'],
      ['/v1/products/content', undefined],
    ]);
  });

  test('a service may live below a path, and names are encoded', async () => {
    const service = await fakeService(() => problem(404, 'No.'));
    await run([
      'release',
      'show',
      'content',
      '2024-07-19T04:09:00+02:00/a',
      '--url',
      `${service.url}/hf`,
    ]);
    expect(service.asked[0]?.path).toBe(
      '/hf/v1/products/content/releases/2024-07-19T04%3A09%3A00%2B02%3A00%2Fa',
    );
  });

  test('--json prints to the letter what the service answered', async () => {
    const text = '{ "key":"content",\n "big": 12345678901234567890, "e": "\\u00e9" }';
    const service = await fakeService(() => ({ body: text }));
    const ran = await run(['product', 'show', 'content', '--url', service.url, '--json']);
    expect(ran).toMatchObject({ code: 0, stdout: `${text}\n`, stderr: '' });
  });
});

describe('problems', () => {
  test('are told with every fault and its place, on stderr', async () => {
    const errors = [
      { pointer: '/drivers/0/versionOf', detail: 'is required' },
      { parameter: 'limit', detail: 'must be a number.' },
      { parameter: 'product', detail: 'is no key.' },
    ];
    const summary = '3 faults. First, /drivers/0/versionOf: is required.';
    const service = await fakeService(() => problem(400, summary, { errors }));
    const ran = await run(['product', 'list', '--url', service.url]);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toBe(
      '3 faults:\n  drivers[0].versionOf: is required\n  --limit: must be a number.\n  product: is no key.\n',
    );
  });

  test('name the file that was handed in, and no field where one is an option', async () => {
    const errors = [{ pointer: '/rings/0', detail: 'must be a name.' }];
    const service = await fakeService(() => problem(400, '/rings/0: must be a name.', { errors }));
    const file = fileWith('product.yaml', 'name: A');
    const put = await run(['product', 'put', 'a', '--file', file, '--url', service.url]);
    expect(put.stderr).toBe(`${file} can't be taken as it is:\n  rings[0]: must be a name.\n`);

    const toRelease = [{ pointer: '/pastConditionReason', detail: 'Leave it out.' }];
    const other = await fakeService(({ method }) =>
      method === 'GET' ? { body: {} } : problem(422, 'Leave it out.', { errors: toRelease }),
    );
    const release = ['hold', 'release', '1', '--reason', 'R.', '--past-condition-reason', 'P.'];
    const ran = await run([...release, '--url', other.url]);
    expect(ran.stderr).toBe('--past-condition-reason: Leave it out.\n');
  });

  test('are printed to stdout with --json, and the exit code tells them from answers', async () => {
    const service = await fakeService(() => problem(404, 'There is no such product.'));
    const ran = await run(['product', 'show', 'x', '--url', service.url, '--json']);
    expect(ran.code).toBe(3);
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: 404 });
    expect(ran.stderr).toBe('');
  });

  test('401 says how to give a token', async () => {
    const service = await fakeService(() => problem(401, 'It has expired.'));
    const list = ['product', 'list', '--url', service.url];
    expect(await run(list)).toMatchObject({
      code: 3,
      stderr: 'This needs a token. Give it with --token or HOLDFAST_TOKEN.\n',
    });
    expect((await run([...list, '--token', 'hf_old'])).stderr).toMatch(
      /^It has expired\. Give another with --token or HOLDFAST_TOKEN/,
    );
  });

  test.each([429, 500, 503])('%i is no answer: 4', async (status) => {
    const extra = { instance: 'urn:holdfast:request:r1' };
    const service = await fakeService(() => problem(status, 'Later.', extra));
    const ran = await run(['product', 'list', '--url', service.url]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain('Later.');
  });
});

describe('no answer of a Holdfast service', () => {
  async function ask(url: string, around = {}) {
    const ran = await run(['product', 'list', '--url', url, '--token', secret], around);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).not.toContain(secret);
    return ran;
  }

  test('a dead service: one clear line with its address, and 4', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const ran = await ask(`http://127.0.0.1:${port}`);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toMatch(
      /^holdfast: Could not ask http:\/\/127\.0\.0\.1:\d+: nothing listens there\..*\n$/,
    );
  });

  test('a connection that breaks: 4', async () => {
    const { url } = await fakeService(() => 'broken');
    const ran = await ask(url);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain('the connection broke');
  });

  test('a service that does not answer in time: it may the next time', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const call = fetchWithin(20.5)(new Request(`http://127.0.0.1:${port}/`));
    await expect(call).rejects.toMatchObject({
      kind: 'passing',
      message: expect.stringContaining('no answer within 1 s'),
    });
  });

  const html = { 'content-type': 'text/html' };
  test.each<[string, Told]>([
    ['a web page', { headers: html, body: '<h1>Hello</h1>' }],
    ['a web page that says not found', { status: 404, headers: html, body: '<h1>404</h1>' }],
    ['a proxy that is out of order', { status: 502, headers: html, body: '<h1>502</h1>' }],
    ['JSON of another service', { status: 404, headers: { 'content-type': 'application/json' } }],
    ['JSON that is cut off', { body: '{"items": [' }],
  ])('%s: 4, with a sentence', async (_, told) => {
    const { url } = await fakeService(() => told);
    const ran = await ask(url);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toMatch(/not as a Holdfast service does\. Is --url or HOLDFAST_URL right\?/);
  });

  test('a redirect is not followed, so that the token goes nowhere else and no POST turns into a GET', async () => {
    const service = await fakeService(() => ({
      status: 301,
      headers: { location: 'https://elsewhere.example/', 'content-type': 'text/html' },
    }));
    const ran = await ask(service.url);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain('redirect to https://elsewhere.example/');
    expect(service.asked).toHaveLength(1);
  });

  test.each(['127.0.0.1:8080', 'ftp://x', 'http://user:pass@x', 'http://x?a=b', ''])(
    '%j is no address: 3',
    async (url) => {
      const ran = await ask(url);
      expect(ran.code).toBe(3);
      expect(ran.stderr).not.toContain('pass@');
    },
  );

  test.each(['two words', 'line\nbreak', ' '])(
    '%j is no token: 3, and is not repeated',
    async (token) => {
      const ran = await run(['product', 'list', '--token', token]);
      expect(ran.code).toBe(3);
      expect(ran.stderr).not.toContain(token.trim() || 'nothing');
    },
  );

  test.each(['.', '..', ''])('%j cannot be a key: nothing is asked, and 3', async (key) => {
    const service = await fakeService(() => ({ body: product() }));
    expect((await run(['product', 'show', key, '--url', service.url])).code).toBe(3);
    expect(service.asked).toEqual([]);
  });
});
