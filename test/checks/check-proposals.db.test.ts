/** Deciding about a change that makes a check weaker, and what is kept of it. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { aCheck } from './a-check.ts';
import {
  address,
  type GraveCheck,
  graveCheck,
  reason,
  revision1,
  weaker,
  weakerAddress,
} from './grave-check.ts';

const proposal = `${address}/proposals/1`;
const revisions = `${address}/revisions`;

async function proposed(): Promise<GraveCheck> {
  const scene = await graveCheck();
  await scene.ann.put(weakerAddress, weaker, revision1);
  return scene;
}

describe('approval', () => {
  test('200 by somebody else makes the check what was proposed, as a revision with its reason and both people', async () => {
    const { ann, ada } = await proposed();
    const { status, body } = await ada.post(`${proposal}/approval`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'approved', decision: { by: 'ada', reason: null } });
    expect((await ann.get(address)).body).toMatchObject({
      enforcement: 'advisory',
      revision: 2,
      proposal: null,
    });
    expect((await ann.get(revisions)).body.items[0]).toMatchObject({
      revision: 2,
      by: 'ann',
      approvedBy: 'ada',
      reason,
      changes: [{ pointer: '/enforcement', before: 'required', after: 'advisory' }],
    });
  });

  test('409 by who proposed it, however the name is spelled', async () => {
    const { service, ann } = await proposed();
    const same = await service.as('approver', { name: 'Ann ' });
    const { status, body } = await same.post(`${proposal}/approval`);
    expect(status).toBe(409);
    expect(body.detail).toContain('somebody else');
    expect((await ann.get(address)).body).toMatchObject({ enforcement: 'required', revision: 1 });
  });

  test('409 a second time, naming who decided', async () => {
    const { ada } = await proposed();
    await ada.post(`${proposal}/approval`);
    const again = await ada.post(`${proposal}/approval`);
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(/^ada approved it at /);
  });

  test('the same call with the same Idempotency-Key is answered the same', async () => {
    const { ada } = await proposed();
    const key = { 'Idempotency-Key': 'p-1' };
    const first = await ada.post(`${proposal}/approval`, undefined, key);
    const again = await ada.post(`${proposal}/approval`, undefined, key);
    expect(again).toMatchObject({ status: 200, body: first.body });
  });

  test('of two approvers at the same time one does it, and the check has one revision more', async () => {
    const { service, ann, ada } = await proposed();
    const bob = await service.as('approver', { name: 'bob' });
    const replies = await Promise.all([
      ada.post(`${proposal}/approval`),
      bob.post(`${proposal}/approval`),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await ann.get(address)).body.revision).toBe(2);
  });

  test('of an approval and a rejection at the same time one counts', async () => {
    const { service, ann, ada } = await proposed();
    const bob = await service.as('engineer', { name: 'bob' });
    const [approved, rejected] = await Promise.all([
      ada.post(`${proposal}/approval`),
      bob.post(`${proposal}/rejection`, { reason: 'No.' }),
    ]);
    expect([approved.status, rejected.status].sort()).toEqual([200, 409]);
    const { enforcement } = (await ann.get(address)).body;
    expect(enforcement).toBe(approved.status === 200 ? 'advisory' : 'required');
  });

  test('of an approval and a stronger put at the same time neither is lost unseen', async () => {
    const { ann, ada } = await proposed();
    const stronger = { ...aCheck, minCases: 2 };
    const [approved, put] = await Promise.all([
      ada.post(`${proposal}/approval`),
      ann.put(address, stronger, revision1),
    ]);
    expect([
      [200, 412],
      [409, 200],
    ]).toContainEqual([approved.status, put.status]);
    expect((await ann.get(address)).body.revision).toBe(2);
  });

  test('422 where what was proposed is not possible any more, and it goes on waiting', async () => {
    const { service, ann, ada } = await graveCheck();
    await ann.put(weakerAddress, { ...aCheck, retiredAt: '2031-01-01T00:00:00Z' }, revision1);
    await sql`
      update check_proposal set body = body || '{"retiredAt": "2024-07-19T04:09:00Z"}'
    `.execute(service.database.db);
    const { status, body } = await ada.post(`${proposal}/approval`);
    expect([status, body.errors[0].pointer]).toEqual([422, '/retiredAt']);
    expect((await ann.get(proposal)).body.status).toBe('pending');
  });
});

describe('rejection', () => {
  test('200 leaves the check as it is, with who, and why', async () => {
    const { ann, ada } = await proposed();
    const { status, body } = await ada.post(`${proposal}/rejection`, { reason: 'Mend the lab.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'rejected',
      decision: { by: 'ada', reason: 'Mend the lab.' },
    });
    expect((await ann.get(address)).body).toMatchObject({ revision: 1, proposal: null });
    const late = await ada.post(`${proposal}/approval`);
    expect(late).toMatchObject({ status: 409 });
  });

  test('200 by who proposed it, who can then propose something else', async () => {
    const { ann } = await proposed();
    expect((await ann.post(`${proposal}/rejection`, { reason: 'A mistake.' })).status).toBe(200);
    const other = { ...aCheck, allowSkipped: true };
    expect(await ann.put(weakerAddress, other, revision1)).toMatchObject({
      status: 202,
      body: { number: 2 },
    });
    const twice = await ann.post(`${proposal}/rejection`, { reason: 'A mistake.' });
    expect(twice.status).toBe(409);
  });

  test('400 without a reason', async () => {
    const { ann } = await proposed();
    expect((await ann.post(`${proposal}/rejection`, {})).status).toBe(400);
  });
});

test('422 for an Idempotency-Key that was used for another call', async () => {
  const { ann, ada } = await proposed();
  const key = { 'Idempotency-Key': 'p-1' };
  await ann.post(`${proposal}/rejection`, { reason: 'A mistake.' }, key);
  const other = await ann.post(`${proposal}/rejection`, { reason: 'Another.' }, key);
  expect(other.status).toBe(422);
  expect((await ada.post(`${address}/proposals/9/approval`)).status).toBe(404);
});

describe('reading', () => {
  const items = async ({ ann }: GraveCheck, query = '') =>
    (await ann.get(`/v1/check-proposals${query}`)).body.items.map(
      ({ number, status }: { number: number; status: string }) => `${number} ${status}`,
    );

  async function several(): Promise<GraveCheck> {
    const scene = await proposed();
    const { ann, ada } = scene;
    await ann.post(`${proposal}/rejection`, { reason: 'A mistake.' });
    await ann.put(weakerAddress, weaker, revision1);
    await ann.put(address, { ...aCheck, minCases: 2 }, revision1);
    await ann.put(weakerAddress, aCheck, { 'If-Match': '"2"' });
    await ada.post(`${address}/proposals/3/approval`);
    await ann.put(weakerAddress, weaker, { 'If-Match': '"3"' });
    return scene;
  }

  test('200 lists the newest first, page by page, and narrows to a check and a status', async () => {
    const scene = await several();
    const all = ['4 pending', '3 approved', '2 outdated', '1 rejected'];
    expect(await items(scene)).toEqual(all);
    const paged = [];
    for (let next = ''; next !== undefined; ) {
      const { body } = await scene.ann.get(
        `/v1/check-proposals?limit=1${next && `&cursor=${next}`}`,
      );
      paged.push(...body.items.map(({ number }: { number: number }) => number));
      next = body.next;
    }
    expect(paged).toEqual([4, 3, 2, 1]);
    for (const line of all) {
      expect(await items(scene, `?check=boot&status=${line.split(' ')[1]}`)).toEqual([line]);
    }
    expect(await items(scene, '?check=other')).toEqual([]);
  });

  test('200 lists what changed in the check, by whom and why, page by page', async () => {
    const { ann } = await several();
    const { body } = await ann.get(revisions);
    expect(body.items).toMatchObject([
      { revision: 3, by: 'ann', approvedBy: 'ada', reason, changes: [{ pointer: '/minCases' }] },
      { revision: 2, by: 'ann', approvedBy: null, reason: null },
      { revision: 1, by: 'ann', reason: null, changes: [{ pointer: '' }] },
    ]);
    const first = await ann.get(`${revisions}?limit=2`);
    expect(first.body.items).toEqual(body.items.slice(0, 2));
    const second = await ann.get(`${revisions}?limit=2&cursor=${first.body.next}`);
    expect(second.body).toEqual({ items: body.items.slice(2) });
  });

  test('a reason is kept with what applies at once, too', async () => {
    const { ann } = await graveCheck();
    await ann.put(`${address}?reason=More`, { ...aCheck, minCases: 2 }, revision1);
    await ann.put('/v1/checks/other?reason=First', aCheck);
    expect((await ann.get(revisions)).body.items[0]).toMatchObject({ reason: 'More' });
    const other = (await ann.get('/v1/checks/other/revisions')).body.items;
    expect(other).toMatchObject([{ revision: 1, reason: 'First' }]);
  });

  test('400 for a cursor that these lists never gave', async () => {
    const { ann } = await proposed();
    for (const list of [revisions, '/v1/check-proposals']) {
      const { status, body } = await ann.get(`${list}?cursor=made-up`);
      expect([status, body.errors[0].parameter]).toEqual([400, 'cursor']);
    }
  });

  test('404 for what is not there, and for a check of products out of reach, which is in no list', async () => {
    const { service, ann, ada } = await proposed();
    const sensor = { name: 'Sensor', versionScheme: 'intdot', rings: ['general'] };
    await ann.put('/v1/products/sensor', sensor);
    await ann.put('/v1/products/agent', sensor);
    const forSensor = { ...weaker, appliesTo: { products: ['sensor'] } };
    await ann.post(`${proposal}/rejection`, { reason: 'Not so.' });
    await ann.put(weakerAddress, forSensor, revision1);
    await ada.post(`${address}/proposals/2/approval`);
    const bound = await service.as('approver', { name: 'bob', products: ['agent'] });
    const unbound = ann;
    for (const [client, of] of [
      [bound, `${address}/proposals/1`],
      [unbound, `${address}/proposals/9`],
      [unbound, '/v1/checks/nothing/proposals/1'],
    ] as const) {
      expect((await client.get(of)).status).toBe(404);
      expect((await client.post(`${of}/rejection`, { reason: 'No.' })).status).toBe(404);
    }
    expect((await bound.post(`${address}/proposals/1/approval`)).status).toBe(404);
    expect((await bound.get(revisions)).status).toBe(404);
    expect((await bound.get('/v1/check-proposals')).body).toEqual({ items: [] });
    expect((await unbound.get('/v1/checks/nothing/revisions')).status).toBe(404);
  });
});
