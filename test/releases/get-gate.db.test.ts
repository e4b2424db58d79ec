/** What the gate answers over HTTP; the rules themselves are tested as tables in test/gate. */
import { describe, expect, test } from 'vitest';
import {
  check,
  expectCreated,
  gateScene,
  incident,
  release,
  submit,
} from '../support/gate-scene.ts';
import type { Client } from '../support/service.ts';

const gate = `${release}/gate`;

/** Enough to be published. */
const ready = {
  ...incident,
  summary: 'Hosts stop.',
  whatToDo: 'Wait.',
  nextUpdateAt: '2099-01-01T00:00:00Z',
};

async function step(client: Client, key: string, to: string, note: string | null = null) {
  const address = `/v1/incidents/${key}`;
  const etag = (await client.get(address)).headers.get('etag') ?? '';
  await expectCreated(client.post(`${address}/transitions`, { to, note }, { 'If-Match': etag }));
}

/** The key of an incident that two people took to publication. */
async function published(
  { engineer, approver }: { engineer: Client; approver: Client },
  record: object,
): Promise<string> {
  const { body } = await expectCreated(engineer.post('/v1/incidents', record));
  await step(engineer, body.key, 'in_review');
  await step(approver, body.key, 'approved');
  await step(engineer, body.key, 'published');
  return body.key;
}

describe('200', () => {
  test('a release whose required check has no result is pending, and the summary counts it', async () => {
    const { engineer } = await gateScene();
    const { status, body } = await engineer.get(gate);
    expect(status).toBe(200);
    expect(body).toMatchObject({ verdict: 'pending', mayShip: false, ring: 'general' });
    expect(body.summary).toContain('1');
    expect(body.answers).toMatchObject([{ check: 'boots-twice', status: 'missing', result: null }]);
  });

  test('an acknowledged result is in the next verdict, and the latest run wins', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'failed', { failedCases: ['boot › twice'] });
    const failed = await engineer.get(gate);
    expect(failed.body).toMatchObject({ verdict: 'blocked', answers: [{ status: 'failed' }] });
    expect(failed.body.answers[0].next).toContain('boot › twice');
    await submit(engineer, 'passed');
    const passed = await engineer.get(gate);
    expect(passed.body).toMatchObject({
      verdict: 'passed',
      mayShip: true,
      answers: [{ status: 'passed', earlierFailures: 1 }],
    });
    await submit(engineer, 'failed');
    expect((await engineer.get(gate)).body.verdict).toBe('blocked');
  });

  test('nothing required may ship, and says so', async () => {
    const { engineer } = await gateScene();
    await engineer.put('/v1/products/other', {
      name: 'Other',
      versionScheme: 'semver',
      rings: ['general'],
    });
    await engineer.put('/v1/products/other/releases/1.0.0', {});
    const { body } = await engineer.get('/v1/products/other/releases/1.0.0/gate');
    expect(body).toMatchObject({ verdict: 'not_applicable', mayShip: true, answers: [] });
  });

  test('versions that are equal in the scheme are one release', async () => {
    const { engineer } = await gateScene();
    const { status, body } = await engineer.get('/v1/products/content/releases/02.0.0/gate');
    expect(status).toBe(200);
    expect(body.version).toBe('2.0');
  });

  test('a release in the affected range of a draft is blocked and no waiver helps', async () => {
    const { service, engineer } = await gateScene();
    const { body: draft } = await expectCreated(engineer.post('/v1/incidents', incident));
    await engineer.put('/v1/products/content/releases/1.2', {});
    const approver = await service.as('approver');
    await expectCreated(
      approver.post('/v1/products/content/releases/1.2/waivers', {
        check: 'boots-twice',
        reason: 'We want it out.',
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    );
    const { body } = await engineer.get('/v1/products/content/releases/1.2/gate');
    expect(body.verdict).toBe('blocked');
    expect(body.answers[0]).toMatchObject({
      status: 'known_faulty',
      incident: draft.key,
      check: null,
      guardsAgainst: [{ incident: draft.key, reportUrl: null }],
    });
  });

  test('a pipeline sees key and severity of an unpublished incident, and nothing else of it', async () => {
    const { service, engineer } = await gateScene();
    const { body: draft } = await expectCreated(engineer.post('/v1/incidents', incident));
    const pipeline = await service.as('pipeline', { products: ['content'] });
    const { body } = await pipeline.get(gate);
    expect(body.answers[0].guardsAgainst).toEqual([
      {
        incident: draft.key,
        severity: 'sev1',
        title: null,
        why: null,
        proof: null,
        reportUrl: null,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(incident.title);
    const { body: seenByEngineer } = await engineer.get(gate);
    expect(seenByEngineer.answers[0].guardsAgainst[0].title).toBe(incident.title);
  });

  test('while a correction is drafted, a pipeline reads the published words', async () => {
    const { service, engineer } = await gateScene();
    const desk = { engineer, approver: await service.as('approver') };
    const key = await published(desk, ready);
    const address = `/v1/incidents/${key}`;
    const etag = (await engineer.get(address)).headers.get('etag') ?? '';
    const drafted = {
      title: 'Nobody has agreed to this',
      checks: [{ check: 'boots-twice', why: 'Nor to this.' }],
    };
    await expectCreated(engineer.patch(address, drafted, { 'If-Match': etag }));
    const pipeline = await service.as('pipeline', { products: ['content'] });
    const { body } = await pipeline.get(gate);
    expect(body.answers[0].guardsAgainst[0]).toMatchObject({
      title: incident.title,
      why: incident.checks[0]?.why,
      reportUrl: `https://incidents.example.test/reports/${key}`,
    });
  });

  test('a reason that the record keeps internal is not told to a pipeline', async () => {
    const { service, engineer } = await gateScene();
    const desk = { engineer, approver: await service.as('approver') };
    const checks = [{ check: 'boots-twice', why: 'Ann broke it.', visibility: 'internal' }];
    await published(desk, { ...ready, checks });
    const pipeline = await service.as('pipeline', { products: ['content'] });
    const { body } = await pipeline.get(gate);
    expect(body.answers[0].guardsAgainst[0]).toMatchObject({ title: incident.title, why: null });
  });

  test('a reader bound to another product learns key and severity of a draft, and no more', async () => {
    const { service, engineer } = await gateScene();
    await engineer.put('/v1/products/other', {
      name: 'Other',
      versionScheme: 'intdot',
      rings: ['general'],
    });
    const affected = [{ product: 'other', versions: 'vers:intdot/1' }];
    await expectCreated(engineer.post('/v1/incidents', { ...incident, affected }));
    const reader = await service.as('reader', { products: ['content'] });
    const { body } = await reader.get(gate);
    expect(body.answers[0].guardsAgainst[0]).toMatchObject({
      title: null,
      why: null,
      severity: 'sev1',
    });
  });

  test('asOf answers what the gate would have said then, whatever came later', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'passed');
    const { body: before } = await engineer.get(gate);
    await submit(engineer, 'failed');
    await expectCreated(engineer.post('/v1/incidents', incident));
    await expectCreated(engineer.put('/v1/checks/another', check));
    const { body: then } = await engineer.get(`${gate}?asOf=${before.asOf}`);
    expect(then).toEqual(before);
    expect((await engineer.get(gate)).body.verdict).toBe('blocked');
  });

  test('a check that takes effect later is required when asked as of then, and not now', async () => {
    const { engineer } = await gateScene();
    const effectiveFrom = '2099-01-01T00:00:00+02:00';
    await expectCreated(engineer.put('/v1/checks/later', { ...check, effectiveFrom }));
    const now = await engineer.get(gate);
    expect(now.body.answers.map((answer: { check: string }) => answer.check)).toEqual([
      'boots-twice',
    ]);
    const atThen = await engineer.get(`${gate}?asOf=2098-12-31T22:00:00Z`);
    expect(atThen.body.answers.map((answer: { check: string }) => answer.check)).toEqual([
      'boots-twice',
      'later',
    ]);
    const before = await engineer.get(`${gate}?asOf=2098-12-31T21:59:59Z`);
    expect(before.body.answers).toHaveLength(1);
  });

  test('a new check binds the rings not yet entered, and never judges one that was', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'passed');
    await expectCreated(engineer.post(`${release}/shipments`, { ring: 'canary' }));
    await expectCreated(engineer.put('/v1/checks/new-one', check));
    expect((await engineer.get(`${gate}?ring=canary`)).body.verdict).toBe('passed');
    expect((await engineer.get(`${gate}?ring=general`)).body.verdict).toBe('pending');
  });

  test('a withdrawn incident neither blocks its range nor binds its checks', async () => {
    const { service, engineer } = await gateScene();
    const desk = { engineer, approver: await service.as('approver') };
    const key = await published(desk, ready);
    await step(engineer, key, 'withdrawn', 'It was another product.');
    const { body } = await engineer.get(gate);
    expect(body).toMatchObject({ verdict: 'not_applicable', answers: [] });
    await engineer.put('/v1/products/content/releases/1.2', {});
    const { body: old } = await engineer.get('/v1/products/content/releases/1.2/gate');
    expect(old.verdict).toBe('not_applicable');
  });

  test('equal facts have equal hashes at one instant, and any new fact changes the hash', async () => {
    const { engineer } = await gateScene();
    const asOf = '2099-01-01T00:00:00Z';
    const first = await engineer.get(`${gate}?asOf=${asOf}`);
    const again = await engineer.get(`${gate}?asOf=${asOf}`);
    expect(first.body.factsHash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(again.body.factsHash).toBe(first.body.factsHash);
    await submit(engineer, 'passed');
    const later = await engineer.get(`${gate}?asOf=${asOf}`);
    expect(later.body.factsHash).not.toBe(first.body.factsHash);
  });
});

describe('404', () => {
  test.each([
    ['an unknown product', '/v1/products/nothing/releases/2.0/gate'],
    ['a release that is not registered', '/v1/products/content/releases/9.9/gate'],
    ['a version that the scheme cannot read', '/v1/products/content/releases/x%2Fy/gate'],
    ['an instant before it was registered', `${gate}?asOf=2001-01-01T00:00:00Z`],
  ])('%s is never a pass', async (_, address) => {
    const { engineer } = await gateScene();
    expect((await engineer.get(address)).status).toBe(404);
  });

  test('a pipeline bound to another product learns nothing', async () => {
    const { service } = await gateScene();
    const pipeline = await service.as('pipeline', { products: ['elsewhere'] });
    expect((await pipeline.get(gate)).status).toBe(404);
  });
});

describe('422', () => {
  test('a ring that the product does not have', async () => {
    const { engineer } = await gateScene();
    const { status, body } = await engineer.get(`${gate}?ring=moon`);
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ parameter: 'ring' });
    expect(body.detail).toContain('internal, canary, general');
  });
});
