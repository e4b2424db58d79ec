/** putCheck: creating a check, and replacing it. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { CheckInput } from '../../src/checks/check.ts';
import { type Client, type TestService, testService } from '../support/service.ts';
import { aCheck } from './a-check.ts';

const address = '/v1/checks/boot';
const revision1 = { 'If-Match': '"1"' };

const sensor = {
  name: 'Sensor',
  versionScheme: 'intdot',
  components: ['driver'],
  rings: ['internal', 'general'],
  platforms: ['windows'],
};

async function engineerWithSensor(service: TestService): Promise<Client> {
  const engineer = await service.as('engineer');
  expect(await engineer.put('/v1/products/sensor', sensor)).toMatchObject({ status: 201 });
  return engineer;
}

const whole = {
  ...aCheck,
  kind: 'canary',
  appliesTo: {
    products: ['sensor'],
    kinds: ['code'],
    components: ['driver'],
    rings: ['general'],
    platforms: ['windows'],
    paths: ['src/driver/**'],
    versions: 'vers:intdot/>=7.11|<7.16',
  },
  variants: [{ os: 'windows-10' }, { os: 'windows-11' }],
  reportedAs: [{ suite: 'host.boot', name: 'reboots_*' }],
  allowSkipped: true,
  minCases: 2,
  minimum: { machines: 100, hours: 0.5 },
  howToRun: { command: 'make boot', url: 'https://ci.example.test/boot', steps: 'Start it.' },
  effectiveFrom: '2030-01-01T02:00:00.250+02:00',
  retiredAt: '2031-01-01T00:00:00.000Z',
} satisfies CheckInput;

test('201 creates the check with its address and its first revision, instants in their one form', async () => {
  const engineer = await engineerWithSensor(await testService());

  const put = await engineer.put(address, whole);
  expect(put.status).toBe(201);
  expect(put.headers.get('etag')).toBe('"1"');
  expect(put.headers.get('location')).toBe(address);
  expect(put.body).toEqual({
    ...whole,
    variantsFrom: null,
    effectiveFrom: '2030-01-01T00:00:00.250000Z',
    retiredAt: '2031-01-01T00:00:00Z',
    key: 'boot',
    incidents: [],
    proofs: [],
    proposal: null,
    revision: 1,
    createdAt: put.body.updatedAt,
    updatedAt: expect.any(String),
  });
  expect((await engineer.get(address)).body).toEqual(put.body);
});

test('200 for a body that changes nothing, however its instants are written: no revision', async () => {
  const engineer = await engineerWithSensor(await testService());
  const { body } = await engineer.put(address, whole);

  const put = await engineer.put(address, { ...whole, effectiveFrom: '2030-01-01T00:00:00.25Z' });
  expect(put).toMatchObject({ status: 200, body });
  expect(put.headers.get('etag')).toBe('"1"');
});

test('200 replaces the check, 428 without If-Match, 412 with a stale one', async () => {
  const engineer = await engineerWithSensor(await testService());
  await engineer.put(address, aCheck);

  const advisory = { ...aCheck, enforcement: 'advisory' };
  expect(await engineer.put(address, advisory)).toMatchObject({ status: 428 });
  const put = await engineer.put(address, advisory, revision1);
  expect(put).toMatchObject({ status: 200, body: { enforcement: 'advisory', revision: 2 } });
  expect(await engineer.put(address, aCheck, revision1)).toMatchObject({ status: 412 });
  expect((await engineer.get(address)).body).toEqual(put.body);
});

test.each([
  ['products', []],
  ['kinds', []],
  ['components', []],
  ['rings', []],
  ['platforms', []],
  ['paths', []],
  ['versions', ''],
])('400 for an empty %s facet, which would match nothing', async (facet, empty) => {
  const engineer = await (await testService()).as('engineer');

  const put = await engineer.put(address, { ...aCheck, appliesTo: { [facet]: empty } });
  expect(put.status).toBe(400);
  expect(put.body.errors).toContainEqual({
    pointer: `/appliesTo/${facet}`,
    detail: expect.any(String),
  });
});

test('422 names every place that is wrong, and nothing is stored', async () => {
  const engineer = await engineerWithSensor(await testService());

  const put = await engineer.put(address, {
    ...aCheck,
    appliesTo: { products: ['sensor'], components: ['driver', 'drivr'], versions: 'vers:semver/*' },
    variants: [{ os: 'windows-10' }, { os: 'windows-10' }],
    minimum: { machines: 1, hours: 1 },
    retiredAt: '2024-07-19T04:09:00Z',
  });
  expect(put.status).toBe(422);
  expect(put.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/minimum',
    '/variants/1',
    '/appliesTo/components/1',
    '/appliesTo/versions',
    '/retiredAt',
  ]);
  expect(await engineer.get(address)).toMatchObject({ status: 404 });
});

test('a check is not retired back in time', async () => {
  const engineer = await (await testService()).as('engineer');
  await engineer.put(address, aCheck);

  const retired = { ...aCheck, retiredAt: '2024-07-19T04:09:00Z' };
  const put = await engineer.put(address, retired, revision1);
  expect(put).toMatchObject({ status: 422, body: { errors: [{ pointer: '/retiredAt' }] } });
});

test('a check whose retirement has passed can still be changed in other ways', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');
  await engineer.put(address, { ...aCheck, retiredAt: '2031-01-01T00:00:00Z' });
  const retiredAt = '2024-07-19T04:09:00Z';
  await sql`
    update regression_check set body = body || jsonb_build_object('retiredAt', ${retiredAt}::text)
  `.execute(service.database.db);

  const put = (said: object) => engineer.put(address, { ...aCheck, ...said }, revision1);
  expect(await put({ retiredAt })).toMatchObject({ status: 200, body: { revision: 1 } });
  expect(await put({ retiredAt: '2024-07-20T00:00:00Z' })).toMatchObject({ status: 422 });
  const title = 'Boots thrice';
  expect(await put({ retiredAt, title })).toMatchObject({
    status: 200,
    body: { retiredAt, title },
  });
});

test('a token bound to products puts checks for these alone', async () => {
  const service = await testService();
  const engineer = await engineerWithSensor(service);
  await engineer.put('/v1/products/agent', sensor);
  await engineer.put('/v1/checks/all', aCheck);
  const bound = await service.as('engineer', { products: ['sensor'] });
  const put = (key: string, appliesTo: object) =>
    bound.put(`/v1/checks/${key}`, { ...aCheck, appliesTo }, revision1);

  expect(await put('all', { products: ['sensor'] })).toMatchObject({ status: 403 });
  expect(await put('own', {})).toMatchObject({ status: 403 });
  const hidden = await put('own', { products: ['agent'] });
  const unknown = await put('own', { products: ['nothing'] });
  expect(hidden.status).toBe(422);
  expect(hidden.body.errors[0].detail.replaceAll('agent', 'nothing')).toBe(
    unknown.body.errors[0].detail,
  );
  const own = { ...aCheck, appliesTo: { products: ['sensor'] } };
  expect(await bound.put('/v1/checks/own', own)).toMatchObject({ status: 201 });
});

test('of several who create it at the same time one does, and the others get 428', async () => {
  const engineer = await (await testService()).as('engineer');

  const puts = await Promise.all(
    Array.from({ length: 6 }, (_, n) => engineer.put(address, { ...aCheck, title: `Boots ${n}` })),
  );
  expect(puts.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(428)]);
});
