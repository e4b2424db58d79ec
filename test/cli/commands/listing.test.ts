import { expect, test } from 'vitest';
import { run } from '../command-run.ts';
import { fakeService } from '../fake-service.ts';
import { product } from '../samples.ts';

test('a page is a table on stdout, and how to go on is on stderr', async () => {
  const service = await fakeService(() => ({ body: { items: [product()], next: 'abc' } }));
  const ran = await run(['product', 'list', '--limit', '1', '--cursor', 'x', '--url', service.url]);
  expect(service.asked[0]?.path).toBe('/v1/products?limit=1&cursor=x');
  expect(ran.stdout).toBe(
    'KEY      VERSIONS  RINGS    NAME\ncontent  intdot    general  Content\n',
  );
  expect(ran.stderr).toContain('--cursor abc');
});

test('an empty list prints no table', async () => {
  const service = await fakeService(() => ({ body: { items: [] } }));
  const ran = await run(['product', 'list', '--url', service.url]);
  expect(ran).toMatchObject({ code: 0, stdout: '', stderr: 'There are none.\n' });
});

test('control characters of the data never reach the terminal', async () => {
  const items = [product({ name: 'red\u001b[31m' })];
  const service = await fakeService(() => ({ body: { items } }));
  const { stdout } = await run(['product', 'list', '--url', service.url]);
  expect(stdout).toContain('red\ufffd[31m');
});
