/** putCheck with dryRun: what a change would do, and nothing of it stays. */
import { expect, test } from 'vitest';
import { done, incidentBehind, putCheck, putProduct } from '../releases/sensor.ts';
import { type Client, type TestService, testService } from '../support/service.ts';

const address = '/v1/checks/boot';
const dry = `${address}?dryRun=true`;
const check = {
  title: 'The check boot',
  purpose: 'It must not happen again.',
  kind: 'automated',
  enforcement: 'required',
  appliesTo: { products: ['sensor'] },
  owner: 'quality',
};
const advisory = { ...check, enforcement: 'advisory' };

async function rowsOf({ database }: TestService) {
  const tables = ['regression_check', 'regression_check_revision', 'check_proposal', 'audit_entry'];
  const texts = [];
  for (const table of tables) {
    const { rows } = await database.pool.query(`select t::text as text from ${table} as t`);
    texts.push(...rows.map(({ text }) => text).sort());
  }
  return texts;
}

/** Of sensor: 1.0 shipped to general, 2.0 in canary, 3.0 nowhere and failed. scanner 1.0 lacks nothing. */
async function candidates(): Promise<{ service: TestService; engineer: Client }> {
  const service = await testService();
  const engineer = await service.as('engineer');
  for (const key of ['sensor', 'scanner']) await putProduct(engineer, key);
  const release = async (version: string, product = 'sensor') => {
    const address = `/v1/products/${product}/releases/${version}`;
    done(await engineer.put(address, {}));
    return address;
  };
  const one = await release('1.0');
  for (const ring of ['canary', 'general']) {
    done(await engineer.post(`${one}/shipments`, { ring }));
  }
  const two = await release('2.0');
  done(await engineer.post(`${two}/shipments`, { ring: 'canary' }));
  await release('1.0', 'scanner');
  await putCheck(engineer, 'boot', {});
  const three = await release('3.0');
  const results = [{ check: 'boot', outcome: 'failed' }];
  done(await engineer.post(`${three}/results`, { results }));
  return { service, engineer };
}

test('200 says which candidates would change their verdict, ring by ring, and stores nothing', async () => {
  const { service, engineer } = await candidates();
  const before = await rowsOf(service);
  const { status, headers, body } = await engineer.put(dry, advisory);
  expect(status).toBe(200);
  expect(headers.get('etag')).toBeNull();
  expect(body).toEqual({
    dryRun: true,
    changes: [{ pointer: '/enforcement', before: 'required', after: 'advisory' }],
    weaker: [{ pointer: '/enforcement', detail: 'It would be advisory only.' }],
    secondPerson: false,
    judged: 2,
    complete: true,
    verdicts: [
      {
        product: 'sensor',
        version: '3.0',
        ring: 'canary',
        before: 'blocked',
        after: 'not_applicable',
      },
      {
        product: 'sensor',
        version: '3.0',
        ring: 'general',
        before: 'blocked',
        after: 'not_applicable',
      },
      {
        product: 'sensor',
        version: '2.0',
        ring: 'general',
        before: 'pending',
        after: 'not_applicable',
      },
    ],
  });
  expect(await rowsOf(service)).toEqual(before);
  const gate = await engineer.get('/v1/products/sensor/releases/3.0/gate');
  expect(gate.body.verdict).toBe('blocked');
});

test('what it says comes true with the put', async () => {
  const { engineer } = await candidates();
  const changed = { ...check, appliesTo: { products: ['sensor', 'scanner'], rings: ['general'] } };
  const { body } = await engineer.put(dry, changed);
  expect(body.verdicts).toMatchObject([
    { product: 'sensor', version: '3.0', ring: 'canary', after: 'not_applicable' },
    { product: 'scanner', version: '1.0', ring: 'general', before: 'not_applicable' },
  ]);
  done(await engineer.put(address, changed, { 'If-Match': '"1"' }));
  for (const { product, version, ring, after } of body.verdicts) {
    const gate = await engineer.get(
      `/v1/products/${product}/releases/${version}/gate?ring=${ring}`,
    );
    expect(gate.body.verdict).toBe(after);
  }
});

test('a check that does not exist yet can be tried, and is not there afterwards', async () => {
  const { service, engineer } = await candidates();
  const before = await rowsOf(service);
  const { body } = await engineer.put('/v1/checks/soak?dryRun=true', check);
  expect(body).toMatchObject({ changes: [{ pointer: '' }], weaker: [], judged: 2 });
  expect(body.verdicts).toEqual([]);
  const scan = { ...check, appliesTo: { products: ['scanner'] } };
  const scanned = await engineer.put('/v1/checks/scan?dryRun=true', scan);
  expect(scanned.body.verdicts).toMatchObject([
    { product: 'scanner', ring: 'canary', before: 'not_applicable', after: 'pending' },
    { product: 'scanner', ring: 'general', before: 'not_applicable', after: 'pending' },
  ]);
  expect((await engineer.get('/v1/checks/soak')).status).toBe(404);
  expect(await rowsOf(service)).toEqual(before);
});

test('results that the check has from before count when it applies again', async () => {
  const { engineer } = await candidates();
  const away = { ...check, appliesTo: { products: ['scanner'] } };
  done(await engineer.put(address, away, { 'If-Match': '"1"' }));
  const { body } = await engineer.put(dry, check);
  expect(body.verdicts).toContainEqual({
    product: 'sensor',
    version: '3.0',
    ring: 'general',
    before: 'not_applicable',
    after: 'blocked',
  });
});

test('it says whether the change would wait for a second person, and asks for no reason', async () => {
  const { engineer } = await candidates();
  await incidentBehind(engineer, 'boot', 'sev2');
  expect((await engineer.put(dry, advisory)).body.secondPerson).toBe(true);
  const stronger = { ...check, minCases: 2 };
  expect((await engineer.put(dry, stronger)).body).toMatchObject({
    secondPerson: false,
    verdicts: [],
  });
  expect((await engineer.put(dry, check)).body).toMatchObject({ changes: [], verdicts: [] });
});

test('422 for what could not be put, 412 for a stale If-Match, 403 out of reach', async () => {
  const { service, engineer } = await candidates();
  const unknown = { ...check, appliesTo: { products: ['nothing'] } };
  expect((await engineer.put(dry, unknown)).status).toBe(422);
  expect((await engineer.put(dry, advisory, { 'If-Match': '"7"' })).status).toBe(412);
  const bound = await service.as('engineer', { products: ['scanner'] });
  expect((await bound.put(dry, advisory)).status).toBe(403);
  expect((await (await service.as('reader')).put(dry, advisory)).status).toBe(403);
});

test('a token bound to products is told of their candidates alone', async () => {
  const { service, engineer } = await candidates();
  const all = { ...check, appliesTo: {} };
  done(await engineer.put(address, all, { 'If-Match': '"1"' }));
  const bound = await service.as('engineer', { products: ['scanner'] });
  const own = { ...check, appliesTo: { products: ['scanner'] } };
  const { body } = await bound.put('/v1/checks/own?dryRun=true', own);
  expect(body).toMatchObject({ judged: 1, verdicts: [] });
});

test('of many candidates the newest hundred are judged, and the answer says that there are more', async () => {
  const { service, engineer } = await candidates();
  await service.database.pool.query(`
    insert into release (product_id, version, canonical_version, point, revision, body,
      registered_at, updated_at, last_fact_at)
    select product_id, '4.' || n, '4.' || n, point, 1, body, clock_timestamp(), clock_timestamp(), clock_timestamp()
    from release cross join generate_series(1, 110) as n where version = '3.0'`);
  await service.database.pool.query(`
    insert into release_revision (owner_id, revision, body, written_by, known_from)
    select id, 1, body, 'test', registered_at from release where version like '4.%'`);
  const { body } = await engineer.put(dry, advisory);
  expect(body).toMatchObject({ judged: 100, complete: false });
  expect(body.verdicts).toHaveLength(200);
});

test('while changes are tried, others change checks, incidents and releases as ever', async () => {
  const { engineer } = await candidates();
  const other = { ...check, title: 'Another' };
  const tried = Array.from({ length: 4 }, () => engineer.put(dry, advisory));
  const changed = [
    engineer.put('/v1/checks/other', other),
    engineer.put(address, { ...check, minCases: 2 }, { 'If-Match': '"1"' }),
    engineer.post('/v1/incidents', { title: 'Hosts stop', severity: 'sev1' }),
    engineer.post('/v1/products/scanner/releases/1.0/shipments', { ring: 'canary' }),
  ];
  const statuses = async (replies: Promise<{ status: number }>[]) =>
    (await Promise.all(replies)).map(({ status }) => status);
  expect(await statuses(tried)).toEqual([200, 200, 200, 200]);
  expect(await statuses(changed)).toEqual([201, 200, 201, 201]);
  expect((await engineer.get(address)).body).toMatchObject({
    enforcement: 'required',
    revision: 2,
  });
});
