/** backtestIncidents and backtestIncident: would the gate have stopped past incidents, then and today? */
import { describe, expect, test } from 'vitest';
import { check, expectCreated, gateScene, incident, product } from '../../support/gate-scene.ts';
import type { Client } from '../../support/service.ts';

const at = (version: string) => `/v1/products/content/releases/${version}`;

async function show(client: Client, version: string, key: string, outcome: string) {
  const results = [{ check: key, outcome }];
  await expectCreated(client.post(`${at(version)}/results`, { results }));
}

const ship = (client: Client, version: string, more = {}) =>
  expectCreated(client.post(`${at(version)}/shipments`, { ring: 'general', ...more }));

/** `boots-twice` passed on 1.2, which shipped and was faulty; `deep-look` was written because of it. */
async function afterwards() {
  const { service, engineer } = await gateScene();
  await expectCreated(engineer.put(at('1.2'), {}));
  await show(engineer, '1.2', 'boots-twice', 'passed');
  await ship(engineer, '1.2');
  await expectCreated(engineer.put('/v1/checks/deep-look', check));
  const checks = [{ check: 'deep-look', why: 'It looks deeper.' }];
  const { body } = await expectCreated(engineer.post('/v1/incidents', { ...incident, checks }));
  return { service, engineer, key: body.key as string };
}

const firstRelease = async (client: Client) =>
  (await client.get('/v1/backtest')).body.items[0].releases[0];

describe('200', () => {
  test('a check that did not exist then holds the release back today, until it has run there', async () => {
    const { engineer } = await afterwards();
    expect(await firstRelease(engineer)).toMatchObject({
      product: 'content',
      version: '1.2',
      ring: 'general',
      before: { outcome: 'let_through', stoppedBy: [] },
      today: { outcome: 'held_back', stoppedBy: [{ check: 'deep-look', status: 'missing' }] },
    });
  });

  test('a result handed in afterwards blocks it today, by that check, and changes nothing about then', async () => {
    const { engineer } = await afterwards();
    await show(engineer, '1.2', 'deep-look', 'failed');
    const { before, today, shippedAt } = await firstRelease(engineer);
    expect(before).toEqual({ asOf: shippedAt, outcome: 'let_through', stoppedBy: [] });
    expect(today).toMatchObject({
      outcome: 'blocked',
      stoppedBy: [
        { check: 'deep-look', variant: null, status: 'failed', proof: 'red_only', incident: null },
      ],
    });
  });

  test('a release that shipped past a failing check would have been blocked then', async () => {
    const { service, engineer } = await gateScene();
    await expectCreated(engineer.put(at('1.2'), {}));
    await show(engineer, '1.2', 'boots-twice', 'failed');
    await ship(await service.as('approver'), '1.2', { pastGateReason: 'It was late.' });
    await expectCreated(engineer.post('/v1/incidents', incident));
    const { before, today } = await firstRelease(engineer);
    expect(before).toMatchObject({ outcome: 'blocked', stoppedBy: [{ check: 'boots-twice' }] });
    expect(today).toMatchObject({ outcome: 'blocked', stoppedBy: [{ check: 'boots-twice' }] });
  });

  test('a release that was registered only after it had shipped was not on record then', async () => {
    const { engineer } = await gateScene();
    await expectCreated(engineer.put(at('1.2'), {}));
    await ship(engineer, '1.2', { shippedAt: '2024-07-19T04:09:00Z' });
    await expectCreated(engineer.post('/v1/incidents', incident));
    expect(await firstRelease(engineer)).toMatchObject({
      shippedAt: '2024-07-19T04:09:00Z',
      before: { asOf: '2024-07-19T04:09:00Z', outcome: 'not_on_record', stoppedBy: [] },
      today: { outcome: 'held_back' },
    });
  });

  test('a release that never shipped is asked about as it was when the incident was logged', async () => {
    const { engineer } = await gateScene();
    await expectCreated(engineer.put(at('1.2'), {}));
    await show(engineer, '1.2', 'boots-twice', 'passed');
    const { body } = await expectCreated(engineer.post('/v1/incidents', incident));
    await show(engineer, '1.2', 'boots-twice', 'failed');
    expect(await firstRelease(engineer)).toMatchObject({
      shippedAt: null,
      ring: 'general',
      before: { asOf: body.createdAt, outcome: 'let_through' },
      today: { outcome: 'blocked' },
    });
  });

  test('only releases that the range holds are tested, at its open end and beside its exceptions too', async () => {
    const { engineer } = await gateScene();
    for (const version of ['0.9', '1.0', '1.2', '1.3', '1.5', '1.6']) {
      await expectCreated(engineer.put(at(version), {}));
    }
    const affected = [{ product: 'content', versions: 'vers:intdot/>=1.0|!=1.2|<1.5' }];
    const logged = await expectCreated(engineer.post('/v1/incidents', { ...incident, affected }));
    const { body } = await engineer.get(`/v1/incidents/${logged.body.key}/backtest`);
    expect(body.items.map(({ version }: { version: string }) => version)).toEqual(['1.0', '1.3']);
  });

  test('the list goes on behind its cursor, newest incident first, and tells of more releases', async () => {
    const { engineer } = await gateScene();
    for (let minor = 0; minor < 7; minor++) {
      await expectCreated(engineer.put(at(`1.0.${minor}`), {}));
    }
    await expectCreated(engineer.post('/v1/incidents', { ...incident, key: 'HF-2024-0001' }));
    await expectCreated(
      engineer.post('/v1/incidents', { ...incident, affected: [], key: 'HF-2024-0002' }),
    );
    const first = await engineer.get('/v1/backtest?limit=1');
    expect(first.body.items).toMatchObject([
      { incident: 'HF-2024-0002', releases: [], hasMoreReleases: false },
    ]);
    const second = await engineer.get(`/v1/backtest?limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({
      items: [{ incident: 'HF-2024-0001', hasMoreReleases: true }],
    });
    expect(second.body.next).toBeUndefined();
    expect(second.body.items[0].releases).toHaveLength(5);

    const versions: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const cursor: string = next && `&cursor=${next}`;
      const { body } = await engineer.get(`/v1/incidents/HF-2024-0001/backtest?limit=3${cursor}`);
      versions.push(...body.items.map(({ version }: { version: string }) => version));
      next = body.next;
    }
    expect(versions).toEqual([0, 1, 2, 3, 4, 5, 6].map((minor) => `1.0.${minor}`));
  });

  test('withdrawn incidents are left out, and what a token may not know of', async () => {
    const { service, engineer, key } = await afterwards();
    await expectCreated(engineer.put('/v1/products/other', product));
    const elsewhere = await service.as('engineer', { name: 'eve', products: ['other'] });
    expect((await elsewhere.get('/v1/backtest')).body.items).toEqual([]);
    const address = `/v1/incidents/${key}`;
    const etag = (await engineer.get(address)).headers.get('etag') ?? '';
    await expectCreated(
      engineer.patch(
        address,
        { summary: 'S', whatToDo: 'W', nextUpdateAt: '2099-01-01T00:00:00Z' },
        { 'If-Match': etag },
      ),
    );
    for (const [role, to, note] of [
      ['engineer', 'in_review', null],
      ['approver', 'approved', null],
      ['engineer', 'published', null],
      ['engineer', 'withdrawn', 'It was another product.'],
    ] as const) {
      const client = role === 'engineer' ? engineer : await service.as(role);
      const tag = (await engineer.get(address)).headers.get('etag') ?? '';
      await expectCreated(client.post(`${address}/transitions`, { to, note }, { 'If-Match': tag }));
    }
    expect((await engineer.get('/v1/backtest')).body.items).toEqual([]);
    expect((await engineer.get(`${address}/backtest`)).status).toBe(404);
  });
});

test('404 for an incident that is none; a token bound to other products is told the same', async () => {
  const { service, engineer, key } = await afterwards();
  await expectCreated(engineer.put('/v1/products/other', product));
  const absent = await engineer.get('/v1/incidents/HF-1999-0001/backtest');
  expect(absent.status).toBe(404);
  const elsewhere = await service.as('engineer', { name: 'eve', products: ['other'] });
  const hidden = await elsewhere.get(`/v1/incidents/${key}/backtest`);
  expect(hidden.status).toBe(404);
  expect(hidden.body.detail.replaceAll(key, 'HF-1999-0001')).toBe(absent.body.detail);
});

test('400 for a cursor that the lists never gave', async () => {
  const { engineer, key } = await afterwards();
  expect((await engineer.get('/v1/backtest?cursor=x')).status).toBe(400);
  expect((await engineer.get(`/v1/incidents/${key}/backtest?cursor=x`)).status).toBe(400);
});
