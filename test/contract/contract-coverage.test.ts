/** The tests' own eye: what it must refuse. */
import { expect, test } from 'vitest';
import { holdAgainstContract } from '../support/contract-coverage.ts';

const product = {
  key: 'sensor',
  name: 'Sensor',
  versionScheme: 'intdot',
  components: [],
  rings: ['general'],
  platforms: [],
  waiverDaysMax: {},
  revision: 1,
  createdAt: '2024-07-19T04:09:00Z',
  updatedAt: '2024-07-19T04:09:00.000123Z',
};

function answer(body: unknown, { status = 200, ...headers }: Record<string, string | number> = {}) {
  const text = body === undefined ? null : JSON.stringify(body);
  const all = { 'x-request-id': '1', etag: '"1"', 'content-type': 'application/json', ...headers };
  return new Response(text, { status: Number(status), headers: all as Record<string, string> });
}

const held = (response: Response, method = 'GET') =>
  holdAgainstContract(method, 'http://localhost/v1/products/sensor?x=1', response);

test('a response as declared passes, and can be read afterwards', async () => {
  const response = answer(product);
  await held(response);
  expect(await response.json()).toEqual(product);
});

test.each([
  [
    'an undeclared status',
    answer(product, { status: 202 }),
    /answered 202, which getProduct does not declare/,
  ],
  ['a missing header', answer(product, { etag: '' }).clone(), null],
  [
    'another type',
    answer(product, { 'content-type': 'text/html' }),
    /as text\/html, which is not declared/,
  ],
  ['a missing field', answer({ ...product, key: undefined }), /\/key: is required/],
  ['an unknown field', answer({ ...product, secret: 1 }), /unknown field 'secret'/],
  ['a wrong value', answer({ ...product, rings: [] }), /\/rings: must not be empty/],
  [
    'a problem as JSON',
    answer({ status: 404 }, { status: 404 }),
    /application\/json, which is not declared/,
  ],
])('%s is refused', async (_, response, message) => {
  if (message === null) response.headers.delete('etag');
  await expect(held(response)).rejects.toThrow(message ?? /without ETag/);
});

test('HEAD has the headers of GET and no body', async () => {
  await held(answer(undefined), 'HEAD');
  await expect(held(answer(product), 'HEAD')).rejects.toThrow(/must not have/);
});

test('a problem of an address that nobody declared is held against the problems', async () => {
  const problem = { status: 404, 'content-type': 'application/problem+json' };
  const hold = (response: Response) => holdAgainstContract('GET', '/v1/nothing', response);
  const whole = { type: '/problems/not-found', title: 'No.', status: 404, detail: 'No.' };
  await hold(answer(whole, problem));
  await expect(hold(answer({ status: 404 }, problem))).rejects.toThrow(/\/detail: is required/);
});

test('a page is nobody’s business here', async () => {
  await holdAgainstContract('GET', '/reports', new Response('<html>'));
});
