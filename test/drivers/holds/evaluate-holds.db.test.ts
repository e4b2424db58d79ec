/** evaluateHolds: which machines a rollout must keep a release from, with evidence, for who asks. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../support/service.ts';
import { bad, beside, good, type HoldScene, holdScene, involved, sha256 } from './hold-scene.ts';

let scene: HoldScene;
let key: string;
beforeEach(async () => {
  scene = await holdScene();
  key = await scene.log(beside);
});

const machine = { product: 'sensor-content', version: '7.1' };
const ask = async (who: Client, ...machines: object[]) => {
  const named = machines.map((each, index) => ({ id: `host-${index}`, ...machine, ...each }));
  const reply = await who.post('/v1/holds/evaluation', { machines: named });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body;
};
const verdicts = async (who: Client, ...machines: object[]) =>
  (await ask(who, ...machines)).machines.map(({ verdict }: { verdict: string }) => verdict);

test('each machine is answered for itself, with the hold, the driver and what is missing', async () => {
  const id = await scene.hold(key);
  const { signer: _, ...unsigned } = bad;
  const body = await ask(
    scene.ann,
    { drivers: [bad] },
    { drivers: [good] },
    {},
    { drivers: [unsigned] },
    { drivers: [{ fileName: 'AudioBus.sys' }] },
    { version: '8.1', drivers: [bad] },
    { product: 'sensor', version: '1' },
  );
  expect(body.counts).toEqual({ hold: 2, unknown: 2, proceed: 3 });
  expect(body.machines).toMatchObject([
    {
      id: 'host-0',
      verdict: 'hold',
      holds: [
        {
          hold: id,
          incident: key,
          verdict: 'hold',
          title: expect.stringContaining('Audio bus'),
          evidence: expect.stringContaining('10.29.0.5152 lies in'),
          missing: [],
          reportUrl: null,
        },
      ],
    },
    { verdict: 'proceed', holds: [{ evidence: expect.stringContaining('10.31 lies outside') }] },
    { verdict: 'unknown', holds: [{ missing: [{ field: 'drivers' }] }] },
    // Probably the one: to hold a machine too many does less harm than one too few.
    { verdict: 'hold', holds: [{ evidence: expect.stringContaining('not said who signed') }] },
    {
      verdict: 'unknown',
      holds: [{ missing: [{ field: 'fileVersion', command: expect.any(String) }, {}] }],
    },
    { verdict: 'proceed', holds: [] },
    { verdict: 'proceed', holds: [] },
  ]);
});

test('inventories are read as they come, and what could not be read keeps a machine from proceeding', async () => {
  await scene.hold(key);
  const printed = '"FileName","FileVersion","Signer"\r\n';
  const bodies = await ask(
    scene.ann,
    { inventory: `${printed}"AudioBus.sys","10.29.0.5152","Example Audio Inc"` },
    { inventory: `${printed}"Other.sys","1.0","Other"` },
    { inventory: `${printed}"Other.sys","1.0","Other"\r\n"Audio` },
  );
  expect(bodies.machines).toMatchObject([
    { verdict: 'hold', unreadableTotal: 0 },
    { verdict: 'proceed', unreadableTotal: 0 },
    { verdict: 'unknown', unreadable: [{ line: 3 }] },
  ]);
});

test('a version that cannot be read is unknown, unless the machine is not concerned anyway', async () => {
  await scene.hold(key);
  const odd = { version: 'seven' };
  const machines = [[bad], [{ fileName: 'other.sys' }], []].map((drivers) => ({ ...odd, drivers }));
  expect(await verdicts(scene.ann, ...machines)).toEqual(['unknown', 'proceed', 'unknown']);
});

test('only active holds hold: one that is proposed, released, or of a withdrawn incident does not', async () => {
  const id = await scene.propose(key);
  const held = () => verdicts(scene.ann, { drivers: [bad] });
  expect(await held()).toEqual(['proceed']);
  await scene.activate(id);
  expect(await held()).toEqual(['hold']);
  await scene.ben.post(`/v1/holds/${id}/release`, { reason: 'R', pastConditionReason: 'R' });
  expect(await held()).toEqual(['proceed']);
  await scene.hold(key);
  expect(await held()).toEqual(['hold']);
  await scene.publish(key);
  await scene.move(scene.ann, key, 'withdrawn', 'Wrong.');
  expect(await held()).toEqual(['proceed']);
});

test('an override lets machines past that say they are in its ring, and nobody else', async () => {
  const id = await scene.hold(key);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await scene.ann.post(`/v1/holds/${id}/overrides`, { rings: ['general'], reason: 'R', expiresAt });
  const body = await ask(scene.ann, { drivers: [bad], ring: 'general' }, { drivers: [bad] });
  expect(body.machines).toMatchObject([
    { verdict: 'proceed', holds: [{ hold: id, evidence: expect.stringContaining('override') }] },
    { verdict: 'hold' },
  ]);
});

describe('who asks', () => {
  test('only who reads all of a hold is told that an override lets a machine past it', async () => {
    const id = await scene.hold(key);
    await scene.publish(key);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const override = { rings: ['general'], reason: 'R', expiresAt };
    await scene.ann.post(`/v1/holds/${id}/overrides`, override);
    const evidence = async (who: Client) => {
      const { machines } = await ask(who, { drivers: [bad], ring: 'general' });
      expect(machines[0].verdict).toBe('proceed');
      return machines[0].holds[0].evidence;
    };
    expect(await evidence(scene.ann)).toContain('override');
    const others = [
      scene.service.anonymous,
      await scene.service.as('pipeline'),
      await scene.service.as('reader', { products: ['sensor'] }),
    ];
    for (const who of others) expect(await evidence(who)).toBe('This hold does not apply here.');
  });

  test('everybody is answered from public holds of published incidents', async () => {
    await scene.publish(key);
    const id = await scene.propose(key);
    await scene.activate(id);
    const anonymous = scene.service.anonymous;
    expect(await verdicts(anonymous, { drivers: [bad] })).toEqual(['proceed']);
    await scene.ben.post(`/v1/holds/${id}/release`, { reason: 'R', pastConditionReason: 'R' });
    await scene.hold(key);
    const body = await ask(anonymous, { drivers: [bad] });
    expect(body.machines).toMatchObject([
      { verdict: 'hold', holds: [{ reportUrl: expect.stringContaining(key) }] },
    ]);
  });

  test('a pipeline is answered from internal holds, and not told their sentence', async () => {
    await scene.hold(key);
    const pipeline = await scene.service.as('pipeline', { products: ['sensor-content'] });
    const body = await ask(pipeline, { drivers: [bad] });
    expect(body.machines).toMatchObject([
      { verdict: 'hold', holds: [{ incident: key, title: null }] },
    ]);
  });

  test('a token that is bound to other products is answered as everybody is', async () => {
    await scene.publish(key);
    await scene.activate(await scene.propose(key));
    const bound = await scene.service.as('reader', { products: ['sensor'] });
    expect(await verdicts(bound, { drivers: [bad] })).toEqual(['proceed']);
  });

  test('a driver that is told to nobody is confirmed to who hands in its hash, and unknown to the others', async () => {
    await scene.edit(scene.ann, key, { drivers: [{ ...involved, visibility: 'on_match' }] });
    await scene.hold(key);
    await scene.publish(key);
    const body = await ask(
      scene.service.anonymous,
      { drivers: [bad] },
      { drivers: [{ ...bad, sha256 }] },
      { drivers: [{ fileName: 'Other.sys', sha256: 'cd'.repeat(32) }] },
    );
    expect(body.machines).toMatchObject([
      { verdict: 'unknown' },
      { verdict: 'hold' },
      { verdict: 'proceed' },
    ]);
    expect(JSON.stringify(body.machines[0].holds).toLowerCase()).not.toContain('audio');
  });

  test('the revision moves with what the caller may know, and with nothing else', async () => {
    const revision = async (who: Client) => (await ask(who, {})).catalogueRevision;
    const anonymous = scene.service.anonymous;
    await scene.publish(key);
    const first = [await revision(anonymous), await revision(scene.ann)];
    const id = await scene.propose(key);
    await scene.activate(id);
    expect(await revision(anonymous)).toBe(first[0]);
    expect(await revision(scene.ann)).not.toBe(first[1]);
    await scene.ben.post(`/v1/holds/${id}/release`, { reason: 'R', pastConditionReason: 'R' });
    await scene.hold(key);
    expect(await revision(anonymous)).not.toBe(first[0]);
  });
});

test('nothing that is handed in is kept in any table', async () => {
  await scene.hold(key);
  const marker = 'Unmistakable-4711';
  await ask(scene.ann, {
    id: marker,
    drivers: [{ fileName: `${marker}.sys` }],
    inventory: `"FileName"\n"${marker}.sys"`,
  });
  const { db } = scene.service.database;
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I', table_name) as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(db);
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const { rows } =
      await sql`select 1 from ${sql.raw(name)} as row where strpos(row::text, ${marker}) > 0`.execute(
        db,
      );
    expect(rows, name).toEqual([]);
  }
});

describe('4xx', () => {
  const post = (body: object) => scene.service.anonymous.post('/v1/holds/evaluation', body);

  test.each<[string, object]>([
    ['no machine', { machines: [] }],
    ['a machine without an id', { machines: [machine] }],
    ['an unknown field', { machines: [{ id: 'm', ...machine, driver: [] }] }],
    [
      'more machines than are answered at once',
      { machines: Array.from({ length: 1001 }, (_, n) => ({ id: `m${n}`, ...machine })) },
    ],
  ])('400 for %s', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400 });
  });

  test('422 for a product that is not there, or not for this caller, and for a ring that it does not have', async () => {
    const asked = async (who: Client, ...machines: object[]) => {
      const named = machines.map((each, index) => ({ id: `${index}`, ...machine, ...each }));
      const { status, body } = await who.post('/v1/holds/evaluation', { machines: named });
      return [status, ...(body.errors ?? []).map((each: { pointer: string }) => each.pointer)];
    };
    const mistaken = [{}, { product: 'sensor-contents' }, { ring: 'typo' }];
    expect(await asked(scene.ann, ...mistaken)).toEqual([
      ...[422, '/machines/1/product', '/machines/2/ring'],
    ]);
    const { anonymous } = scene.service;
    const bound = await scene.service.as('pipeline', { products: ['sensor'] });
    for (const who of [anonymous, bound]) {
      expect(await asked(who, {})).toEqual([422, '/machines/0/product']);
    }
    await scene.publish(key);
    for (const who of [anonymous, bound]) expect(await asked(who, {})).toEqual([200]);
    const { body } = await anonymous.post('/v1/holds/evaluation', {
      machines: [{ id: 'm', ...machine, product: 'sensor-contents' }],
    });
    expect(body.errors[0].detail).toContain("Did you mean 'sensor-content'?");
  });

  test('422 for an id that comes twice, a period that ends before it begins, and an inventory longer than any machine prints', async () => {
    await scene.publish(key);
    const twice = { id: 'm', ...machine };
    const onlineBetween = [{ from: '2024-07-19T05:00:00Z', until: '2024-07-19T04:00:00Z' }];
    expect(await post({ machines: [{ ...twice, onlineBetween }] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/machines/0/onlineBetween/0/until' }] },
    });
    expect(await post({ machines: [twice, twice] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/machines/1/id' }] },
    });
    const inventory = '\n'.repeat(600_000);
    expect(await post({ machines: [{ ...twice, inventory }] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/machines/0/inventory' }] },
    });
  });
});
