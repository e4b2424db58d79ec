/** putCheck where it makes a check weaker that a grave incident stands behind: it waits for a second person. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testService } from '../support/service.ts';
import { aCheck } from './a-check.ts';
import {
  address,
  graveCheck,
  incidentBehind,
  reason,
  revision1,
  weaker,
  weakerAddress,
} from './grave-check.ts';

const proposal = `${address}/proposals/1`;

describe.each(['sev1', 'sev2'])('with %s behind it', (severity) => {
  test('202 keeps what is weaker as a proposal, and the check stays as it is', async () => {
    const { ann } = await graveCheck(severity);
    const put = await ann.put(weakerAddress, weaker, revision1);
    expect(put.status).toBe(202);
    expect(put.headers.get('location')).toBe(proposal);
    expect(put.body).toMatchObject({
      check: 'boot',
      number: 1,
      status: 'pending',
      reason,
      proposedBy: 'ann',
      revision: 1,
      changes: [{ pointer: '/enforcement', before: 'required', after: 'advisory' }],
      weaker: [{ pointer: '/enforcement', detail: 'It would be advisory only.' }],
      wanted: weaker,
      decision: null,
    });
    expect((await ann.get(proposal)).body).toEqual(put.body);
    const { number, proposedBy, proposedAt } = put.body;
    expect((await ann.get(address)).body).toMatchObject({
      enforcement: 'required',
      revision: 1,
      proposal: { number, reason, proposedBy, proposedAt },
    });
  });

  test('200 at once for what makes it no weaker', async () => {
    const { ann } = await graveCheck(severity);
    const stronger = { ...aCheck, title: 'Boots thrice', minCases: 3 };
    const put = await ann.put(address, stronger, revision1);
    expect(put).toMatchObject({ status: 200, body: { revision: 2, minCases: 3, proposal: null } });
  });
});

test.each(['sev3', 'sev4'])(
  '200 at once for what is weaker with %s behind it',
  async (severity) => {
    const { ann } = await graveCheck(severity);
    expect(await ann.put(address, weaker, revision1)).toMatchObject({
      status: 200,
      body: { enforcement: 'advisory' },
    });
  },
);

test('200 at once where the grave incident was withdrawn', async () => {
  const { service, ann } = await graveCheck();
  await sql`
    update incident set status = 'withdrawn', published_revision = 1,
      withdrawn_at = clock_timestamp(), withdrawal_notice = 'It was another product.'
  `.execute(service.database.db);
  expect(await ann.put(address, weaker, revision1)).toMatchObject({ status: 200 });
});

test('422 without a reason names the parameter and what is weaker, and nothing is kept', async () => {
  const { ann } = await graveCheck();
  const put = await ann.put(address, weaker, revision1);
  expect(put.status).toBe(422);
  expect(put.body.errors).toEqual([
    { parameter: 'reason', detail: expect.stringContaining('/enforcement') },
  ]);
  expect((await ann.get(address)).body.proposal).toBeNull();
  expect((await ann.put(`${address}?reason=%20`, weaker, revision1)).status).toBe(400);
});

test('428 without If-Match and 412 with a stale one, and nothing is kept', async () => {
  const { ann } = await graveCheck();
  expect((await ann.put(weakerAddress, weaker)).status).toBe(428);
  expect((await ann.put(weakerAddress, weaker, { 'If-Match': '"7"' })).status).toBe(412);
  expect((await ann.get(address)).body.proposal).toBeNull();
});

test('202 again for the same put again: there is one proposal', async () => {
  const { ann } = await graveCheck();
  const first = await ann.put(weakerAddress, weaker, revision1);
  const again = await ann.put(weakerAddress, weaker, revision1);
  expect(again).toMatchObject({ status: 202, body: first.body });
  expect((await ann.get('/v1/check-proposals')).body.items).toHaveLength(1);
});

test('409 for another one while one waits, naming it; what is stronger still applies, and outdates it', async () => {
  const { ann, ada } = await graveCheck();
  await ann.put(weakerAddress, weaker, revision1);
  const other = { ...aCheck, allowSkipped: true };
  const refused = await ann.put(weakerAddress, other, revision1);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('Proposal 1 of ann');

  const stronger = { ...aCheck, minCases: 2 };
  const put = await ann.put(address, stronger, revision1);
  expect(put).toMatchObject({ status: 200, body: { proposal: null } });
  expect((await ann.get(proposal)).body).toMatchObject({ status: 'outdated' });
  const late = await ada.post(`${proposal}/approval`);
  expect(late.status).toBe(409);
  expect(late.body.detail).toContain('changed since revision 1');
  expect((await ann.get(address)).body).toMatchObject({ enforcement: 'required', revision: 2 });
  const next = await ann.put(weakerAddress, { ...weaker, minCases: 2 }, { 'If-Match': '"2"' });
  expect(next).toMatchObject({ status: 202, body: { number: 2 } });
});

test('weakening and an incident logged at the same time have one order: nobody weakens a grave check alone', async () => {
  const service = await testService();
  const ann = await service.as('engineer', { name: 'ann' });
  const statuses = [];
  for (let n = 1; n <= 12; n++) {
    const key = `boot-${n}`;
    await ann.put(`/v1/checks/${key}`, aCheck);
    const put = () => ann.put(`/v1/checks/${key}?reason=flaky`, weaker, revision1);
    const log = () => ann.post('/v1/incidents', incidentBehind(key, 'sev1'));
    const [first, second] = n % 2 === 0 ? [put, log] : [log, put];
    const replies = await Promise.all([first(), second()]);
    const [weakened, logged] = n % 2 === 0 ? replies : replies.toReversed();
    expect(logged?.status).toBe(201);
    expect([200, 202]).toContain(weakened?.status);
    statuses.push(weakened?.status);
    const check = (await ann.get(`/v1/checks/${key}`)).body;
    if (weakened?.status === 202) expect(check).toMatchObject({ enforcement: 'required' });
    else expect(check.updatedAt < logged?.body.createdAt).toBe(true);
  }
  expect(statuses).toHaveLength(12);
});
