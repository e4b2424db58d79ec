/** How the service ends when it is told to: nothing in flight is lost, and nothing holds it up. */
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request as send } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  adminToken,
  type ServiceProcess,
  serviceForTest,
  temporaryFolder,
} from '../support/built-program.ts';
import { check, putReleasedProduct, release } from './released-product.ts';

const authorization = `Bearer ${adminToken}`;

/** Handing in a test report, of which the service has taken the first half. The connection wants to be kept. */
async function halfAnUpload({ url }: ServiceProcess): Promise<ClientRequest> {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const upload = send(`${url}${release}/test-reports`, {
    agent,
    method: 'POST',
    headers: { authorization, 'content-type': 'application/xml', expect: '100-continue' },
  });
  upload.flushHeaders();
  await once(upload, 'continue');
  await new Promise((sent) => upload.write('<testsuite name="host.boot">', sent));
  return upload;
}

async function finish(upload: ClientRequest) {
  const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
  upload.end('<testcase name="comes_up"/></testsuite>');
  const [response] = await answered;
  const { statusCode: status, headers } = response;
  return { status, connection: headers.connection, body: await json(response) };
}

/** Waits until the service has heard the signal, and takes no more connections. */
async function tellToEnd(service: ServiceProcess, signal: NodeJS.Signals): Promise<void> {
  process.kill(service.pid, signal);
  await vi.waitFor(() => expect(service.log()).toContain(signal), 30_000);
  const { hostname, port } = new URL(service.url);
  await vi.waitFor(async () => {
    const late = connect(Number(port), hostname);
    try {
      await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED');
    } finally {
      late.destroy();
    }
  }, 30_000);
}

test('SIGTERM and SIGINT let a request in flight come to its end, and then the service ends well', async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const start = () => serviceForTest({ DATA_DIR, HOLDFAST_ADMIN_TOKEN: adminToken });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const service = await start();
    if (signal === 'SIGTERM') await putReleasedProduct(service.url, adminToken);
    const upload = await halfAnUpload(service);
    await tellToEnd(service, signal);
    // The connection ends with the answer: whoever kept it and went on asking would hold up the end.
    expect(await finish(upload)).toMatchObject({
      status: 201,
      connection: 'close',
      body: { results: [{ check }] },
    });
    expect(await service.ended).toMatchObject({ code: 0, signal: null });
  }

  const again = await start();
  const results = await fetch(`${again.url}${release}/results`, { headers: { authorization } });
  const outcome = { check, outcome: 'passed' };
  expect(await results.json()).toMatchObject({ items: [outcome, outcome] });
});

test('a connection that is kept alive does not hold up the end', async () => {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  const service = await serviceForTest({ DATA_DIR });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [response] = (await once(send(`${service.url}/healthz`, { agent }).end(), 'response')) as [
    IncomingMessage,
  ];
  await text(response);
  expect(response.headers.connection).toBe('keep-alive');
  expect(await service.stop()).toMatchObject({ code: 0, signal: null });
});
