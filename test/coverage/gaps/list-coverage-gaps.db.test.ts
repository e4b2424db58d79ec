/** getCoverage and listCoverageGaps: what nothing guards against, each with what to do, until it is done. */
import { describe, expect, test } from 'vitest';
import { check, expectCreated, gateScene, incident, product } from '../../support/gate-scene.ts';
import type { Client } from '../../support/service.ts';

const at = (version: string) => `/v1/products/content/releases/${version}`;

async function gaps(client: Client, gap: string) {
  const { status, body } = await client.get(`/v1/coverage/${gap}`);
  expect(status).toBe(200);
  const { body: counts } = await client.get('/v1/coverage');
  const counted = counts.gaps.find((one: { gap: string }) => one.gap === gap);
  expect(counted.count).toBe(body.items.length);
  return body.items as { key: string; toDo: string; severity: string | null; check: string }[];
}

const keys = async (client: Client, gap: string) => (await gaps(client, gap)).map(({ key }) => key);

const log = async (client: Client, record: object): Promise<string> =>
  (await expectCreated(client.post('/v1/incidents', { ...incident, ...record }))).body.key;

async function change(client: Client, address: string, body: object, method: 'put' | 'patch') {
  const etag = (await client.get(address)).headers.get('etag') ?? '';
  await expectCreated(client[method](address, body, { 'If-Match': etag }));
}

async function show(client: Client, version: string, outcome: string) {
  await expectCreated(client.put(at(version), {}));
  const results = [{ check: 'boots-twice', outcome, reason: 'It says why.' }];
  await expectCreated(client.post(`${at(version)}/results`, { results }));
}

const past = { effectiveFrom: null, retiredAt: null };

describe('incidents without a check', () => {
  test('one that names none, and one whose checks are all retired', async () => {
    const { service, engineer } = await gateScene();
    const without = await log(engineer, { checks: [], severity: 'sev2' });
    const guarded = await log(engineer, {});
    const gap = 'incidents_without_check';
    expect(await gaps(engineer, gap)).toMatchObject([
      { key: without, severity: 'sev2', toDo: expect.stringContaining('Put a check') },
    ]);
    const { pool } = service.database;
    await pool.query(
      `update regression_check set body = body || '{"retiredAt": "2024-01-01T00:00:00Z"}'`,
    );
    // The gravest first.
    expect(await gaps(engineer, gap)).toMatchObject([
      { key: guarded, toDo: expect.stringContaining('retired (boots-twice)') },
      { key: without },
    ]);
  });

  test('it leaves the list once it names one', async () => {
    const { engineer } = await gateScene();
    const key = await log(engineer, { checks: [] });
    await change(engineer, `/v1/incidents/${key}`, { checks: incident.checks }, 'patch');
    expect(await keys(engineer, 'incidents_without_check')).toEqual([]);
  });
});

describe('checks never run', () => {
  test('one without a result, or with results that show nothing but that it was skipped', async () => {
    const { engineer } = await gateScene();
    expect(await gaps(engineer, 'checks_never_run')).toMatchObject([
      { key: 'boots-twice', severity: null },
    ]);
    await log(engineer, {});
    await show(engineer, '3.0', 'skipped');
    expect(await gaps(engineer, 'checks_never_run')).toMatchObject([
      { key: 'boots-twice', check: 'boots-twice', incident: null, severity: 'sev1' },
    ]);
    await show(engineer, '3.0', 'passed');
    expect(await keys(engineer, 'checks_never_run')).toEqual([]);
  });

  test('a retired one is left aside', async () => {
    const { engineer } = await gateScene();
    const retiredAt = new Date(Date.now() + 1500).toISOString();
    await change(engineer, '/v1/checks/boots-twice', { ...check, ...past, retiredAt }, 'put');
    await expect.poll(() => keys(engineer, 'checks_never_run'), { timeout: 20_000 }).toEqual([]);
  });
});

test('a check never red is one that ran and never failed', async () => {
  const { engineer } = await gateScene();
  expect(await keys(engineer, 'checks_never_red')).toEqual([]);
  await show(engineer, '3.0', 'passed');
  expect(await keys(engineer, 'checks_never_red')).toEqual(['boots-twice']);
  await show(engineer, '1.2', 'failed');
  expect(await keys(engineer, 'checks_never_red')).toEqual([]);
});

test('a check always waived was waived for two releases, and passed on none since without a waiver', async () => {
  const { service, engineer } = await gateScene();
  const approver = await service.as('approver');
  const waive = async (version: string) => {
    await expectCreated(engineer.put(at(version), {}));
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const body = { check: 'boots-twice', reason: 'The lab is down.', expiresAt };
    return expectCreated(approver.post(`${at(version)}/waivers`, body));
  };
  const gap = 'checks_always_waived';
  await waive('3.0');
  expect(await keys(engineer, gap)).toEqual([]);
  const second = await waive('3.1');
  expect(await gaps(engineer, gap)).toMatchObject([
    { key: 'boots-twice', toDo: expect.stringContaining('for 2 releases') },
  ]);
  // It passed, but nobody knew: the waiver was there.
  await show(engineer, '3.1', 'passed');
  expect(await keys(engineer, gap)).toEqual(['boots-twice']);
  const revocation = `/v1/waivers/${second.body.id}/revocation`;
  await expectCreated(approver.post(revocation, { reason: 'It passes.' }));
  expect(await keys(engineer, gap)).toEqual([]);
  await waive('3.2');
  await waive('3.3');
  expect(await keys(engineer, gap)).toEqual(['boots-twice']);
  await show(engineer, '3.4', 'passed');
  expect(await keys(engineer, gap)).toEqual([]);
});

describe('root causes without an enforced action', () => {
  const gap = 'root_causes_without_enforced_action';
  const cause = {
    id: 'parser',
    class: 'root',
    confidence: 'confirmed',
    statement: 'The parser read past the end.',
  };
  const action = {
    id: 'bounds',
    kind: 'prevent',
    title: 'Check the bounds.',
    causes: ['parser'],
    status: 'complete',
    owner: 'kernel',
    checks: ['boots-twice'],
  };

  test.each<[string, object, boolean]>([
    ['no action at all', {}, true],
    ['an action with a required check', { actions: [action] }, false],
    ['an action without a check', { actions: [{ ...action, checks: [] }] }, true],
    ['an action that is only proposed', { actions: [{ ...action, status: 'proposed' }] }, true],
    ['an action that was given up', { actions: [{ ...action, status: 'cancelled' }] }, true],
    [
      'a reason why there is none',
      { causes: [{ ...cause, noActionBecause: 'It is gone.' }] },
      false,
    ],
    ['a cause that is not the root', { causes: [{ ...cause, class: 'contributing' }] }, false],
  ])('%s', async (_, record, isGap) => {
    const { engineer } = await gateScene();
    const key = await log(engineer, { causes: [cause], ...record });
    expect(await keys(engineer, gap)).toEqual(isGap ? [`${key}/parser`] : []);
  });

  test('an advisory check enforces nothing, and the action is named', async () => {
    const { engineer } = await gateScene();
    const advisory = { ...check, enforcement: 'advisory' };
    await change(engineer, '/v1/checks/boots-twice', advisory, 'put');
    await log(engineer, { causes: [cause], actions: [action] });
    expect(await gaps(engineer, gap)).toMatchObject([
      { title: cause.statement, toDo: expect.stringContaining('(bounds)') },
    ]);
  });
});

test('a list goes on behind its cursor, the gravest first', async () => {
  const { engineer } = await gateScene();
  const severities = ['sev3', 'sev1', 'sev2', 'sev1'];
  for (const severity of severities) await log(engineer, { checks: [], severity });
  const seen: string[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await engineer.get(
      `/v1/coverage/incidents_without_check?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(body.items[0].severity);
    if (body.next === undefined) break;
    cursor = body.next;
  }
  expect(seen).toEqual(severities.toSorted());
});

test('a token sees the gaps of what it may know of', async () => {
  const { service, engineer } = await gateScene();
  await expectCreated(engineer.put('/v1/products/other', product));
  await log(engineer, { checks: [] });
  const elsewhere = await service.as('engineer', { name: 'eve', products: ['other'] });
  expect(await keys(elsewhere, 'incidents_without_check')).toEqual([]);
  expect(await keys(elsewhere, 'checks_never_run')).toEqual([]);
  expect(await keys(elsewhere, 'checks_always_waived')).toEqual([]);
});

test('400 for a kind of gap that is none, and for a cursor that the list never gave', async () => {
  const { engineer } = await gateScene();
  expect((await engineer.get('/v1/coverage/holes')).status).toBe(400);
  expect((await engineer.get('/v1/coverage/checks_never_run?cursor=x')).status).toBe(400);
});
