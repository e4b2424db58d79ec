/** `gate.verdict_changed`: told once for each change, whatever caused it and whoever died meanwhile. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { tellVerdictChanges } from '../../src/webhooks/verdict-changes.ts';
import { openForTest, testDatabaseKind } from '../support/databases.ts';
import { check, expectCreated, incident, product, release, submit } from '../support/gate-scene.ts';
import { settings } from '../support/service.ts';
import { deliver, fails, look, webhookScene } from './webhook-scene.ts';

const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A product with one ring, so that one change is one event. */
const oneRing = { ...product, rings: ['general'] };

async function scene(told: object = {}) {
  const made = await webhookScene(told);
  const { engineer, service, receiver } = made;
  const ifMatch = { 'If-Match': '"1"' };
  await expectCreated(engineer.put('/v1/products/content', oneRing, ifMatch));
  return {
    ...made,
    /** Looks, delivers, and answers what was told so far. */
    async told() {
      await look(service.database);
      await deliver(service.database);
      return receiver.told();
    },
  };
}

test('an event says what changed and where to read more, each ring its own', async () => {
  const { engineer, service, receiver } = await webhookScene();
  await submit(engineer, 'failed');
  await look(service.database);
  await deliver(service.database);
  expect(receiver.received.map(({ event }) => event)).toEqual(
    ['internal', 'canary', 'general'].map((ring) => ({
      type: 'gate.verdict_changed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        product: 'content',
        version: '2.0',
        ring,
        previousVerdict: 'pending',
        verdict: 'blocked',
        mayShip: false,
        summary: 'Blocked: 1 of 1 requirement failed.',
        gateUrl: `${settings.publicUrl}/v1/products/content/releases/2.0/gate?ring=${ring}`,
      },
    })),
  );
});

test('many results make one event where they make one change, and none where they change nothing', async () => {
  const { engineer, told } = await scene();
  await submit(engineer, 'running', {});
  expect(await told()).toEqual([]);
  for (let run = 0; run < 5; run++) await submit(engineer, 'passed');
  expect(await told()).toEqual(['pending → passed']);
  for (let run = 0; run < 3; run++) {
    await submit(engineer, 'passed');
    await told();
  }
  expect(await told()).toEqual(['pending → passed']);
});

test('a release that is registered is told with its first verdict', async () => {
  const { engineer, told, receiver } = await scene();
  await expectCreated(engineer.put('/v1/products/content/releases/2.1', { kind: 'content' }));
  expect(await told()).toEqual(['nothing → pending']);
  expect(receiver.received[0]?.event.data.version).toBe('2.1');
});

test('a ring may be named as what every object has', async () => {
  const { engineer, told } = await scene();
  const rings = ['constructor', 'toString'];
  await expectCreated(engineer.put('/v1/products/other', { ...product, rings }));
  await expectCreated(engineer.put('/v1/products/other/releases/1.0', {}));
  expect(await told()).toEqual(['nothing → not_applicable', 'nothing → not_applicable']);
});

describe('whatever changes a verdict is told:', () => {
  test('a waiver that is approved, one that is revoked, and an incident', async () => {
    const { engineer, service, told } = await scene();
    const approver = await service.as('approver');
    const waiver = { check: 'boots-twice', reason: 'The lab is down.', expiresAt: later(86_400) };
    const { body } = await expectCreated(engineer.post(`${release}/waivers`, waiver));
    await expectCreated(approver.post(`/v1/waivers/${body.id}/approval`));
    expect(await told()).toEqual(['pending → passed_with_waivers']);
    const reason = { reason: 'It is back.' };
    await expectCreated(engineer.post(`/v1/waivers/${body.id}/revocation`, reason));
    expect((await told()).at(-1)).toBe('passed_with_waivers → pending');
    const affected = [{ product: 'content', versions: 'vers:intdot/>=1.0|<3.0', fixedIn: ['3.0'] }];
    await expectCreated(engineer.post('/v1/incidents', { ...incident, affected }));
    expect((await told()).at(-1)).toBe('pending → blocked');
  });

  test('a check that is new, one that is loosened, and the facts of a release', async () => {
    const { engineer, told } = await scene();
    await submit(engineer, 'passed');
    await told();
    const onlyCode = { ...check, appliesTo: { products: ['content'], kinds: ['code'] } };
    await expectCreated(engineer.put('/v1/checks/second', onlyCode));
    expect(await told()).toEqual(['pending → passed']);
    await expectCreated(engineer.put(release, { kind: 'code' }));
    expect((await told()).at(-1)).toBe('passed → pending');
    const advisory = { ...onlyCode, enforcement: 'advisory' };
    await expectCreated(engineer.put('/v1/checks/second', advisory, { 'If-Match': '"1"' }));
    expect((await told()).at(-1)).toBe('pending → passed');
  });

  test('time: a waiver that expires, a check that begins to apply', async () => {
    const { engineer, service, told } = await scene();
    const { db } = service.database;
    const approver = await service.as('approver');
    const waiver = { check: 'boots-twice', reason: 'The lab is down.', expiresAt: later(0.8) };
    const { body } = await expectCreated(engineer.post(`${release}/waivers`, waiver));
    await expectCreated(approver.post(`/v1/waivers/${body.id}/approval`));
    const soon = { ...check, effectiveFrom: later(0.8) };
    await expectCreated(engineer.put('/v1/checks/second', soon));
    expect(await told()).toEqual(['pending → passed_with_waivers']);
    await sql`select pg_sleep(0.9)`.execute(db);
    expect((await told()).at(-1)).toBe('passed_with_waivers → pending');
    await submit(engineer, 'passed');
    // The second check has come into force, and waits for a result of its own.
    expect(await told()).toHaveLength(2);
  });
});

test('a change is told whenever somebody looks again, also where whoever took the write died at once', async () => {
  const { engineer, service, receiver } = await scene();
  await submit(engineer, 'failed');
  // Nothing but the write itself has happened; another process looks.
  const { pool, db } = service.database;
  const url = pool.options.connectionString;
  const other = url === undefined ? { db } : await openForTest({ url });
  await look(other);
  await deliver(other);
  expect(receiver.told()).toEqual(['pending → blocked']);
});

test('an event is there with what was told, or neither is: a look that dies halfway is made again', async () => {
  const { engineer, service, told } = await scene();
  const { db } = service.database;
  await submit(engineer, 'failed');
  await sql`alter table watched_gate add constraint dies check (verdicts ->> 'general' <> 'blocked')`.execute(
    db,
  );
  try {
    await expect(look(service.database)).rejects.toThrow('judging release');
    expect(await db.selectFrom('webhook_event').select('id').execute()).toEqual([]);
  } finally {
    await sql`alter table watched_gate drop constraint dies`.execute(db);
  }
  expect(await told()).toEqual(['pending → blocked']);
});

test('a gate that cannot be judged does not stand in the way of the others', async () => {
  const { engineer, service, receiver } = await scene();
  const { db } = service.database;
  await expectCreated(engineer.put('/v1/products/content/releases/2.1', { kind: 'content' }));
  await submit(engineer, 'failed');
  const [broken] = await db
    .selectFrom('release')
    .select('id')
    .where('version', '=', '2.1')
    .execute();
  await sql`alter table watched_gate add constraint dies check (release_id <> ${sql.lit(broken?.id)} or judged_at is null)`.execute(
    db,
  );
  const failures: unknown[] = [];
  try {
    await tellVerdictChanges(db, { ...settings, onFailure: (error) => failures.push(error) });
  } finally {
    await sql`alter table watched_gate drop constraint dies`.execute(db);
  }
  await deliver(service.database);
  expect(receiver.told()).toEqual(['pending → blocked']);
  expect(failures).toHaveLength(1);
});

test('gates that cannot be judged do not stand in the way of the others, however many they are', async () => {
  const { engineer, service, receiver } = await scene();
  const { db, pool } = service.database;
  await submit(engineer, 'failed');
  // More than two pages of them, newer than all others, and without the revision that says what they are.
  await pool.query(`
    insert into release (product_id, version, canonical_version, point, revision, body,
      registered_at, updated_at, last_fact_at)
    select product_id, '4.' || n, '4.' || n, point, 1, body, clock_timestamp(), clock_timestamp(), clock_timestamp()
    from release cross join generate_series(1, 210) as n where version = '2.0'`);
  const failures: unknown[] = [];
  await tellVerdictChanges(db, { ...settings, onFailure: (error) => failures.push(error) });
  await deliver(service.database);
  expect(receiver.told()).toEqual(['pending → blocked']);
  expect(failures).toHaveLength(210);
});

test.skipIf(testDatabaseKind === 'pglite')('a gate that another is at is left to it', async () => {
  const { engineer, service, told } = await scene();
  const url = service.database.pool.options.connectionString ?? '';
  const other = await openForTest({ url });
  await submit(engineer, 'failed');
  await other.db.transaction().execute(async (change) => {
    await sql`select from watched_gate for update`.execute(change);
    expect(await told()).toEqual([]);
  });
  expect(await told()).toEqual(['pending → blocked']);
});

test('two instances that look at the same moment tell a change once', async () => {
  const { engineer, service, receiver } = await scene();
  const { pool, db } = service.database;
  const url = pool.options.connectionString;
  const other = url === undefined ? { db } : await openForTest({ url });
  for (const outcome of ['failed', 'passed', 'failed', 'passed']) {
    await submit(engineer, outcome);
    await Promise.all([look(service.database), look(other), look(service.database), look(other)]);
    await Promise.all([deliver(service.database), deliver(other)]);
  }
  expect(receiver.told()).toEqual([
    'pending → blocked',
    'blocked → passed',
    'passed → blocked',
    'blocked → passed',
  ]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(4);
});

test('what changed before there was a webhook is not told, and what changed since is, also where nobody had looked', async () => {
  const { engineer, admin, hook, service, receiver } = await scene();
  await admin.delete(hook);
  await submit(engineer, 'failed');
  await expectCreated(engineer.put('/v1/products/content/releases/2.1', { kind: 'content' }));
  await look(service.database);
  await expectCreated(admin.post('/v1/webhooks', { url: receiver.url }));
  await submit(engineer, 'passed');
  await look(service.database);
  await deliver(service.database);
  expect(receiver.told()).toEqual(['blocked → passed']);
});

test('a release that entered the last ring is watched no more; one ring before it still is', async () => {
  const { engineer, service, receiver } = await webhookScene();
  await submit(engineer, 'passed');
  await expectCreated(engineer.post(`${release}/shipments`, { ring: 'canary' }));
  await look(service.database);
  await deliver(service.database);
  expect(receiver.received.map(({ event }) => event.data.ring)).toEqual(['internal', 'general']);
  await expectCreated(engineer.post(`${release}/shipments`, { ring: 'general' }));
  await submit(engineer, 'failed');
  await look(service.database);
  expect(await deliver(service.database)).toBe(0);
});

test('a webhook is told of its products only', async () => {
  const { engineer, admin, hook, told } = await scene();
  await expectCreated(engineer.put('/v1/products/other', oneRing));
  await admin.patch(hook, { products: ['other'] });
  await submit(engineer, 'failed');
  expect(await told()).toEqual([]);
  await expectCreated(engineer.put('/v1/products/other/releases/1.0', {}));
  expect(await told()).toEqual(['nothing → not_applicable']);
});

test('without a webhook nobody looks at any gate', async () => {
  const { engineer, admin, hook, service } = await scene();
  await admin.delete(hook);
  await submit(engineer, 'failed');
  const { db } = service.database;
  const before = await db.selectFrom('watched_gate').select('judged_at').execute();
  await tellVerdictChanges(db, { ...settings, onFailure: fails });
  expect(await db.selectFrom('watched_gate').select('judged_at').execute()).toEqual(before);
});
