/** Waivers that stand for every release of a product in a range of versions. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Client, type TestService, testService } from '../../support/service.ts';
import {
  done,
  incidentBehind,
  nothing,
  putCheck,
  putProduct,
  release,
  rowCounts,
  sensorRelease,
} from '../sensor.ts';
import { inDays } from './in-days.ts';

const waivers = `${release}/waivers`;
const versions = 'vers:intdot/>=2.0|<3.0';
const ranged = (more = {}) => ({
  check: 'boot',
  reason: 'The lab is down.',
  expiresAt: inDays(30),
  versions,
  ...more,
});

const gateOf = async (client: Client, version: string, product = 'sensor') => {
  const { body } = await client.get(`/v1/products/${product}/releases/${version}/gate`);
  const [answer] = body.answers;
  const notApplied = answer?.waiversNotApplied.map(({ why }: { why: string }) => why) ?? [];
  return { verdict: body.verdict, waiver: answer?.waiver?.id ?? null, notApplied };
};

/** sensor 1.9, 2.0, 2.5 and 3.0, and scanner 2.5, all of which lack the result for boot. */
async function releases(service: TestService): Promise<Client> {
  const engineer = await sensorRelease(service, { checks: { boot: { appliesTo: {} } } });
  await putProduct(engineer, 'scanner');
  for (const version of ['1.9', '2.5', '3.0']) {
    done(await engineer.put(`/v1/products/sensor/releases/${version}`, {}));
  }
  done(await engineer.put('/v1/products/scanner/releases/2.5', {}));
  return engineer;
}

describe.each(['sev3', 'sev4', null])('over %s', (severity) => {
  test('it covers every release of its product in the range, and nothing else', async () => {
    const service = await testService();
    const engineer = await releases(service);
    if (severity !== null) await incidentBehind(engineer, 'boot', severity);
    // Asked before, so that nothing remembered may stand for an answer later.
    expect((await gateOf(engineer, '2.5')).verdict).toBe('pending');

    const approver = await service.as('approver');
    const { status, body } = await approver.post(waivers, ranged());
    expect(status).toBe(201);
    expect(body).toMatchObject({ version: '2.0', versions, status: 'active' });
    const covered = { verdict: 'passed_with_waivers', waiver: body.id };
    expect(await gateOf(engineer, '2.0')).toMatchObject(covered);
    expect(await gateOf(engineer, '2.5')).toMatchObject(covered);
    for (const [version, product] of [['1.9'], ['3.0'], ['2.5', 'scanner']] as const) {
      const gate = await gateOf(engineer, version, product);
      expect(gate).toEqual({ verdict: 'pending', waiver: null, notApplied: [] });
    }
  });
});

test('it covers a release that is registered after it was approved', async () => {
  const service = await testService();
  const engineer = await releases(service);
  done(await (await service.as('approver')).post(waivers, ranged()));
  done(await engineer.put('/v1/products/sensor/releases/2.7', {}));
  expect((await gateOf(engineer, '2.7')).verdict).toBe('passed_with_waivers');
});

test('approval, revocation and the request are in the next verdict of every release in the range, on every instance', async () => {
  const service = await testService();
  const other = await testService({ database: service.database });
  const engineer = await releases(service);
  const reader = await other.as('reader');
  expect((await gateOf(reader, '2.5')).verdict).toBe('pending');
  const { body } = done(await engineer.post(waivers, ranged()));
  expect((await gateOf(reader, '2.5')).notApplied).toEqual(['It is not approved yet.']);
  done(await (await service.as('approver')).post(`/v1/waivers/${body.id}/approval`));
  expect((await gateOf(reader, '2.5')).verdict).toBe('passed_with_waivers');
  done(await engineer.post(`/v1/waivers/${body.id}/revocation`, { reason: 'The lab is back.' }));
  expect((await gateOf(reader, '2.5')).verdict).toBe('pending');
});

test('what the gate said before it was approved, it still says of that instant', async () => {
  const service = await testService();
  const engineer = await releases(service);
  const address = '/v1/products/sensor/releases/2.5/gate';
  const { asOf } = (await engineer.get(address)).body;
  done(await (await service.as('approver')).post(waivers, ranged()));
  expect((await engineer.get(`${address}?asOf=${asOf}`)).body.verdict).toBe('pending');
});

test('a graver incident behind the check takes the range away from it at once, for every release', async () => {
  const service = await testService();
  const engineer = await releases(service);
  done(await (await service.as('approver')).post(waivers, ranged({ expiresAt: inDays(5) })));
  expect((await gateOf(engineer, '2.5')).verdict).toBe('passed_with_waivers');
  const grave = await incidentBehind(engineer, 'boot', 'sev2');
  for (const version of ['2.0', '2.5']) {
    const { verdict, notApplied } = await gateOf(engineer, version);
    expect(verdict).toBe('pending');
    expect(notApplied[0]).toContain(`${grave} (sev2) does not allow`);
  }
});

test('409 to approve one over which a grave incident was logged since it was asked for', async () => {
  const service = await testService();
  const engineer = await releases(service);
  const { body } = done(await engineer.post(waivers, ranged({ expiresAt: inDays(5) })));
  await incidentBehind(engineer, 'boot', 'sev1');
  const approver = await service.as('approver', { name: 'ada' });
  const refused = await approver.post(`/v1/waivers/${body.id}/approval`);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('range of versions is not allowed');
});

test('409 to approve one that runs longer than its product allows by now', async () => {
  const service = await testService();
  const engineer = await releases(service);
  const { body } = done(await engineer.post(waivers, ranged()));
  const waiverDaysMax = { sev4: 10 };
  const stricter = { name: 'sensor', versionScheme: 'intdot', rings: ['canary', 'general'] };
  const put = { ...stricter, waiverDaysMax };
  done(await engineer.put('/v1/products/sensor', put, { 'If-Match': '"1"' }));
  const refused = await (await service.as('approver')).post(`/v1/waivers/${body.id}/approval`);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('10 days');
});

test('an active waiver that runs longer than its product allows by now covers nothing', async () => {
  const service = await testService();
  const engineer = await releases(service);
  done(await (await service.as('approver')).post(waivers, ranged()));
  const stricter = { name: 'sensor', versionScheme: 'intdot', rings: ['canary', 'general'] };
  const put = { ...stricter, waiverDaysMax: { sev4: 10 } };
  done(await engineer.put('/v1/products/sensor', put, { 'If-Match': '"1"' }));
  const { verdict, notApplied } = await gateOf(engineer, '2.5');
  expect(verdict).toBe('pending');
  expect(notApplied[0]).toContain('longer than the 10 days');
});

test('a version is listed with the waivers of ranges that it lies in, to the exact bound', async () => {
  const service = await testService();
  const engineer = await releases(service);
  const { body } = done(await engineer.post(waivers, ranged()));
  const listed = async (version: string) =>
    (await engineer.get(`/v1/waivers?product=sensor&version=${version}`)).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect(await listed('2.0')).toEqual([body.id]);
  expect(await listed('2.5')).toEqual([body.id]);
  expect(await listed('3.0')).toEqual([]);
});

test.each(['sev1', 'sev2'])('422 for a range over %s, with nothing stored', async (severity) => {
  const service = await testService();
  const engineer = await releases(service);
  await incidentBehind(engineer, 'boot', severity);
  const { status, body } = await engineer.post(waivers, ranged({ expiresAt: inDays(5) }));
  expect(status).toBe(422);
  expect(body.errors).toEqual([
    { pointer: '/versions', detail: expect.stringContaining('Ask for this release alone.') },
  ]);
  expect(await rowCounts(service)).toEqual(nothing);
});

test.each([
  ['vers:intdot/>=2.0|<', 'position'],
  ['vers:semver/>=2.0.0', 'vers:intdot/'],
  ['vers:intdot/>=2.1|<3.0', 'does not contain 2.0'],
])('422 for the range %s, with nothing stored', async (versions, said) => {
  const service = await testService();
  const engineer = await releases(service);
  const { status, body } = await engineer.post(waivers, ranged({ versions }));
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ pointer: '/versions', detail: expect.stringContaining(said) }]);
  expect(await rowCounts(service)).toEqual(nothing);
});

test('shipping is exact against a revocation at the same time: one comes before the other', async () => {
  const service = await testService();
  const engineer = await releases(service);
  const approver = await service.as('approver');
  for (const version of ['2.10', '2.11', '2.12', '2.13']) {
    const address = `/v1/products/sensor/releases/${version}`;
    done(await engineer.put(address, {}));
    const { body } = done(await approver.post(waivers, ranged()));
    const [shipment, revocation] = await Promise.all([
      engineer.post(`${address}/shipments`, { ring: 'general' }),
      approver.post(`/v1/waivers/${body.id}/revocation`, { reason: 'The lab is back.' }),
    ]);
    expect(revocation.status).toBe(200);
    expect([201, 409]).toContain(shipment.status);
    const { rows } = await sql<{ before: boolean }>`
      select shipment.recorded_at < ${revocation.body.revocation.at}::timestamptz as before
      from shipment join release on release.id = shipment.release_id
      where release.version = ${version}
    `.execute(service.database.db);
    expect(rows).toEqual(shipment.status === 201 ? [{ before: true }] : []);
  }
});

test('a check of another product that shares the version is not waived', async () => {
  const service = await testService();
  const engineer = await releases(service);
  await putCheck(engineer, 'scan', { appliesTo: { products: ['scanner'] } });
  const { status, body } = await engineer.post(waivers, ranged({ check: 'scan' }));
  expect([status, body.errors[0].pointer]).toEqual([422, '/check']);
});
