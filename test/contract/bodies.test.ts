import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bodyBytesMax } from '../../src/contract/operations.ts';
import { notesApp, problemOf, putting } from './notes.fixture.ts';

async function send(address: string, init: RequestInit) {
  const { app, calls } = notesApp();
  const response = await app.request(address, init);
  const { status } = response;
  return { status, problem: response.ok ? null : await problemOf(response), call: calls[0] };
}

const put = (body: unknown, headers?: Record<string, string>) =>
  send('/v1/notes/a', putting(body, headers));

test('a body that fits reaches the handler as it is', async () => {
  const body = { title: 'A', severity: 'sev1', at: null, source: { kind: 'book', isbn: '1' } };
  const { status, call } = await put(body);
  expect(status).toBe(200);
  expect(call).toMatchObject({ body, mediaType: 'application/json' });
});

test('JSON may name its charset, if that is UTF-8', async () => {
  const fits = { title: 'A', severity: 'sev1' };
  expect((await put(fits, { 'content-type': 'Application/JSON; charset="UTF-8"' })).status).toBe(
    200,
  );
  expect((await put(fits, { 'content-type': 'application/json; charset=latin1' })).status).toBe(
    415,
  );
});

test.each([
  ['text/plain', 'Send the body as application/json, not as text/plain.'],
  [
    'application/x-www-form-urlencoded',
    'Send the body as application/json, not as application/x-www-form-urlencoded.',
  ],
  ['', 'Send the body as application/json.'],
])(
  'a body of the undeclared type "%s" is a 415 that names the declared ones',
  async (type, detail) => {
    const { status, problem, call } = await put('{}', { 'content-type': type });
    expect([status, problem?.detail]).toEqual([415, detail]);
    expect(call).toBeUndefined();
  },
);

test('a compressed body is a 415', async () => {
  const { status, problem } = await put(gzipSync('{}'), { 'content-encoding': 'gzip' });
  expect(status).toBe(415);
  expect(problem?.detail).toBe('Send the body without Content-Encoding; gzip is not read here.');
});

test.each([
  ['{"title": }', "line 1, column 11: expected a value, not '}'"],
  [
    '{"title": "A",\n  "severity" "sev1"}',
    "line 2, column 14: expected ':' after the name, not '\"'",
  ],
  ["{'title': 1}", "line 1, column 2: expected a field's name in double quotes, not '''"],
  ['{"title": "A"', "line 1, column 14: expected ',' or '}', but the text ends"],
  ['[1 2]', "line 1, column 4: expected ',' or ']', not '2'"],
  ['{} {}', "line 1, column 4: expected nothing more, not '{'"],
  ['"a\tb"', 'line 1, column 3: a control character; write it as an escape'],
  ['"a\\x"', 'line 1, column 3: an unknown escape'],
  ['"a', 'line 1, column 1: this text has no end'],
  ['01', "line 1, column 2: expected nothing more, not '1'"],
  ['NaN', "line 1, column 1: expected a value, not 'N'"],
  [' ', 'line 1, column 2: expected a value, but the text ends'],
])('%j is no JSON, and the answer says where', async (text, where) => {
  const { status, problem } = await put(text);
  expect(status).toBe(400);
  expect(problem?.errors[0]?.detail).toBe(`is not JSON as it is read here; ${where}`);
});

test.each([
  ['{"a": {"b": 1, "c": 2, "b": 3}}', '/a', "line 1, column 24: the field 'b' is given twice"],
  [
    '{"title": "A", "__proto__": {"x": 1}}',
    '',
    "line 1, column 16: no field may be called '__proto__'",
  ],
  ['{"a": [{"constructor": 1}]}', '/a/0', "line 1, column 9: no field may be called 'constructor'"],
  ['{"\\u005f_proto__": 1}', '', "line 1, column 2: no field may be called '__proto__'"],
  [
    '{"a~/b": "x\\u0000"}',
    '/a~0~1b',
    'line 1, column 10: U+0000 or half a surrogate pair, which cannot be stored',
  ],
  [
    '{"a": "\\ud83d"}',
    '/a',
    'line 1, column 7: U+0000 or half a surrogate pair, which cannot be stored',
  ],
])('%j is JSON that nobody may send', async (text, pointer, where) => {
  const { status, problem } = await put(text);
  expect(status).toBe(400);
  expect(problem?.errors).toEqual([
    { pointer, detail: `is not JSON as it is read here; ${where}` },
  ]);
});

test('names and brackets inside of text are text', async () => {
  const { call } = await put(
    '{"title": "a\\"b: {[\\\\", "severity": "sev1", "tags": ["\\ud83d\\ude00"]}',
  );
  expect(call?.body).toEqual({ title: 'a"b: {[\\', severity: 'sev1', tags: ['😀'] });
});

test('a body is at most 64 deep', async () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect((await put(deep(64))).problem?.errors[0]?.detail).toBe('must be an object, not an array');
  expect((await put(deep(65))).problem?.errors[0]?.detail).toMatch(
    /column 65: nested more than 64 deep/,
  );
  expect((await put('['.repeat(500_000))).problem?.errors[0]?.detail).toMatch(
    /nested more than 64/,
  );
});

test('a body that is no UTF-8 is a 400', async () => {
  const { status, problem } = await put(new Uint8Array([0x22, 0xff, 0x22]));
  expect([status, problem?.detail]).toEqual([400, 'the body: is not UTF-8 text.']);
});

test('a body that is needed and missing is a 400', async () => {
  for (const headers of [undefined, { 'content-length': '0' }]) {
    const { status, problem } = await put('', headers);
    expect([status, problem?.detail]).toEqual([
      400,
      'the body: a body is needed, as application/json.',
    ]);
  }
});

test('a body that is not needed may be missing', async () => {
  const { status, call } = await send('/v1/notes/a', {
    method: 'PATCH',
    headers: { authorization: 'Bearer reader' },
  });
  expect([status, call?.body]).toEqual([200, undefined]);
});

test('the handler is told which of the declared types came', async () => {
  const { call } = await send('/v1/notes/a', {
    method: 'PATCH',
    headers: { authorization: 'Bearer reader', 'content-type': 'application/merge-patch+json' },
    body: '{"a": null}',
  });
  expect(call).toMatchObject({ mediaType: 'application/merge-patch+json', body: { a: null } });
});

test('a body where none is declared is refused', async () => {
  const { status, call } = await send('/v1/notes/a/seal', {
    method: 'POST',
    headers: { 'content-length': '2' },
    body: '{}',
  });
  expect(status).toBe(400);
  expect(call).toBeUndefined();
});

test.each([
  ['with its length', (text: string) => ({ 'content-length': String(text.length) })],
  ['without its length', () => ({})],
])('a body past the limit is a 413, sent %s', async (_, headers) => {
  const text = JSON.stringify('x'.repeat(bodyBytesMax));
  const { status, problem } = await put(text, headers(text));
  expect(status).toBe(413);
  expect(problem?.detail).toBe(
    'Send at most 1048576 bytes at once, in several requests where there is more.',
  );
});

const scan = (init: RequestInit, handler?: () => void) => {
  const { app, logged } = notesApp({
    scanNote: async ({ body, mediaType }) => {
      let bytes = 0;
      for await (const chunk of body as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
      handler?.();
      return { status: 200, body: { bytes, mediaType } };
    },
  });
  const response = app.request('/v1/notes/a/scan', { method: 'POST', ...init });
  return { response, logged };
};

test('what is not JSON reaches the handler as a stream of bytes', async () => {
  const { response } = scan({ headers: { 'content-type': 'application/xml' }, body: '<a/>' });
  expect(await (await response).json()).toEqual({ bytes: 4, mediaType: 'application/xml' });
});

test('a stream past its limit ends the handler, and the answer is a 413', async () => {
  let finished = false;
  const { response, logged } = scan(
    { headers: { 'content-type': 'application/xml' }, body: 'x'.repeat(100_001) },
    () => {
      finished = true;
    },
  );
  const { status, detail } = await problemOf(await response);
  expect([status, detail]).toEqual([
    413,
    'Send at most 100000 bytes at once, in several requests where there is more.',
  ]);
  expect(finished).toBe(false);
  expect(logged).toEqual([]);
});
