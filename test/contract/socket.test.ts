/** What differs when requests come over a real socket. */
import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createAdaptorServer } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { notesApp } from './notes.fixture.ts';

async function listening(handlers?: Parameters<typeof notesApp>[0]) {
  const mounted = notesApp(handlers);
  const answers: Promise<Response>[] = [];
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const answer = Promise.resolve(mounted.app.fetch(request, env));
      answers.push(answer);
      return answer;
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const ask = async (
    path: string,
    options: RequestOptions = {},
    chunks: readonly string[] = [],
  ) => {
    const request = send({ port, host: '127.0.0.1', path, ...options });
    request.on('error', () => {});
    for (const chunk of chunks) request.write(chunk);
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, body: (await json(response)) as Record<string, unknown> };
  };
  return { ...mounted, ask, server, port, answers };
}

const engineer = { authorization: 'Bearer engineer' };
const asJson = { ...engineer, 'content-type': 'application/json' };
const text = JSON.stringify({ title: 'A', severity: 'sev1' });

test('the handler is told the address of the other side', async () => {
  const { ask, calls } = await listening();
  await ask('/v1/notes/a');
  expect(calls[0]?.remoteAddress).toBe('127.0.0.1');
});

test.each([
  ['with its length', { ...asJson, 'content-length': text.length }],
  ['in chunks', asJson],
])('a body sent %s is read', async (_, headers) => {
  const { ask } = await listening();
  const { status, body } = await ask('/v1/notes/a', { method: 'PUT', headers }, [
    text.slice(0, 5),
    text.slice(5),
  ]);
  expect([status, body.body]).toEqual([200, JSON.parse(text)]);
});

test('a body that grows past the limit is a 413, and the service goes on', async () => {
  const { ask } = await listening();
  const chunks = Array.from({ length: 40 }, () => 'x'.repeat(50_000));
  const { status } = await ask('/v1/notes/a', { method: 'PUT', headers: asJson }, chunks);
  expect(status).toBe(413);
  expect((await ask('/v1/notes/a')).status).toBe(200);
});

test('a body that is missing is a 400, one that nobody asked for too', async () => {
  const { ask } = await listening();
  const put = { method: 'PUT', headers: asJson };
  expect((await ask('/v1/notes/a', put)).status).toBe(400);
  expect((await ask('/v1/notes/a/seal', { method: 'POST' }, ['{}'])).status).toBe(400);
  expect(
    (await ask('/v1/notes/a/seal', { method: 'POST', headers: { 'content-length': 0 } })).status,
  ).toBe(200);
});

test('bytes that are not JSON arrive as a stream, up to their limit', async () => {
  const { ask, logged } = await listening({
    scanNote: async ({ body }) => {
      let bytes = 0;
      for await (const chunk of body as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
      return { status: 200, body: { bytes } };
    },
  });
  const scan = { method: 'POST', headers: { 'content-type': 'application/xml' } };
  expect((await ask('/v1/notes/a/scan', scan, ['<a>', '</a>'])).body).toEqual({ bytes: 7 });
  expect(
    (await ask('/v1/notes/a/scan', scan, ['x'.repeat(60_000), 'x'.repeat(60_000)])).status,
  ).toBe(413);
  expect(logged).toEqual([]);
});

test('a handler that stops reading answers all the same, and the connection goes on', async () => {
  const { ask } = await listening({
    scanNote: async ({ body }) => {
      for await (const _ of body as AsyncIterable<Uint8Array>) break;
      return { status: 200, body: { stopped: true } };
    },
  });
  const scan = { method: 'POST', headers: { 'content-type': 'application/xml' } };
  const chunks = Array.from({ length: 50 }, () => 'x'.repeat(50_000));
  for (let again = 0; again < 3; again++) {
    expect((await ask('/v1/notes/a/scan', scan, chunks)).body).toEqual({ stopped: true });
  }
});

test.each([
  ['PUT', '/v1/notes/a', { ...asJson, 'content-length': 1000 }],
  ['PUT', '/v1/notes/a', asJson],
  ['POST', '/v1/notes/a/scan', { 'content-type': 'application/xml' }],
])(
  '%s %s with a body that is cut off is no fault of the service',
  async (method, path, headers) => {
    const { server, port, answers, logged } = await listening({
      scanNote: async ({ body }) => {
        for await (const _ of body as AsyncIterable<Uint8Array>);
        return { status: 200 };
      },
    });
    const request = send({ port, host: '127.0.0.1', method, path, headers });
    request.on('error', () => {});
    request.write('{"title":');
    await once(server, 'request');
    request.destroy();
    expect((await answers[0])?.status).toBe(400);
    expect(logged).toEqual([]);
  },
);

test('what is odd in an address is a 4xx, never a 500', async () => {
  const { ask, logged } = await listening();
  for (const path of [
    '/v1/notes/%',
    '/v1/notes/%ff',
    '/v1/notes/%00',
    '/v1/notes/a?%',
    '/v1/notes/../..',
    '//v1/notes',
  ]) {
    const { status } = await ask(path);
    expect([path, status]).toEqual([path, path.includes('%') ? 400 : 404]);
  }
  expect((await ask('/v1/notes/a%2Fb')).body.path).toEqual({ note: 'a/b' });
  expect(logged).toEqual([]);
});
