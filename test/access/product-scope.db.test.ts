/** A token that is bound to products is told of all others exactly what it would be told if they did not exist. */
import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/caller.ts';
import type { Operation } from '../../src/contract/operations.ts';
import { contractRequest } from '../support/contract-coverage.ts';
import { type TestService, testService } from '../support/service.ts';
import { addressOf, exampleRequest, operations } from './every-operation.ts';
import { makeToken } from './make-token.ts';

const product = { name: 'P', versionScheme: 'intdot', rings: ['canary', 'general'] };

/** `hidden` with a release `1.0` that has everything a release can have, and `own`. */
async function withProducts(): Promise<TestService> {
  const service = await testService();
  const engineer = await service.as('engineer');
  const release = '/v1/products/hidden/releases/1.0';
  const shipment = { ring: 'canary', shippedAt: '2024-07-19T04:09:00Z' };
  const results = [{ check: 'boot', outcome: 'failed' }];
  const check = {
    title: 'Boots twice',
    purpose: 'A host starts twice after the update.',
    kind: 'automated',
    enforcement: 'required',
    appliesTo: { products: ['hidden'] },
    owner: 'release-engineering',
  };
  const waiver = { check: 'boot', reason: 'The lab is down.', expiresAt: inAMonth() };
  for (const reply of [
    await engineer.put('/v1/products/own', product),
    await engineer.put('/v1/products/hidden', product),
    await engineer.put('/v1/checks/boot', check),
    await engineer.put(release, {}),
    await engineer.post(`${release}/shipments`, shipment),
    await engineer.post(`${release}/results`, { results }),
    await engineer.post(`${release}/waivers`, waiver),
  ]) {
    expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
  }
  return service;
}

function inAMonth(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString();
}

/** What a reader of the answer can tell apart, with the name of the product left out. */
async function answerOf(response: Response, name: string) {
  const body = (await response.text())
    .replaceAll(name, '…')
    .replace(/"urn:holdfast:request:[^"]+"/, '""');
  const headers = [...response.headers].filter(([header]) => header !== 'x-request-id');
  return { status: response.status, headers, body };
}

function isFor({ access }: Operation, role: Role): boolean {
  return access.kind === 'roles' && access.roles.includes(role);
}

const about = operations.filter(({ path }) => path.includes('{product}'));

test.each(about.map((operation) => [operation.id, operation] as const))(
  '%s answers of a product out of reach as of an unknown one',
  async (_, operation) => {
    const service = await withProducts();
    const request = contractRequest(service.app);
    const role = isFor(operation, 'pipeline') ? 'pipeline' : 'engineer';
    const secret = await makeToken(service, { role, products: ['own'] });
    const { mediaType, ...sent } = exampleRequest(operation);
    const headers = {
      authorization: `Bearer ${secret}`,
      ...(mediaType && { 'content-type': mediaType }),
    };

    const [hidden, unknown] = await Promise.all(
      ['hidden', 'absent'].map(async (name) => {
        const address = addressOf(operation, { product: name });
        return answerOf(await request(address, { ...sent, headers }), name);
      }),
    );
    expect(hidden).toEqual(unknown);
    expect([403, 404]).toContain(hidden?.status);
  },
);

const narrowed = operations.filter(
  ({ access, parameters }) =>
    access.kind === 'roles' &&
    parameters.some((one) => one.in === 'query' && one.name === 'product'),
);

test.each(narrowed.map((operation) => [operation.id, operation] as const))(
  '%s narrowed to a product out of reach lists what it lists for an unknown one',
  async (_, operation) => {
    const service = await withProducts();
    const reader = await service.as('reader', { products: ['own'] });

    const hidden = await reader.get(`${addressOf(operation)}?product=hidden`);
    const unknown = await reader.get(`${addressOf(operation)}?product=absent`);
    expect(hidden).toMatchObject({ status: 200, body: { items: [] } });
    expect(hidden.body).toEqual(unknown.body);
  },
);
