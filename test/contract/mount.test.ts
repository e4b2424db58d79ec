/** The contract mounted, every handler replaced by one that must not be reached. */

import { document } from 'holdfast:contract';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { permission } from '../../src/contract/access.ts';
import { type Caller, roles } from '../../src/contract/caller.ts';
import type { Handlers } from '../../src/contract/handlers.ts';
import { mount } from '../../src/contract/mount.ts';
import { type Operation, operationsOf } from '../../src/contract/operations.ts';
import type { Problem } from '../../src/contract/problems.ts';
import { contractRequest } from '../support/contract-coverage.ts';

const operations = operationsOf(document);
const withJson = operations.filter(({ body }) => body?.media.some(({ schemaAt }) => schemaAt));

/** A caller is named by its role in the `Authorization` header; nobody without one. */
function callerOf(authorization: string | null): Caller {
  const role = roles.find((one) => authorization === `Bearer ${one}`);
  return role
    ? { kind: 'token', tokenId: '1', name: 'Kim', role, products: null }
    : { kind: 'anonymous' };
}

const outage = new Error('the database is away');

function mounted(failure = new Error('reached')) {
  const app = new Hono();
  const reached: string[] = [];
  const handlers = operations.map(({ id }) => [
    id,
    () => {
      reached.push(id);
      return Promise.reject(failure);
    },
  ]);
  mount(app, Object.fromEntries(handlers) as Handlers, {
    authenticate: async ({ authorization }) => callerOf(authorization),
    isOutage: (error) => error === outage,
    log: { error: () => {} },
  });
  return { request: contractRequest(app), reached };
}

const values: Readonly<Record<string, string>> = {
  version: '1.0',
  incident: 'HF-2024-0001',
  proposal: '1',
  waiver: '1',
  hold: '1',
  override: '1',
  decision: '1',
  token: '1',
  webhook: '1',
  delivery: '1',
  gap: 'checks_never_run',
};

function addressOf({ path }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'sensor');
}

/** A request as somebody who may make it. */
function allowed({ method, access, body }: Operation, text?: string): RequestInit {
  const role = access.kind === 'roles' ? access.roles[0] : 'reader';
  const headers: Record<string, string> = { authorization: `Bearer ${role}` };
  const type = body?.media[0]?.mediaType;
  if (text !== undefined && type) headers['content-type'] = type;
  return { method, headers, ...(text !== undefined && { body: text }) };
}

test.each(operations)(
  '$id is for whom the contract names, and for nobody else',
  async (operation) => {
    for (const role of [null, ...roles]) {
      const { request, reached } = mounted();
      const authorization = role && `Bearer ${role}`;
      const { method } = operation;
      // A type that no operation takes: whoever may call it is refused for that, or reaches the handler.
      const response = await request(addressOf(operation), {
        method,
        headers: { ...(authorization && { authorization }), 'content-type': 'text/x' },
        ...(operation.body && { body: 'x' }),
      });
      const expected = {
        granted: operation.body ? 415 : 500,
        needs_token: 401,
        needs_other_role: 403,
      };
      expect(response.status, `as ${role}`).toBe(
        expected[permission(operation.access, callerOf(authorization))],
      );
      expect(reached).toEqual(response.status === 500 ? [operation.id] : []);
    }
  },
);

test.each(withJson)('$id refuses a body that is not as declared', async (operation) => {
  const refused: [string, number][] = [
    ['', 400],
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    ['"x"', 400],
    ['{"nobodyDeclared": 1, "nobodyDeclared": 2}', 400],
    ['{"__proto__": {}}', 400],
    ['['.repeat(100_000), 400],
    ['x'.repeat((operation.body?.bytesMax ?? 0) + 1), 413],
  ];
  const { request, reached } = mounted();
  for (const [text, status] of refused) {
    const response = await request(addressOf(operation), allowed(operation, text));
    expect(response.status, text.slice(0, 40)).toBe(status);
  }
  expect(reached).toEqual([]);
});

test.each(operations)('$id refuses parameters that it does not declare', async (operation) => {
  const { request, reached } = mounted();
  const response = await request(`${addressOf(operation)}?nobodyDeclared=1`, allowed(operation));
  const { errors } = (await response.json()) as Problem;
  expect(response.status).toBe(400);
  expect(errors?.[0]?.parameter).toBe('nobodyDeclared');
  expect(reached).toEqual([]);
});

test('every path refuses a method that it does not declare, and says which it takes', async () => {
  const { request, reached } = mounted();
  for (const operation of operations) {
    const response = await request(addressOf(operation), { method: 'PROPFIND' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain(operation.method);
  }
  expect(reached).toEqual([]);
});

test('an address below /v1 that is none is a 404 problem', async () => {
  expect((await mounted().request('/v1/nothing')).status).toBe(404);
});

test('a database that is away is a 503', async () => {
  const { request } = mounted(outage);
  expect((await request('/v1/reports')).status).toBe(503);
});
