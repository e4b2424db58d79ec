/** Requests that are wrong as a whole, at every operation of the contract: a 4xx problem each, and nothing stored. */
import { document } from 'holdfast:contract';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { methods, type Operation } from '../../src/contract/operations.ts';
import { exampleRequest, operations } from '../access/every-operation.ts';
import { brokenReports, hardSegments, hardTexts, madeUpCursors } from './hard-texts.ts';
import { type Scene, sceneOfExamples } from './scene-of-examples.ts';

let scene: Scene;
/** Where each operation finds what it works on. */
let addresses: ReadonlyMap<Operation, string>;
let before: Record<string, number>;

const addressOf = (operation: Operation) => addresses.get(operation) as string;

// One scene for all: what is asked here is refused, and each test shows that it left no trace.
beforeAll(async () => {
  scene = await sceneOfExamples();
  const found = new Map<Operation, string>();
  for (const operation of operations) found.set(operation, await scene.addressFor(operation));
  addresses = found;
  before = await scene.rows();
});

afterEach(async () => {
  expect(await scene.rows()).toEqual(before);
  expect(scene.logged).toEqual([]);
});

/** Sends it, and expects this status of it; `4xx` is any of them, `answer` anything but a failure. */
async function expectStatus(
  expected: number | '4xx' | 'answer',
  address: string,
  init: RequestInit = {},
): Promise<Response> {
  const response = await scene.ask(address, init);
  const { status } = response;
  const what = `${init.method ?? 'GET'} ${address.slice(0, 300)}`;
  if (typeof expected === 'number') expect(status, what).toBe(expected);
  else {
    expect(status, what).toBeLessThan(500);
    if (expected === '4xx') expect(status, what).toBeGreaterThanOrEqual(400);
  }
  if (status >= 400 && init.method !== 'HEAD') {
    expect(response.headers.get('content-type'), what).toBe('application/problem+json');
  }
  return response;
}

describe('addresses', () => {
  test('404 for an address that is none of the contract’s, whatever the method', async () => {
    const near = [...addresses.values()].flatMap((address) => [
      `${address}/`,
      `${address}/nothing-that/lies-below`,
      `${address}%2Fnothing-that/lies-below/it`,
      address.replace('/v1/', '/v2/'),
      address.replace('/v1/', '/V1/'),
      address.replace('/v1/', '/v1//'),
      address.replace('/v1/', '//v1/'),
    ]);
    const beside = [
      '/v1',
      '/v1/',
      '/v1/nothing',
      '/v1/Products',
      '/v1/__proto__',
      '/v1/products//releases',
    ];
    const known = new Set(addresses.values());
    for (const address of new Set([...near, ...beside])) {
      // Outside /v1 some of these are the address itself.
      if (known.has(address)) continue;
      for (const method of methods) await expectStatus(404, address, { method });
    }
  });

  test('405 for every method that an address does not take, with those that it takes', async () => {
    for (const [operation, address] of addresses) {
      const here = operations.filter(({ path }) => path === operation.path);
      const taken = here.map(({ method }) => method as string);
      if (taken.includes('GET')) taken.push('HEAD');
      for (const method of [...methods, 'HEAD', 'OPTIONS', 'BREW'].filter(
        (one) => !taken.includes(one),
      )) {
        const status = method === 'OPTIONS' ? 204 : 405;
        const { headers } = await expectStatus(status, address, { method });
        const allowed = headers.get('allow')?.split(', ').toSorted();
        expect(allowed, address).toEqual([...taken, 'OPTIONS'].toSorted());
      }
    }
  });
});

describe('parameters', () => {
  test('a 4xx for every name in an address that cannot be one, and no failure for any', async () => {
    for (const operation of operations) {
      for (const { name } of operation.parameters.filter(({ in: where }) => where === 'path')) {
        for (const segment of hardSegments) {
          const place = operation.path.split('/').indexOf(`{${name}}`);
          const address = addressOf(operation).split('/').with(place, segment).join('/');
          await expectStatus('4xx', address, { method: operation.method });
        }
      }
    }
  });

  test('400 that names the parameter for a query that is unknown, repeated or of the wrong type', async () => {
    for (const operation of operations) {
      const address = addressOf(operation);
      const wrong = operation.parameters.flatMap(({ in: where, name, type, many }) => {
        if (where !== 'query') return [];
        const ofWrongType = type === 'integer' ? wrongIntegers : many ? wrongPairs : [''];
        const queries = ofWrongType.map((value) => `${name}=${encodeURIComponent(value)}`);
        const repeated = many ? [] : [`${name}=1&${name}=1`];
        return [...queries, ...repeated].map((query) => ({ name, query }));
      });
      wrong.push(
        { name: 'nothing', query: 'nothing=1' },
        { name: '__proto__', query: '__proto__=1' },
      );
      for (const { name, query } of wrong) {
        const { method } = operation;
        const response = await expectStatus(400, `${address}?${query}`, { method });
        const { errors } = (await response.json()) as { errors: { parameter?: string }[] };
        expect(
          errors.map(({ parameter }) => parameter),
          query,
        ).toContain(name);
      }
      for (const query of ['%', 'limit=%ff', '%ed%a0%80=1', 'q=%00', '%00']) {
        await expectStatus(400, `${address}?${query}`, { method: operation.method });
      }
    }
  });

  test('no failure for any text in a query or a header', async () => {
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      for (const { in: where, name, type } of operation.parameters) {
        if (where !== 'query' || type === 'integer') continue;
        for (const text of name === 'cursor' ? madeUpCursors : hardTexts) {
          const query = `${name}=${encodeURIComponent(text)}`;
          // The filter that needs another beside it.
          const beside = name === 'version' ? 'product=sensor-content&' : '';
          await expectStatus('answer', `${addressOf(operation)}?${beside}${query}`);
        }
      }
    }
  });

  test('400 for an Idempotency-Key that is none, before anything is done', async () => {
    for (const operation of operations) {
      if (!operation.parameters.some(({ name }) => name === 'Idempotency-Key')) continue;
      const { method, body, mediaType } = exampleRequest(operation);
      for (const key of ['', ' ', 'a key', '\u00fc', 'x'.repeat(201)]) {
        const headers = { 'idempotency-key': key, ...(mediaType && { 'content-type': mediaType }) };
        await expectStatus(400, addressOf(operation), { method, headers, ...(body && { body }) });
      }
    }
  });

  test('401 for an authorization that is none', async () => {
    for (const operation of operations) {
      for (const authorization of [
        '',
        'Bearer',
        'Basic YTpi',
        'Bearer a b',
        'Bearer \u00ff',
        `Bearer ${'x'.repeat(50_000)}`,
      ]) {
        const { method } = operation;
        await expectStatus(401, addressOf(operation), { method, headers: { authorization } });
      }
    }
  });
});

const wrongIntegers = [
  '',
  '0',
  '-1',
  '1.5',
  '1.0',
  '1e2',
  '0x10',
  ' 1',
  '1 ',
  '\u0663',
  'NaN',
  'Infinity',
  '9'.repeat(30),
];
const wrongPairs = ['', 'os', '=windows', 'os=', `os=${'x'.repeat(129)}`];

describe('bodies', () => {
  const withJson = operations.filter(({ body }) => body?.media.some(({ schemaAt }) => schemaAt));

  /** The operation's own example, in this form. */
  const send = (
    expected: number,
    operation: Operation,
    body: RequestInit['body'],
    headers: object = {},
  ) => {
    const { method, mediaType = '' } = exampleRequest(operation);
    return expectStatus(expected, addressOf(operation), {
      method,
      headers: { 'content-type': mediaType, ...headers },
      body,
      duplex: 'half',
    } as RequestInit);
  };

  test.each(withJson.map((operation) => ({ id: operation.id, operation })))(
    '$id: 400 for what is no JSON object, or is one that nobody may send',
    async ({ operation }) => {
      const { body = '' } = exampleRequest(operation);
      const [first = ''] = /"\w+":/.exec(body) ?? [];
      for (const wrong of [
        '',
        ' ',
        '{',
        'undefined',
        "{'a': 1}",
        `${body},`,
        `${body}${body}`,
        body.slice(0, -1),
        `// a comment\n${body}`,
        '\u0000',
        'null',
        'true',
        '1',
        '"text"',
        '[]',
        `[${body}]`,
        body.replace('{', `{${first}1,`),
        body.replace('{', '{"__proto__":{},'),
        body.replace('{', '{"constructor":{},'),
        body.replace('{', '{"\\u0000":1,'),
        body.replace('{', `{"deep":${'['.repeat(64)}${']'.repeat(64)},`),
        body.replace('{', `{"deep":${'{"a":'.repeat(100_000)}`),
      ]) {
        await send(400, operation, wrong);
      }
      for (const encoding of ['utf16le', 'latin1'] as const) {
        await send(400, operation, Buffer.from(body.replace('{', '{"ä":1,'), encoding));
      }
      await send(400, operation, Buffer.from([0x7b, 0xc3, 0x28, 0x7d]));
    },
  );

  test('400 that names a field that nobody knows', async () => {
    for (const operation of withJson) {
      const { body = '' } = exampleRequest(operation);
      // A merge patch is judged by what it leads to.
      const status = operation.id === 'updateIncident' ? 422 : 400;
      const headers = operation.id === 'updateIncident' ? { 'if-match': '*' } : {};
      const response = await send(status, operation, body.replace('{', '{"nothing":1,'), headers);
      const { errors } = (await response.json()) as { errors: { pointer?: string }[] };
      expect(
        errors.map(({ pointer }) => pointer),
        operation.id,
      ).toContain('/nothing');
    }
  });

  test('415 for a type that the contract does not list, for another charset and for what is compressed', async () => {
    for (const operation of operations.filter(({ body }) => body)) {
      const { method, body = '', mediaType = '' } = exampleRequest(operation);
      const bytes = Buffer.from(body);
      for (const type of [
        'text/plain',
        'text/html',
        'multipart/form-data',
        'application/cbor',
        'x',
      ]) {
        await send(415, operation, bytes, { 'content-type': type });
      }
      await expectStatus(415, addressOf(operation), { method, body: bytes });
      await send(415, operation, gzipSync(bytes), { 'content-encoding': 'gzip' });
      if (withJson.includes(operation)) {
        await send(415, operation, bytes, { 'content-type': `${mediaType}; charset=utf-16` });
      }
    }
  });

  test('413 for a body beyond its limit, whether it says its length or not', async () => {
    for (const operation of withJson) {
      const { body = '' } = exampleRequest(operation);
      const large = Buffer.from(body.padEnd((operation.body?.bytesMax ?? 0) + 1));
      await send(413, operation, large, { 'content-length': String(large.length) });
      await send(413, operation, new Blob([large]).stream());
    }
  });

  test('400 for a body that is needed and missing, and for one that nobody would read', async () => {
    for (const operation of operations) {
      const { method } = operation;
      if (operation.body) await expectStatus(400, addressOf(operation), { method });
      else if (method !== 'GET') {
        const headers = { 'content-type': 'application/json', 'content-length': '2' };
        await expectStatus(400, addressOf(operation), { method, headers, body: '{}' });
      }
    }
  });

  test('422 for a deep merge patch, wherever it reaches', async () => {
    const operation = operations.find(({ id }) => id === 'updateIncident') as Operation;
    for (const field of ['nothing', 'title', 'affected', 'detection', 'impact', 'timeline']) {
      const body = `${`{"${field}":`.repeat(60)}null${'}'.repeat(60)}`;
      await send(422, operation, body, { 'if-match': '*' });
    }
  });

  test.each(Object.entries(brokenReports))(
    'a 4xx for a test report that is %s',
    async (_, report) => {
      const operation = operations.find(({ id }) => id === 'importTestReport') as Operation;
      for (const type of operation.body?.media.map(({ mediaType }) => mediaType) ?? []) {
        const headers = { 'content-type': type };
        await expectStatus('4xx', addressOf(operation), { method: 'POST', headers, body: report });
      }
    },
  );
});

test('every operation of the contract is among those asked here', () => {
  const declared = Object.values(document.paths).flatMap((path) =>
    Object.keys(path).filter((key) => key !== 'parameters'),
  );
  expect(addresses.size).toBe(declared.length);
});
