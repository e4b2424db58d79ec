/** `getGate?waitSeconds=`: answered the moment the verdict is one, whichever instance learns the reason. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { buildApp } from '../../src/server/app.ts';
import { makeToken } from '../access/make-token.ts';
import { emptyPlace, openForTest, testDatabase, testDatabaseKind } from '../support/databases.ts';
import { check, expectCreated, incident, product, release, submit } from '../support/gate-scene.ts';
import { type Client, type Reply, settings, testService } from '../support/service.ts';

const gate = `${release}/gate`;
const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** Two instances over one database. The embedded one belongs to one process, which then has both. */
async function twoInstances(database?: OpenDatabase) {
  const here = database ?? (await testDatabase());
  const url = here.pool.options.connectionString;
  const there = url === undefined ? here : await openForTest({ url });
  const one = await testService({ database: here });
  const other = await testService({ database: there });
  const engineer = await one.as('engineer');
  await expectCreated(engineer.put('/v1/products/content', product));
  await expectCreated(engineer.put('/v1/checks/boots-twice', check));
  await expectCreated(engineer.put(release, { kind: 'content' }));
  return { here, there, one, other, engineer, elsewhere: await other.as('engineer') };
}

/** The reply, once it comes, to a question that has begun to wait when this returns. */
async function begin(
  client: Client,
  { pool }: OpenDatabase,
  address = `${gate}?waitSeconds=50`,
): Promise<{ reply: Promise<Reply & { seconds: number }> }> {
  const begun = performance.now();
  const reply = client
    .get(address)
    .then((came) => ({ ...came, seconds: (performance.now() - begun) / 1000 }));
  await untilQuiet(pool);
  return { reply };
}

/** Until half a second has passed in which nothing was asked. */
async function untilQuiet(pool: OpenDatabase['pool']): Promise<void> {
  const asked = vi.spyOn(pool, 'connect');
  let before: number;
  do {
    before = asked.mock.calls.length;
    await pause(500);
  } while (asked.mock.calls.length > before);
  asked.mockRestore();
}

/** How many callers an instance keeps waiting. */
async function callersWaiting({
  app,
}: {
  app: { request: (path: string) => Response | Promise<Response> };
}) {
  const text = await (await app.request('/metrics')).text();
  return Number(/^holdfast_gate_callers_waiting (\d+)$/m.exec(text)?.[1]);
}

describe('200', () => {
  test.each<[string, string, (elsewhere: Client, approver: Client) => Promise<unknown>]>([
    ['a result', 'passed', (elsewhere) => submit(elsewhere, 'passed')],
    ['a failure', 'blocked', (elsewhere) => submit(elsewhere, 'failed')],
    [
      'an approved waiver',
      'passed_with_waivers',
      async (elsewhere, approver) => {
        const { body } = await expectCreated(
          elsewhere.post(`${release}/waivers`, {
            check: 'boots-twice',
            reason: 'The lab is down.',
            expiresAt: later(86_400),
          }),
        );
        await expectCreated(approver.post(`/v1/waivers/${body.id}/approval`));
      },
    ],
    [
      'an incident that it is the faulty release of',
      'blocked',
      (elsewhere) =>
        expectCreated(
          elsewhere.post('/v1/incidents', {
            ...incident,
            affected: [{ product: 'content', versions: 'vers:intdot/2.0' }],
          }),
        ),
    ],
    [
      'a check that binds it no longer',
      'not_applicable',
      async (elsewhere) => {
        const address = '/v1/checks/boots-twice';
        const etag = (await elsewhere.get(address)).headers.get('etag') ?? '';
        const narrower = { ...check, appliesTo: { products: ['content'], kinds: ['driver'] } };
        await expectCreated(elsewhere.put(address, narrower, { 'If-Match': etag }));
      },
    ],
  ])('%s that one instance is told of answers who waits at the other', async (_, verdict, tell) => {
    const { here, other, engineer, elsewhere } = await twoInstances();
    const { reply } = await begin(engineer, here);
    await tell(elsewhere, await other.as('approver'));
    const { status, body, seconds } = await reply;
    expect({ status, verdict: body.verdict }).toEqual({ status: 200, verdict });
    expect(seconds).toBeLessThan(20);
  });

  test('what is not pending is answered at once', async () => {
    const { engineer } = await twoInstances();
    await submit(engineer, 'failed');
    const begun = performance.now();
    const { body } = await engineer.get(`${gate}?waitSeconds=50`);
    expect(body.verdict).toBe('blocked');
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('the instant at which a check ends answers, though nobody writes anything', async () => {
    const { here, engineer } = await twoInstances();
    const etag = (await engineer.get('/v1/checks/boots-twice')).headers.get('etag') ?? '';
    const retiredAt = later(4);
    await expectCreated(
      engineer.put('/v1/checks/boots-twice', { ...check, retiredAt }, { 'If-Match': etag }),
    );
    const { reply } = await begin(engineer, here);
    const { body } = await reply;
    expect(body.verdict).toBe('not_applicable');
    expect(body.asOf >= retiredAt).toBe(true);
    expect(Date.parse(body.asOf) - Date.parse(retiredAt)).toBeLessThan(10_000);
  });

  test('what is still pending when the time is over is answered so, as of then', async () => {
    const { engineer } = await twoInstances();
    const { body: before } = await engineer.get(gate);
    const { body } = await engineer.get(`${gate}?waitSeconds=1`);
    expect(body.verdict).toBe('pending');
    expect(Date.parse(body.asOf) - Date.parse(before.asOf)).toBeGreaterThanOrEqual(900);
  });

  test('who waits asks nothing of the database, and is not woken by what concerns other releases', async () => {
    const { here, engineer, elsewhere } = await twoInstances();
    const another = '/v1/products/content/releases/2.1';
    await expectCreated(elsewhere.put(another, {}));
    const { reply } = await begin(engineer, here);
    const queries = vi.spyOn(pg.Client.prototype, 'query');
    await pause(2000);
    expect(queries).not.toHaveBeenCalled();
    const results = [{ check: 'boots-twice', outcome: 'passed' }];
    await expectCreated(elsewhere.post(`${another}/results`, { results }));
    await pause(500);
    const asked = JSON.stringify(queries.mock.calls.map(([query]) => query));
    queries.mockRestore();
    // Of the writes, but not of the gate.
    expect(asked).toContain('next_fact_at');
    expect(asked).not.toMatch(/gate_stamp|gate_facts/);
    await submit(elsewhere, 'passed');
    expect((await reply).body.verdict).toBe('passed');
  });

  test('one result answers everybody who waits for it', async () => {
    const { here, engineer, elsewhere } = await twoInstances();
    const waits = Array.from({ length: 50 }, () => engineer.get(`${gate}?waitSeconds=50`));
    await untilQuiet(here.pool);
    await submit(elsewhere, 'passed');
    const verdicts = (await Promise.all(waits)).map(({ body }) => body.verdict);
    expect(new Set(verdicts)).toEqual(new Set(['passed']));
  });

  test('a result that is refused wakes nobody', async () => {
    const { one, engineer, elsewhere, here } = await twoInstances();
    const { reply } = await begin(engineer, here);
    const results = [{ check: 'nothing-like-it', outcome: 'passed' }];
    expect((await elsewhere.post(`${release}/results`, { results })).status).toBe(422);
    await untilQuiet(here.pool);
    expect(await callersWaiting(one)).toBe(1);
    await submit(elsewhere, 'passed');
    await reply;
  });

  test('who goes away is forgotten', async () => {
    const { here, one } = await twoInstances();
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${await makeToken({ database: here })}` };
    const answered = one.app.request(`${gate}?waitSeconds=50`, { headers, signal: gone.signal });
    await untilQuiet(here.pool);
    expect(await callersWaiting(one)).toBe(1);
    gone.abort();
    await answered;
    expect(await callersWaiting(one)).toBe(0);
  });

  test('a service that is about to end answers with what stands', async () => {
    const { here } = await twoInstances();
    const ending = new AbortController();
    const app = buildApp(here, settings, { error: never }, ending.signal);
    const headers = { authorization: `Bearer ${await makeToken({ database: here })}` };
    const answered = app.request(`${gate}?waitSeconds=50`, { headers });
    await untilQuiet(here.pool);
    ending.abort();
    expect(await (await answered).json()).toMatchObject({ verdict: 'pending' });
    const late = await app.request(`${gate}?waitSeconds=50`, { headers });
    expect(await late.json()).toMatchObject({ verdict: 'pending' });
  });
});

describe.skipIf(testDatabaseKind === 'pglite')('a listening connection that is lost', () => {
  /** A database of its own, which can be told to take no connections. */
  async function scene() {
    const place = await emptyPlace();
    if (!('url' in place)) throw new Error('Only a server has connections to lose.');
    const lost: Error[] = [];
    const here = await openForTest(place, { onConnectionLost: (error) => lost.push(error) });
    await migrate(here.db);
    const scene = await twoInstances(here);
    const name = new URL(place.url).pathname.slice(1);
    const server = await openForTest({
      url: Object.assign(new URL(place.url), { pathname: 'postgres' }).href,
    });
    const allow = (connections: boolean) =>
      server.pool.query(`alter database ${name} allow_connections ${connections}`);
    const listeners = async () => {
      const { rows } = await server.pool.query(
        "select pid from pg_stat_activity where datname = $1 and application_name = 'holdfast news'",
        [name],
      );
      return rows.map(({ pid }) => pid as number);
    };
    const terminate = async () => {
      const [listener] = await listeners();
      await server.pool.query('select pg_terminate_backend($1)', [listener]);
    };
    return { ...scene, lost, allow, listeners, terminate };
  }

  test('is made again, and what was said meanwhile is not missed', async () => {
    const { here, engineer, elsewhere, lost, allow, listeners, terminate } = await scene();
    const { reply } = await begin(engineer, here);
    expect(await listeners()).toHaveLength(1);
    await allow(false);
    await terminate();
    await submit(elsewhere, 'passed');
    await pause(1000);
    expect(await listeners()).toEqual([]);
    await allow(true);
    const { body, seconds } = await reply;
    expect(body.verdict).toBe('passed');
    expect(seconds).toBeLessThan(20);
    expect(lost.map(({ message }) => message)).toEqual([
      'terminating connection due to administrator command',
    ]);
  });

  test('hears again what is said after it was made again', async () => {
    const { here, engineer, elsewhere, listeners, terminate } = await scene();
    const { reply } = await begin(engineer, here);
    await terminate();
    await expect.poll(listeners, { timeout: 10_000 }).toHaveLength(1);
    await untilQuiet(here.pool);
    await submit(elsewhere, 'passed');
    expect((await reply).body.verdict).toBe('passed');
  });

  test('is not made where nobody waits, and ends with the database', async () => {
    const { here, engineer, listeners } = await scene();
    await engineer.get(gate);
    expect(await listeners()).toEqual([]);
    await engineer.get(`${gate}?waitSeconds=1`);
    expect(await listeners()).toHaveLength(1);
    await here.close();
    await expect.poll(listeners).toEqual([]);
  });
});

test('422: nobody waits for what was', async () => {
  const { engineer } = await twoInstances();
  const { status, body } = await engineer.get(`${gate}?waitSeconds=5&asOf=2099-01-01T00:00:00Z`);
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ parameter: 'waitSeconds' }]);
});

test.each(['56', '0', '-1', '1.5', 'long'])('400: nobody waits for %s seconds', async (seconds) => {
  const { engineer } = await twoInstances();
  const { status, body } = await engineer.get(`${gate}?waitSeconds=${seconds}`);
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ parameter: 'waitSeconds' }]);
});

test('404: an unknown release is not waited for', async () => {
  const { engineer } = await twoInstances();
  const reply = await engineer.get('/v1/products/content/releases/9.9/gate?waitSeconds=50');
  expect(reply.status).toBe(404);
});

test('429: as many as can wait do, the next one is told when to ask again, and may ask without waiting', async () => {
  const { here, one, engineer, elsewhere } = await twoInstances();
  const warnings = vi.spyOn(process, 'emitWarning');
  const waits = Array.from({ length: 500 }, () => engineer.get(`${gate}?waitSeconds=50`));
  await untilQuiet(here.pool);
  expect(await callersWaiting(one)).toBe(500);
  const { status, headers } = await engineer.get(`${gate}?waitSeconds=50`);
  expect(status).toBe(429);
  expect(headers.get('retry-after')).toBe('5');
  expect((await engineer.get(gate)).body.verdict).toBe('pending');
  await submit(elsewhere, 'passed');
  const verdicts = (await Promise.all(waits)).map(({ body }) => body.verdict);
  expect(new Set(verdicts)).toEqual(new Set(['passed']));
  expect(warnings).not.toHaveBeenCalled();
});

function never(fields: unknown): never {
  throw new Error('Nothing fails here.', { cause: fields });
}
