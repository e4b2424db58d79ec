/** putProduct: creating a product, and replacing it without taking away what others rest on. */
import { expect, test } from 'vitest';
import { type Client, type TestService, testService } from '../support/service.ts';

const address = '/v1/products/sensor';

const sensor = {
  name: 'Sensor',
  versionScheme: 'intdot',
  components: ['driver', 'updater'],
  rings: ['internal', 'general'],
  platforms: ['windows', 'linux'],
} as const;

const check = {
  title: 'Boots twice',
  purpose: 'A host starts twice after the update.',
  kind: 'automated',
  enforcement: 'required',
  owner: 'release-engineering',
};

async function engineerWithSensor(service: TestService): Promise<Client> {
  const engineer = await service.as('engineer');
  expect(await engineer.put(address, sensor)).toMatchObject({ status: 201 });
  return engineer;
}

async function auditedOperations(service: TestService): Promise<string[]> {
  const { body } = await (await service.as('admin')).get('/v1/audit');
  return body.items.map(({ operation }: { operation: string }) => operation);
}

const revision1 = { 'If-Match': '"1"' };

test('201 creates the product whole, with its address and its first revision', async () => {
  const service = await testService();
  const engineer = await service.as('engineer');

  const put = await engineer.put(address, {
    name: 'Sensor',
    versionScheme: 'semver',
    rings: ['general'],
  });
  expect(put.status).toBe(201);
  expect(put.headers.get('etag')).toBe('"1"');
  expect(put.headers.get('location')).toBe(address);
  expect(put.body).toEqual({
    key: 'sensor',
    name: 'Sensor',
    versionScheme: 'semver',
    components: [],
    rings: ['general'],
    platforms: [],
    waiverDaysMax: {},
    revision: 1,
    createdAt: put.body.updatedAt,
    updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect((await engineer.get(address)).body).toEqual(put.body);
});

test('200 for a body that changes nothing: no revision, no audit row, whatever If-Match says', async () => {
  const service = await testService();
  const engineer = await engineerWithSensor(service);
  const before = await engineer.get(address);

  for (const headers of [{}, revision1, { 'If-Match': '"7"' }, { 'If-Match': '*' }]) {
    const put = await engineer.put(address, { ...sensor, waiverDaysMax: {} }, headers);
    expect(put.status).toBe(200);
    expect(put.headers.get('etag')).toBe('"1"');
    expect(put.body).toEqual(before.body);
  }
  expect(await auditedOperations(service)).toEqual(['putProduct']);
});

test.each([
  ['its ETag', '"1"'],
  ['one of several ETags', '"0", "1"'],
  ['any revision', '*'],
])('200 replaces the product as a new revision where If-Match names %s', async (_, ifMatch) => {
  const service = await testService();
  const engineer = await engineerWithSensor(service);
  const waiverDaysMax = { sev1: 0, sev2: 14 };

  const put = await engineer.put(address, { ...sensor, waiverDaysMax }, { 'If-Match': ifMatch });
  expect(put.status).toBe(200);
  expect(put.headers.get('etag')).toBe('"2"');
  expect(put.body).toMatchObject({ ...sensor, waiverDaysMax, revision: 2 });
  expect(put.body.updatedAt > put.body.createdAt).toBe(true);
  expect((await engineer.get(address)).body).toEqual(put.body);
});

test('428 for a change without If-Match, which says what to send; nothing changes', async () => {
  const service = await testService();
  const engineer = await engineerWithSensor(service);

  const put = await engineer.put(address, { ...sensor, name: 'Other' });
  expect(put.status).toBe(428);
  expect(put.body.detail).toContain('If-Match');
  expect((await engineer.get(address)).body).toMatchObject({ name: 'Sensor', revision: 1 });
  expect(await auditedOperations(service)).toEqual(['putProduct']);
});

test.each(['"2"', 'W/"1"', '1'])('412 for a change that rests on %s, not on "1"', async (tag) => {
  const engineer = await engineerWithSensor(await testService());

  const put = await engineer.put(address, { ...sensor, name: 'Other' }, { 'If-Match': tag });
  expect(put.status).toBe(412);
  expect((await engineer.get(address)).body).toMatchObject({ name: 'Sensor', revision: 1 });
});

test.each(['"1"', '*'])('412 with If-Match %s where there is no such product', async (tag) => {
  const engineer = await (await testService()).as('engineer');

  expect(await engineer.put(address, sensor, { 'If-Match': tag })).toMatchObject({ status: 412 });
  expect(await engineer.get(address)).toMatchObject({ status: 404 });
});

test('rings can be put in another order, and names that nobody uses can go', async () => {
  const engineer = await engineerWithSensor(await testService());

  const rings = ['general', 'internal'];
  const smaller = { ...sensor, components: ['updater'], platforms: [], rings };
  const put = await engineer.put(address, smaller, revision1);
  expect(put).toMatchObject({ status: 200, body: smaller });
});

test('422: the version scheme never changes', async () => {
  const engineer = await engineerWithSensor(await testService());

  const put = await engineer.put(address, { ...sensor, versionScheme: 'semver' }, revision1);
  expect(put.status).toBe(422);
  expect(put.body.errors).toMatchObject([{ pointer: '/versionScheme' }]);
});

test.each([
  ['a check of this product', { products: ['sensor'] }],
  ['a check of every product', {}],
])('422: a name can not be taken away while %s names it', async (_, products) => {
  const engineer = await engineerWithSensor(await testService());
  const appliesTo = {
    ...products,
    components: ['driver'],
    rings: ['internal'],
    platforms: ['linux'],
  };
  expect(await engineer.put('/v1/checks/boot', { ...check, appliesTo })).toMatchObject({
    status: 201,
  });

  const smaller = { ...sensor, components: [], rings: ['general'], platforms: ['windows'] };
  const put = await engineer.put(address, smaller, revision1);
  expect(put.status).toBe(422);
  expect(put.body.errors).toEqual([
    {
      pointer: '/components',
      detail: "'driver' can't be taken away while the check boot names it.",
    },
    { pointer: '/rings', detail: "'internal' can't be taken away while the check boot names it." },
    { pointer: '/platforms', detail: "'linux' can't be taken away while the check boot names it." },
  ]);
});

test('422: a name can not be taken away while a release names it, or entered the ring', async () => {
  const engineer = await engineerWithSensor(await testService());
  const facts = { components: ['driver'], platforms: ['linux'] };
  await engineer.put(`${address}/releases/1.2`, facts);
  const shipment = { ring: 'internal', shippedAt: '2024-07-19T04:09:00Z' };
  expect(await engineer.post(`${address}/releases/1.2/shipments`, shipment)).toMatchObject({
    status: 201,
  });

  const smaller = { ...sensor, components: [], rings: ['general'], platforms: ['windows'] };
  const put = await engineer.put(address, smaller, revision1);
  expect(put.status).toBe(422);
  expect(put.body.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
    "'driver' can't be taken away while the release 1.2 names it.",
    "'internal' can't be taken away while the release 1.2 names it.",
    "'linux' can't be taken away while the release 1.2 names it.",
  ]);
});

test('a name that a check owes to another product is not asked of this one', async () => {
  const engineer = await engineerWithSensor(await testService());
  await engineer.put('/v1/products/content', { ...sensor, components: ['templates'] });
  const appliesTo = { products: ['sensor', 'content'], components: ['templates', 'driver'] };
  expect(await engineer.put('/v1/checks/fields', { ...check, appliesTo })).toMatchObject({
    status: 201,
  });

  const put = await engineer.put(address, { ...sensor, components: ['driver'] }, revision1);
  expect(put).toMatchObject({ status: 200, body: { components: ['driver'] } });
});

test('403: a token bound to products puts these alone, and learns nothing of others', async () => {
  const service = await testService();
  await engineerWithSensor(service);
  const bound = await service.as('engineer', { products: ['content'] });

  const known = await bound.put(address, { ...sensor, name: 'Other' }, revision1);
  const unknown = await bound.put('/v1/products/nothing', sensor);
  expect(known.status).toBe(403);
  expect(unknown.status).toBe(403);
  expect(known.body.detail.replaceAll('sensor', 'nothing')).toBe(unknown.body.detail);
  expect(await bound.put('/v1/products/content', sensor)).toMatchObject({ status: 201 });
});

test('of several who create it at the same time one does, and the others get 428', async () => {
  const engineer = await (await testService()).as('engineer');

  const puts = await Promise.all(
    Array.from({ length: 8 }, (_, n) => engineer.put(address, { ...sensor, name: `Sensor ${n}` })),
  );
  expect(puts.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(428)]);
  const winner = puts.find(({ status }) => status === 201);
  expect((await engineer.get(address)).body).toEqual(winner?.body);
});

test('of several who create the same at the same time one does, and the others are told that it is there', async () => {
  const engineer = await (await testService()).as('engineer');

  const puts = await Promise.all(Array.from({ length: 8 }, () => engineer.put(address, sensor)));
  expect(puts.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201]);
});

test('of several who replace the same revision at the same time one does, and the others get 412', async () => {
  const service = await testService();
  const engineer = await engineerWithSensor(service);

  const puts = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      engineer.put(address, { ...sensor, name: `Sensor ${n}` }, revision1),
    ),
  );
  expect(puts.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
  expect((await engineer.get(address)).body.revision).toBe(2);
  expect(await auditedOperations(service)).toEqual(['putProduct', 'putProduct']);
});

test('no check ends up with a name that was taken away at the same time', async () => {
  const engineer = await (await testService()).as('engineer');

  for (let round = 1; round <= 5; round++) {
    const product = `/v1/products/sensor-${round}`;
    await engineer.put(product, sensor);
    const appliesTo = { products: [`sensor-${round}`], components: ['driver'] };
    const [named, taken] = await Promise.all([
      engineer.put(`/v1/checks/check-${round}`, { ...check, appliesTo }),
      engineer.put(product, { ...sensor, components: ['updater'] }, revision1),
    ]);
    expect([
      [201, 422],
      [422, 200],
    ]).toContainEqual([named.status, taken.status]);
  }
});
