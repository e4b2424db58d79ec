import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { mountDocument } from '../../src/contract/mount-document.ts';
import { problem } from '../../src/contract/problems.ts';
import type { AnyHandler } from '../../src/contract/serve-operation.ts';
import { notesApp, problemOf } from './notes.fixture.ts';

test('an address that is none is a 404 problem', async () => {
  const { app } = notesApp();
  for (const address of [
    '/',
    '/v1',
    '/v1/notes/',
    '/v1/notes//scan',
    '/v2/notes',
    '/v1/notes/a/b',
  ]) {
    const response = await app.request(address);
    expect(response.status).toBe(404);
    const { type, detail } = await problemOf(response);
    expect(type).toBe('/problems/not-found');
    expect(detail).toContain(address);
  }
});

test('another method is a 405 that says which are taken', async () => {
  const { app, calls } = notesApp();
  for (const method of ['POST', 'DELETE', 'PROPFIND']) {
    const response = await app.request('/v1/notes/a', { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, PATCH, OPTIONS');
    expect((await problemOf(response)).detail).toBe(
      `${method} is not taken here. Use one of: GET, HEAD, PUT, PATCH, OPTIONS.`,
    );
  }
  const head = await app.request('/v1/notes/a/seal', { method: 'HEAD' });
  expect([head.status, head.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  expect(calls).toEqual([]);
});

test('another method on a fixed address is a 405, even where the parameter beside it takes it', async () => {
  const response = await notesApp().app.request('/v1/notes/newest', { method: 'PUT' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
});

test('OPTIONS is a 204 that says which methods are taken', async () => {
  const response = await notesApp().app.request('/v1/notes', { method: 'OPTIONS' });
  expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  expect(await response.text()).toBe('');
});

test('HEAD is GET without its body', async () => {
  const { app, calls } = notesApp();
  const response = await app.request('/v1/notes/a', { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.text()).toBe('');
  expect(calls).toHaveLength(1);
});

test('an answer has the status, the headers and the body that the handler gave, and the request id', async () => {
  const { app } = notesApp({
    getNote: async () => ({ status: 200, headers: { ETag: '"3"', Age: 4 }, body: { a: 1 } }),
    sealNote: async () => ({ status: 204 }),
  });
  const response = await app.request('/v1/notes/a', { headers: { 'x-request-id': 'build-4711' } });
  expect(Object.fromEntries(response.headers)).toEqual({
    age: '4',
    'content-type': 'application/json',
    etag: '"3"',
    'x-request-id': 'build-4711',
  });
  expect(await response.json()).toEqual({ a: 1 });

  const empty = await app.request('/v1/notes/a/seal', { method: 'POST' });
  expect([empty.status, await empty.text(), empty.headers.get('content-type')]).toEqual([
    204,
    '',
    null,
  ]);
});

test('a request id that could confuse a log is replaced', async () => {
  const { app } = notesApp();
  for (const given of ['a b', '"', 'x'.repeat(101)]) {
    const response = await app.request('/v1/notes/a', { headers: { 'x-request-id': given } });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('every problem carries the id of its request', async () => {
  const { app } = notesApp({ getNote: async () => problem('not-found', 'There is no such note.') });
  for (const address of ['/v1/notes/a', '/v1/notes', '/nowhere']) {
    const response = await app.request(address, { headers: { 'x-request-id': 'one' } });
    expect(response.headers.get('x-request-id')).toBe('one');
    expect((await problemOf(response)).instance).toBe('urn:holdfast:request:one');
  }
});

test('an exception is a 500 that says nothing of what happened, which the log has', async () => {
  const cause = new Error('password authentication failed for user "holdfast"');
  const error = new Error('loading the note', { cause });
  const { app, logged } = notesApp({ getNote: () => Promise.reject(error) });
  const response = await app.request('/v1/notes/a', { headers: { 'x-request-id': 'one' } });
  expect(response.status).toBe(500);
  expect(JSON.stringify(await problemOf(response))).not.toMatch(/loading|password/);
  expect(logged).toEqual([{ err: error, requestId: 'one', operation: 'getNote' }]);
});

test('an exception outside of the contract is a 500 problem too', async () => {
  const { app, logged } = notesApp();
  app.get('/page', () => {
    throw new Error('a page failed');
  });
  expect((await problemOf(await app.request('/page'))).status).toBe(500);
  expect(logged).toHaveLength(1);
});

test('a database out of reach is a 503, whether it strikes in the handler or at the token', async () => {
  const outage = new Error('reading', { cause: new Error('ECONNREFUSED') });
  const isOutage = (error: unknown) => (error as Error).message === 'ECONNREFUSED';
  const down = () => Promise.reject(outage);
  for (const { app } of [
    notesApp({ getNote: down }, { isOutage }),
    notesApp({}, { isOutage, authenticate: down }),
  ]) {
    const response = await app.request('/v1/notes/a');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect((await problemOf(response)).type).toBe('/problems/unavailable');
  }
});

const none: AnyHandler = async () => ({ status: 200 });
const responses = { 200: {} };
const declaring = (path: string, get: object): OpenApiDocument => ({
  paths: { [path]: { get: { responses, ...get } } },
});

test.each([
  ['an operation without an id', declaring('/a', {}), /GET \/a has no operationId/],
  ['an operation without a handler', declaring('/a', { operationId: 'b' }), /Nobody handles b/],
  ['a segment of text and parameter', declaring('/{a}.json', { operationId: 'a' }), /mixes text/],
  ['a range of statuses', declaring('/a', { operationId: 'a', responses: { '4XX': {} } }), /4XX/],
  [
    'a cookie parameter',
    declaring('/a', {
      operationId: 'a',
      parameters: [{ name: 'c', in: 'cookie', schema: { type: 'string' } }],
    }),
    /c in cookie/,
  ],
  [
    'a parameter style that is not read',
    declaring('/a', {
      operationId: 'a',
      parameters: [{ name: 'c', in: 'query', style: 'deepObject', schema: { type: 'object' } }],
    }),
    /the default style/,
  ],
  [
    'a parameter without a plain type',
    declaring('/a', { operationId: 'a', parameters: [{ name: 'c', in: 'query', schema: {} }] }),
    /one plain type/,
  ],
  [
    'a reference to nothing',
    declaring('/a', { operationId: 'a', parameters: [{ $ref: '#/components/parameters/A' }] }),
    /nothing stands at/,
  ],
])('%s stops the start', (_, document, message) => {
  const surroundings = {
    authenticate: async () => ({ kind: 'anonymous' }) as const,
    log: { error: () => {} },
  };
  expect(() => mountDocument(new Hono(), document, { a: none }, surroundings)).toThrow(message);
});

test('two operations of one id stop the start', () => {
  const { paths } = declaring('/a', { operationId: 'a' });
  const document = { paths: { ...paths, ...declaring('/b', { operationId: 'a' }).paths } };
  const surroundings = {
    authenticate: async () => ({ kind: 'anonymous' }) as const,
    log: { error: () => {} },
  };
  expect(() => mountDocument(new Hono(), document, { a: none }, surroundings)).toThrow(
    /two operations/,
  );
});
