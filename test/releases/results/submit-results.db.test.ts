/** Handing in results: all or nothing, in one order for everyone. */
import { describe, expect, test } from 'vitest';
import { compareInstants } from '../../../src/gate/index.ts';
import { type Client, testService } from '../../support/service.ts';
import {
  done,
  nothing,
  putCheck,
  putProduct,
  release,
  rowCounts,
  sensorRelease,
} from '../sensor.ts';

const results = `${release}/results`;
const [one, other] = ['1'.repeat(64), '2'.repeat(64)];
const passed = (check: string, more = {}) => ({ check, outcome: 'passed', ...more });

const runsOf = async (client: Client) => {
  const { body } = await client.get(`${results}?limit=200`);
  return body.items.map(({ id, run, receivedAt }: Record<string, string>) => [id, run, receivedAt]);
};

describe('201', () => {
  test('results come back in the order handed in, with everything that was said', async () => {
    const service = await testService();
    await sensorRelease(service, {
      checks: { boot: {}, soak: { kind: 'soak', minimum: { machines: 10, hours: 0.1 } } },
    });
    const pipeline = await service.as('pipeline', { name: 'build', products: ['sensor'] });
    const reply = await pipeline.post(results, {
      run: 'build-7',
      results: [
        {
          check: 'soak',
          variant: { os: 'windows-11', arch: 'x64' },
          outcome: 'errored',
          reason: 'The lab lost power.',
          artifactSha256: one,
          evidenceUrl: 'https://ci.example.test/7',
          finishedAt: '2024-08-12T11:24:00.5+02:00',
          machines: 12,
          hours: 0.1,
          failedCases: ['host.boot › reboots_twice'],
        },
        passed('boot'),
      ],
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ run: 'build-7', shards: { received: 1, announced: null } });
    const [first, second] = reply.body.results;
    expect(first).toEqual({
      id: '1',
      check: 'soak',
      variant: { os: 'windows-11', arch: 'x64' },
      outcome: 'errored',
      reason: 'The lab lost power.',
      run: 'build-7',
      artifacts: [one],
      evidenceUrl: 'https://ci.example.test/7',
      finishedAt: '2024-08-12T09:24:00.500000Z',
      machines: 12,
      hours: 0.1,
      failedCases: ['host.boot › reboots_twice'],
      receivedAt: first.receivedAt,
      submittedBy: 'build',
    });
    expect(second).toEqual({
      id: '2',
      check: 'boot',
      variant: null,
      outcome: 'passed',
      reason: null,
      run: 'build-7',
      artifacts: [],
      evidenceUrl: null,
      finishedAt: null,
      machines: null,
      hours: null,
      failedCases: [],
      receivedAt: first.receivedAt,
      submittedBy: 'build',
    });
  });

  test('a result belongs to the artifact it names, else to those that the release listed when it came', async () => {
    const service = await testService();
    const artifacts = [one, other].map((sha256, index) => ({ name: `part ${index}`, sha256 }));
    const engineer = await sensorRelease(service, { facts: { artifacts } });
    const named = passed('boot', { artifactSha256: '3'.repeat(64) });
    const { body } = await engineer.post(results, {
      results: [named, passed('boot'), passed('boot', { artifactSha256: null })],
    });
    expect(body.results.map((result: { artifacts: string[] }) => result.artifacts)).toEqual([
      ['3'.repeat(64)],
      [one, other],
      [one, other],
    ]);
    await engineer.put(release, { artifacts: [] });
    const later = await engineer.post(results, { results: [passed('boot')] });
    expect(later.body.results[0].artifacts).toEqual([]);
  });

  test('a call without a run is a run of its own, and calls with the same run are one', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    let reports = 0;
    const hand = async (more = {}) => {
      reports += 1;
      const reason = `The report ${reports}.`;
      return (await engineer.post(results, { results: [passed('boot', { reason })], ...more }))
        .body;
    };
    const alone = await hand();
    const alsoAlone = await hand();
    expect(alone.run).not.toBe(alsoAlone.run);
    expect(alone.shards).toEqual({ received: 1, announced: null });

    expect((await hand({ run: 'r' })).shards).toEqual({ received: 1, announced: null });
    expect((await hand({ run: 'r', shards: 3 })).shards).toEqual({ received: 2, announced: 3 });
    expect((await hand({ run: 'r', shards: 2 })).shards).toEqual({ received: 3, announced: 3 });
    expect((await hand({ run: 'r' })).shards).toEqual({ received: 4, announced: 3 });
    expect(await rowCounts(service)).toEqual({ results: 6, runs: 3, reports: 6, waivers: 0 });
  });

  test('while fewer reports than announced have come, the gate says running', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const shard = { run: 'build-7', shards: 2, results: [passed('boot')] };
    await engineer.post(results, { ...shard, shard: 1 });
    const half = await engineer.get(`${release}/gate`);
    expect(half.body).toMatchObject({ verdict: 'pending', answers: [{ status: 'running' }] });
    await engineer.post(results, { ...shard, shard: 2 });
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('passed');
  });

  test('a result that is final replaces the running one of its run', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const job = (outcome: string) =>
      engineer.post(results, { run: 'job-7', results: [{ check: 'boot', outcome }] });
    await job('running');
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('pending');
    await job('passed');
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('passed');
  });

  test('an artifact that the release does not list is named, where it lists others', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const named = [one, other, other].map((artifactSha256) => passed('boot', { artifactSha256 }));
    const hand = async () =>
      (await engineer.post(results, { results: [...named, passed('boot')] })).body;
    expect((await hand()).unlistedArtifacts).toEqual([]);
    await engineer.put(release, { artifacts: [{ name: 'setup', sha256: one }] });
    expect((await hand()).unlistedArtifacts).toEqual([other]);
  });

  test('a variant that its check does not list is shown as ignored once, with what may have been meant', async () => {
    const service = await testService();
    const variants = [{ os: 'windows-10' }, { os: 'windows-11' }];
    const engineer = await sensorRelease(service, { checks: { boot: { variants }, other: {} } });
    const { body } = await engineer.post(results, {
      results: [
        passed('boot', { variant: { os: 'Windows-11' } }),
        passed('boot', { variant: { os: 'windows-10' } }),
        passed('boot', { variant: { os: 'Windows-11' } }),
        passed('boot'),
        passed('other', { variant: { os: 'any' } }),
      ],
    });
    expect(body.ignored).toEqual([
      {
        check: 'boot',
        variant: { os: 'Windows-11' },
        nearMatches: [{ os: 'windows-11' }, { os: 'windows-10' }],
      },
      { check: 'boot', variant: null, nearMatches: variants },
    ]);
    expect(body.results).toHaveLength(5);
  });

  test('the same call with the same Idempotency-Key stores once and is answered the same', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const key = { 'Idempotency-Key': 'build-7' };
    const first = await engineer.post(results, { results: [passed('boot')] }, key);
    const again = await engineer.post(results, { results: [passed('boot')] }, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await rowCounts(service)).toMatchObject({ results: 1, runs: 1, reports: 1 });

    const different = await engineer.post(
      results,
      { results: [{ check: 'boot', outcome: 'failed' }] },
      key,
    );
    expect(different.status).toBe(422);
    expect(different.body.type).toBe('/problems/idempotency-key-reused');
    expect(await rowCounts(service)).toMatchObject({ results: 1 });
  });

  test('five thousand results are one call, in their order', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const variants = Array.from({ length: 5000 }, (_, index) => ({ host: String(index) }));
    const { status, body } = await engineer.post(results, {
      results: variants.map((variant) => passed('boot', { variant })),
    });
    expect(status).toBe(201);
    expect(body.results.map(({ variant }: { variant: unknown }) => variant)).toEqual(variants);
  });

  test('a hand-in is in the audit trail with who did it, and which results came with it', async () => {
    const service = await testService();
    await sensorRelease(service);
    const pipeline = await service.as('pipeline', { name: 'build' });
    await pipeline.post(results, { run: 'build-7', results: [passed('boot')] });
    const admin = await service.as('admin');
    const { body } = await admin.get(`/v1/audit?subject=${encodeURIComponent(results)}`);
    expect(body.items).toMatchObject([
      {
        by: 'build',
        operation: 'submitResults',
        subject: results,
        change: { run: 'build-7', results: 1, firstResult: '1', lastResult: '1' },
      },
    ]);
  });
});

describe('a report that came already counts once', () => {
  const canary = {
    kind: 'canary',
    minimum: { machines: 10, hours: 1 },
  };
  const reached = passed('canary', { machines: 5, hours: 2 });

  test('the same results in the same run neither complete it nor are stored again', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: { canary } });
    const shard = { run: 'build-7', shards: 2, results: [reached] };
    const first = await engineer.post(results, shard);
    const again = await engineer.post(results, shard);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.body.shards).toEqual({ received: 1, announced: 2 });
    expect(await rowCounts(service)).toMatchObject({ results: 1, runs: 1, reports: 1 });
    const gate = await engineer.get(`${release}/gate`);
    expect(gate.body).toMatchObject({ verdict: 'pending', answers: [{ status: 'running' }] });
  });

  test('nor do they with the fields of the results in another order', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const hand = (result: object) => engineer.post(results, { run: 'r', results: [result] });
    await hand({ check: 'boot', outcome: 'passed', variant: { os: 'a', arch: 'b' } });
    const again = await hand({ variant: { arch: 'b', os: 'a' }, outcome: 'passed', check: 'boot' });
    expect(again.body.shards.received).toBe(1);
    expect(await rowCounts(service)).toMatchObject({ results: 1 });
  });

  test('in another run they are a rerun', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    for (const run of ['build-7', 'build-8']) {
      const { body } = await engineer.post(results, { run, results: [passed('boot')] });
      expect(body.shards.received).toBe(1);
    }
    expect(await rowCounts(service)).toMatchObject({ results: 2, runs: 2, reports: 2 });
  });

  test('equal reports with numbers of their own are as many reports, and their machines add up', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: { canary } });
    for (const shard of [1, 2]) {
      const { body } = await engineer.post(results, {
        ...{ run: 'build-7', shards: 2, shard },
        results: [reached],
      });
      expect(body.shards).toEqual({ received: shard, announced: 2 });
    }
    expect(await rowCounts(service)).toMatchObject({ results: 2, reports: 2 });
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('passed');
  });

  test('a number that came already brings what is new in it, and counts once', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: { boot: {}, soak: {} } });
    const hand = (...more: object[]) =>
      engineer.post(results, {
        ...{ run: 'build-7', shards: 2, shard: 1 },
        results: [passed('boot'), ...more],
      });
    const first = await hand();
    const { body } = await hand({ check: 'soak', outcome: 'failed' }, passed('boot'));
    expect(body.shards).toEqual({ received: 1, announced: 2 });
    const [boot, soak, bootAgain] = body.results;
    expect([boot, bootAgain]).toEqual([first.body.results[0], first.body.results[0]]);
    expect(soak).toMatchObject({ check: 'soak', outcome: 'failed' });
    expect(await rowCounts(service)).toMatchObject({ results: 2, reports: 1 });
  });

  test('a number does not make another report of one that came without', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const hand = async (more: object) =>
      (await engineer.post(results, { run: 'r', shards: 2, results: [passed('boot')], ...more }))
        .body.shards.received;
    expect(await hand({})).toBe(1);
    expect(await hand({ shard: 1 })).toBe(1);
    const numbered = { run: 's', shard: 1 };
    expect(await hand(numbered)).toBe(1);
    expect(await hand({ run: 's' })).toBe(1);
  });

  test('a number says that the run has so many reports at least', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const hand = async (shard: number, more = {}) =>
      (await engineer.post(results, { run: 'r', shard, results: [passed('boot')], ...more })).body
        .shards;
    expect(await hand(3)).toEqual({ received: 1, announced: 3 });
    expect(await hand(1, { shards: 2 })).toEqual({ received: 2, announced: 3 });
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('pending');
  });

  test('a decision of before it came again is the same afterwards', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const shard = { run: 'r', shards: 2, shard: 1 };
    await engineer.post(results, { ...shard, results: [passed('boot')] });
    const before = (await engineer.get(`${release}/gate`)).body;
    await engineer.post(results, { ...shard, results: [{ check: 'boot', outcome: 'failed' }] });
    const then = await engineer.get(`${release}/gate?asOf=${before.asOf}`);
    expect(then.body).toEqual(before);
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('blocked');
  });

  test('422 where it announces more reports than its run did when it came', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const hand = (more = {}) =>
      engineer.post(results, { run: 'r', results: [passed('boot')], ...more });
    done(await hand());
    const { status, body } = await hand({ shards: 2 });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: '/shards',
        detail:
          'This report of run r came already, and the run announced no number of them then. Announce more with a report that is still to come.',
      },
    ]);
    const next = await hand({
      shards: 2,
      shard: 2,
      results: [passed('boot', { reason: 'More.' })],
    });
    expect(next.body.shards).toEqual({ received: 2, announced: 2 });
    done(await hand({ shards: 2 }));
  });
});

describe('checks that a person answers', () => {
  const checks = { boot: {}, look: { kind: 'manual' }, word: { kind: 'sign_off' } };
  const ticket = { evidenceUrl: 'https://tickets.example.test/7' };

  test('422 for a pipeline, which is told who may, and stores nothing', async () => {
    const service = await testService();
    await sensorRelease(service, { checks });
    const pipeline = await service.as('pipeline');
    const { status, body } = await pipeline.post(results, {
      results: [passed('boot'), passed('look'), passed('word', ticket)],
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: '/results/1/check',
        detail:
          'look is answered by a person (manual), not by a pipeline. Hand it in with the token of an engineer.',
      },
      {
        pointer: '/results/2/check',
        detail:
          'word is answered by a person (sign_off), not by a pipeline. Hand it in with the token of an engineer.',
      },
    ]);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a sign-off without its ticket, whoever gives it', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks });
    const { status, body } = await engineer.post(results, {
      results: [passed('look'), passed('word'), passed('word', { evidenceUrl: null })],
    });
    expect(status).toBe(422);
    const detail = 'word is a sign-off: name the ticket in which somebody gave their word.';
    expect(body.errors).toEqual([
      { pointer: '/results/1/evidenceUrl', detail },
      { pointer: '/results/2/evidenceUrl', detail },
    ]);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('201 for a person with the ticket', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks });
    const { status } = await engineer.post(results, {
      results: [passed('boot'), passed('look'), passed('word', ticket)],
    });
    expect(status).toBe(201);
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('passed');
  });
});

describe('at the same time', () => {
  test('opposite results of two pipelines have one order, the same for every reader', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    // A second instance on the same database.
    const elsewhere = await testService({ database: service.database });
    const [left, right] = [await service.as('pipeline'), await elsewhere.as('pipeline')];
    const calls = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? left : right).post(results, {
        run: `run ${index}`,
        results: [{ check: 'boot', outcome: index % 2 ? 'failed' : 'passed' }],
      }),
    );
    const replies = await Promise.all(calls);
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(201));

    const seen = await runsOf(engineer);
    expect(await runsOf(right)).toEqual(seen);
    const instants = seen.map(([, , receivedAt]: string[]) => receivedAt);
    expect(instants).toEqual([...new Set<string>(instants)].sort(compareInstants).reverse());

    const newest = (await engineer.get(`${results}?limit=1`)).body.items[0];
    for (const client of [left, right, engineer]) {
      const { body } = await client.get(`${release}/gate`);
      expect(body.answers[0]).toMatchObject({ status: newest.outcome, result: { id: newest.id } });
    }
  });

  test('reports of one run that come at once are all counted', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const run = { run: 'build-7', shards: 10, results: [passed('boot')] };
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        engineer.post(results, { ...run, shard: index + 1 }),
      ),
    );
    const received = replies.map(({ body }) => body.shards.received).sort((a, b) => a - b);
    expect(received).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('passed');
  });
});

describe('once each, however many come at once', () => {
  test('the same report ten times is one report', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const report = { run: 'build-7', shards: 2, results: [passed('boot')] };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => engineer.post(results, report)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(replies.map(({ body }) => body.shards.received)).toEqual(Array(10).fill(1));
    expect(await rowCounts(service)).toMatchObject({ results: 1, reports: 1 });
  });
});

describe('refused, with nothing stored', () => {
  test('422 names every check that does not exist, and what was probably meant', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: { 'boot-loop': {} } });
    const { status, body } = await engineer.post(results, {
      results: [passed('boot-loop'), passed('boot-lop'), passed('boot-loop'), passed('elsewhere')],
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: '/results/1/check',
        detail: "There is no check 'boot-lop'. Did you mean 'boot-loop'?",
      },
      {
        pointer: '/results/3/check',
        detail: "There is no check 'elsewhere'. Put it first, or correct the key.",
      },
    ]);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a number of reports without the run that has them', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { status, body } = await engineer.post(results, {
      shards: 2,
      results: [passed('boot'), passed('elsewhere')],
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/shards',
      '/results/1/check',
    ]);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a number past the last one, or without a run', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const pointers = async (numbering: object) => {
      const body = { ...numbering, results: [passed('boot')] };
      const reply = await engineer.post(results, body);
      expect(reply.status).toBe(422);
      return reply.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    };
    expect(await pointers({ run: 'r', shards: 2, shard: 3 })).toEqual(['/shard']);
    expect(await pointers({ shard: 1 })).toEqual(['/shard']);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('400 for an outcome that nobody declared lists those that are', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { status, body } = await engineer.post(results, {
      results: [passed('boot'), { check: 'boot', outcome: 'green' }],
    });
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toBe('/results/1/outcome');
    expect(body.errors[0].detail).toMatch(
      /passed \(.*\), failed \(.*\), errored \(.*\), running \(.*\), skipped \(.*\)$/,
    );
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('400 for an instant that no database keeps', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const finished = (finishedAt: string) =>
      engineer.post(results, { results: [passed('boot', { finishedAt })] });
    expect((await finished('9999-12-31T23:59:59-23:59')).status).toBe(400);
    expect((await finished('0001-01-01T00:00:00+23:59')).status).toBe(400);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('404 for an unknown product, a release that is not registered, and a version that none can have', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const hand = (path: string) => engineer.post(`${path}/results`, { results: [passed('boot')] });
    expect((await hand('/v1/products/nothing/releases/2.0')).status).toBe(404);
    expect((await hand('/v1/products/sensor/releases/3.0')).status).toBe(404);
    expect((await hand('/v1/products/sensor/releases/two')).status).toBe(404);
    expect((await hand('/v1/products/sensor/releases/02.0.0')).status).toBe(201);
  });

  test('404 outside the products of the token, as if the product did not exist', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await putProduct(engineer, 'scanner');
    const bound = await service.as('pipeline', { products: ['scanner'] });
    const outside = await bound.post(results, { results: [passed('boot')] });
    const unknown = await bound.post('/v1/products/nothing/releases/2.0/results', {
      results: [passed('boot')],
    });
    expect(outside.status).toBe(404);
    expect(outside.body.detail).toBe(unknown.body.detail.replace('nothing', 'sensor'));
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a check of products that the token may not know of, as if it did not exist', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: { everyone: { appliesTo: {} } } });
    await putProduct(engineer, 'scanner');
    await putCheck(engineer, 'scan', { appliesTo: { products: ['scanner'] } });
    const bound = await service.as('pipeline', { products: ['sensor'] });
    const { status, body } = await bound.post(results, {
      results: [passed('everyone'), passed('scan')],
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: '/results/1/check',
        detail: "There is no check 'scan'. Put it first, or correct the key.",
      },
    ]);
    expect((await engineer.post(results, { results: [passed('scan')] })).status).toBe(201);
  });

  test('401 without a token, 403 for a role that only reads', async () => {
    const service = await testService();
    await sensorRelease(service);
    const body = { results: [passed('boot')] };
    expect((await service.anonymous.post(results, body)).status).toBe(401);
    for (const role of ['reader', 'approver'] as const) {
      expect((await (await service.as(role)).post(results, body)).status).toBe(403);
    }
    expect(await rowCounts(service)).toEqual(nothing);
  });
});
