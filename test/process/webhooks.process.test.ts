/** Webhooks of the program as it runs: an acknowledged change is told by whoever starts next, to the guide's own receiver. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { blocksOf } from '../docs/markdown.ts';
import { adminToken, serviceForTest, temporaryFolder } from '../support/built-program.ts';
import { check, putReleasedProduct, release } from './released-product.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The receiver that docs/for-pipelines.md shows. Answers what it has printed so far. */
async function guidesReceiver(port: number, secret: string): Promise<() => string> {
  const block = blocksOf('docs/for-pipelines.md').find(({ file }) => file === 'receiver.mjs');
  const path = join(await temporaryFolder(), 'receiver.mjs');
  await writeFile(path, block?.text ?? '');
  const receiver = spawn(process.execPath, [path], {
    env: { PORT: String(port), WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void receiver.kill('SIGKILL'));
  let printed = '';
  receiver.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return () => printed;
}

test("a change that was acknowledged before kill -9 is told after it, and the guide's receiver takes it for genuine", async () => {
  const port = await freePort();
  const env = {
    DATA_DIR: join(await temporaryFolder(), 'data'),
    HOLDFAST_ADMIN_TOKEN: adminToken,
    WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
  };
  const ask = (method: string, address: string, body?: object) =>
    fetch(address, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const killed = await serviceForTest(env);
  await putReleasedProduct(killed.url, adminToken);
  const url = `http://127.0.0.1:${port}/`;
  const made = await ask('POST', `${killed.url}/v1/webhooks`, { url });
  const { id, secret } = (await made.json()) as { id: string; secret: string };
  // So that nothing is tried while nobody is there, which would be tried again in minutes.
  await ask('PATCH', `${killed.url}/v1/webhooks/${id}`, { status: 'paused' });

  const results = [{ check, outcome: 'failed' }];
  const handedIn = await ask('POST', `${killed.url}${release}/results`, { results });
  await killed.kill();
  expect(handedIn.status).toBe(201);

  const [service, printed] = await Promise.all([serviceForTest(env), guidesReceiver(port, secret)]);
  await ask('PATCH', `${service.url}/v1/webhooks/${id}`, { status: 'active' });
  await vi.waitFor(() => expect(printed().split('pending -> blocked')).toHaveLength(3), 30_000);
  expect((await service.stop()).code).toBe(0);
});
