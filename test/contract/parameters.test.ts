import { expect, test } from 'vitest';
import { notesApp, problemOf } from './notes.fixture.ts';

async function get(address: string) {
  const { app, calls } = notesApp();
  const response = await app.request(address);
  const { status } = response;
  return { status, problem: response.ok ? null : await problemOf(response), call: calls[0] };
}

test('parameters reach the handler as their declared types, absent ones as their default', async () => {
  const { call } = await get(
    '/v1/notes?author=Kim+Lee&tag=a&tag=b%2Bc&open=true&weight=0.5&since=2024-07-19T04:09:00Z',
  );
  expect(call?.query).toEqual({
    author: 'Kim Lee',
    tag: ['a', 'b+c'],
    open: true,
    weight: 0.5,
    since: '2024-07-19T04:09:00Z',
    limit: 5,
  });
});

test('a single value of a list parameter is still a list', async () => {
  const { call } = await get('/v1/notes?author=Kim&tag=a');
  expect(call?.query.tag).toEqual(['a']);
});

test.each([
  ['1.2.3', '1.2.3'],
  ['1.0%2Bbuild', '1.0+build'],
  ['1.0+build', '1.0+build'],
  ['a%2Fb', 'a/b'],
  ['a%252Fb', 'a%2Fb'],
  ['%25', '%'],
  ['caf%C3%A9', 'café'],
  ['a%20b%3Fc%23d', 'a b?c#d'],
  ['a:b', 'a:b'],
])('the path value %s is handed over as %s', async (written, meant) => {
  const { call } = await get(`/v1/notes/${written}`);
  expect(call?.path).toEqual({ note: meant });
});

test.each([
  ['limit=abc', 'limit', "must be an integer, not the text 'abc'"],
  ['limit=0x10', 'limit', "must be an integer, not the text '0x10'"],
  ['limit=1e0', 'limit', "must be an integer, not the text '1e0'"],
  ['limit=1.0', 'limit', "must be an integer, not the text '1.0'"],
  ['limit=', 'limit', "must be an integer, not the text ''"],
  ['limit=10', 'limit', 'must be at most 9'],
  ['limit=5&limit=5', 'limit', 'must be given once'],
  ['open=yes', 'open', "must be true or false, not the text 'yes'"],
  ['weight=1,5', 'weight', "must be a number, not the text '1,5'"],
  ['tag=a&tag=longer', 'tag', 'value 2 must have at most 4 characters'],
  [
    'since=2024-02-30T00:00:00Z',
    'since',
    'must be an instant as in RFC 3339, for example 2024-07-19T04:09:00Z',
  ],
  [
    'since=0000-01-01T00:00:00Z',
    'since',
    'must be an instant as in RFC 3339, for example 2024-07-19T04:09:00Z',
  ],
  ['limt=5', 'limt', "unknown parameter; did you mean 'limit'?"],
  [
    'zzz=5',
    'zzz',
    'unknown parameter; the parameters are: limit, tag, open, weight, since, author',
  ],
])('a wrong query, %s, is a 400 that names the parameter', async (query, parameter, detail) => {
  const { status, problem, call } = await get(`/v1/notes?author=Kim&${query}`);
  expect(status).toBe(400);
  expect(problem?.errors).toEqual([{ parameter, detail }]);
  expect(problem?.detail).toBe(`${parameter}: ${detail}${detail.endsWith('?') ? '' : '.'}`);
  expect(call).toBeUndefined();
});

test('every wrong parameter is listed at once', async () => {
  const { problem } = await get('/v1/notes?limit=99&open=1');
  expect(problem?.errors).toEqual([
    { parameter: 'author', detail: 'is required' },
    { parameter: 'limit', detail: 'must be at most 9' },
    { parameter: 'open', detail: "must be true or false, not the text '1'" },
  ]);
  expect(problem?.detail).toBe('3 faults. First, author: is required.');
});

test.each([
  '/v1/notes?author=%ff',
  '/v1/notes?author=%',
  '/v1/notes/%ff',
  '/v1/notes/a%00b',
  '/v1/notes?author=a%00b',
])('%s is a 400, whatever the database would have made of it', async (address) => {
  const { status, call } = await get(address);
  expect(status).toBe(400);
  expect(call).toBeUndefined();
});

test('a query where none is declared is refused', async () => {
  const { status, problem } = await get('/v1/notes/a?x=1');
  expect(status).toBe(400);
  expect(problem?.errors).toEqual([
    { parameter: 'x', detail: 'unknown parameter; there are none here' },
  ]);
});

test('a fixed segment is asked before a parameter in its place', async () => {
  const { app, calls } = notesApp();
  await app.request('/v1/notes/newest', { headers: { authorization: 'Bearer reader' } });
  expect(calls[0]?.path).toEqual({});
});
