/** Approving a waiver: by whom, over what, and when not. */
import { describe, expect, test } from 'vitest';
import { type Client, type TestService, testService } from '../../support/service.ts';
import { done, incidentBehind, putProduct, release, sensorRelease } from '../sensor.ts';
import { inDays } from './in-days.ts';

const asked = { check: 'boot', reason: 'The lab is down.' };

/** The approval's address. */
async function request(client: Client, days = 5, more = {}): Promise<string> {
  const body = { ...asked, expiresAt: inDays(days), ...more };
  const reply = done(await client.post(`${release}/waivers`, body));
  return `/v1/waivers/${reply.body.id}/approval`;
}

const approvals = async ({ database }: TestService) =>
  (await database.pool.query('select approved_by from waiver_approval')).rows.length;

describe('200', () => {
  test('somebody else approves, over how the requirement stands, and the gate opens', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const incident = await incidentBehind(engineer, 'boot', 'sev1');
    await engineer.post(`${release}/results`, { results: [{ check: 'boot', outcome: 'failed' }] });
    const approval = await request(engineer);
    const approver = await service.as('approver', { name: 'ada' });
    const { status, body } = await approver.post(approval);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'active',
      requestedBy: 'engineer',
      risks: incident,
      approval: { by: 'ada', over: 'failed' },
    });
    expect(body.approval.at > body.requestedAt).toBe(true);
    const gate = await engineer.get(`${release}/gate`);
    expect(gate.body).toMatchObject({
      verdict: 'passed_with_waivers',
      answers: [
        { status: 'waived', insteadOf: 'failed', waiver: { approvedBy: 'ada', risks: incident } },
      ],
    });
  });

  test('it covers what it was approved over, and nothing graver', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const approver = await service.as('approver');
    const { body } = await approver.post(await request(engineer));
    expect(body.approval.over).toBe('missing');
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('passed_with_waivers');
    await engineer.post(`${release}/results`, { results: [{ check: 'boot', outcome: 'failed' }] });
    const gate = await engineer.get(`${release}/gate`);
    expect(gate.body.verdict).toBe('blocked');
    expect(gate.body.answers[0].waiversNotApplied[0].why).toMatch(/approved over missing/);
  });

  test('what is approved while it passes covers a later gap, but no later failure', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const hand = (outcome: string) =>
      engineer.post(`${release}/results`, { results: [{ check: 'boot', outcome }] });
    await hand('passed');
    const { body } = await (await service.as('approver')).post(await request(engineer));
    expect(body).toMatchObject({ status: 'active', approval: { over: 'missing' } });
    await hand('skipped');
    const gap = await engineer.get(`${release}/gate`);
    expect(gap.body).toMatchObject({ verdict: 'passed_with_waivers' });
    await hand('failed');
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('blocked');
  });

  test('where no second person is needed, who asked may approve', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await incidentBehind(engineer, 'boot', 'sev3');
    const approval = await request(await service.as('engineer', { name: 'ada' }));
    const { body } = await (await service.as('approver', { name: 'ada' })).post(approval);
    expect(body).toMatchObject({ status: 'active', requestedBy: 'ada', approval: { by: 'ada' } });
  });

  test('the same call with the same Idempotency-Key approves once and is answered the same', async () => {
    const service = await testService();
    const approval = await request(await sensorRelease(service));
    const approver = await service.as('approver');
    const key = { 'Idempotency-Key': 'a-1' };
    const first = await approver.post(approval, undefined, key);
    const again = await approver.post(approval, undefined, key);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await approvals(service)).toBe(1);
  });

  test('422 for the Idempotency-Key of the approval of another waiver, and it stays unapproved', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const [first, second] = [await request(engineer), await request(engineer)];
    const approver = await service.as('approver');
    const key = { 'Idempotency-Key': 'a-1' };
    await approver.post(first, undefined, key);
    expect((await approver.post(second, undefined, key)).status).toBe(422);
    expect(await approvals(service)).toBe(1);
  });

  test('of two who approve at the same time one does, and the other is told', async () => {
    const service = await testService();
    const approval = await request(await sensorRelease(service));
    const people = await Promise.all(
      ['ada', 'bob', 'cleo'].map((name) => service.as('approver', { name })),
    );
    const replies = await Promise.all(people.map((person) => person.post(approval)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await approvals(service)).toBe(1);
  });
});

describe('409, with nothing stored', () => {
  test.each(['sev1', 'sev2'])(
    'over %s its requester may not approve, whatever token is used',
    async (severity) => {
      const service = await testService();
      const engineer = await sensorRelease(service);
      const incident = await incidentBehind(engineer, 'boot', severity);
      const approval = await request(await service.as('pipeline', { name: 'ada' }));
      const { status, body } = await (await service.as('admin', { name: 'ada' })).post(approval);
      expect(status).toBe(409);
      expect(body.detail).toBe(
        `${incident} (${severity}) asks for a second person: somebody other than ada must approve.`,
      );
      expect(await approvals(service)).toBe(0);
      expect((await (await service.as('approver', { name: 'bob' })).post(approval)).status).toBe(
        200,
      );
    },
  );

  test('longer than what is risked by now allows is refused with the longest allowed', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await incidentBehind(engineer, 'boot', 'sev3');
    const approval = await request(engineer, 60);
    const incident = await incidentBehind(engineer, 'boot', 'sev1');
    const { status, body } = await (await service.as('approver')).post(approval);
    expect(status).toBe(409);
    expect(body.detail).toContain(`${incident} (sev1) allows is 7 days from its request`);
    expect(await approvals(service)).toBe(0);
  });

  test('what is approved already names who approved it', async () => {
    const service = await testService();
    const approval = await request(await sensorRelease(service));
    await (await service.as('approver', { name: 'ada' })).post(approval);
    const { status, body } = await (await service.as('approver', { name: 'bob' })).post(approval);
    expect(status).toBe(409);
    expect(body.detail).toBe('ada has approved this waiver already.');
  });

  test('what was revoked stays revoked', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const approval = await request(engineer);
    await engineer.post(approval.replace('approval', 'revocation'), { reason: 'The lab is back.' });
    const { status, body } = await (await service.as('approver')).post(approval);
    expect(status).toBe(409);
    expect(body.detail).toMatch(/revoked/);
    expect(await approvals(service)).toBe(0);
  });

  test('what has expired is over', async () => {
    const service = await testService();
    const approval = await request(await sensorRelease(service));
    await service.database.pool.query(
      `update waiver set requested_at = requested_at - interval '9 days', expires_at = clock_timestamp()`,
    );
    const { status, body } = await (await service.as('approver')).post(approval);
    expect(status).toBe(409);
    expect(body.detail).toMatch(/expired/);
    expect(await approvals(service)).toBe(0);
  });

  test('a check that is not asked of the release any more leaves nothing to approve', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await putProduct(engineer, 'scanner');
    const approval = await request(engineer);
    const check = await engineer.get('/v1/checks/boot');
    const { title, purpose, kind, enforcement, owner } = check.body;
    const appliesTo = { products: ['scanner'] };
    const ifMatch = { 'If-Match': check.headers.get('etag') ?? '' };
    done(
      await engineer.put(
        '/v1/checks/boot',
        { title, purpose, kind, enforcement, owner, appliesTo },
        ifMatch,
      ),
    );
    const { status, body } = await (await service.as('approver')).post(approval);
    expect(status).toBe(409);
    expect(body.detail).toMatch(/^boot is not asked of sensor 2\.0/);
  });
});

test('404 for a waiver that does not exist, and for one outside the products of the token alike', async () => {
  const service = await testService();
  const engineer = await sensorRelease(service);
  await putProduct(engineer, 'scanner');
  const approval = await request(engineer);
  const bound = await service.as('approver', { products: ['scanner'] });
  const outside = await bound.post(approval);
  const unknown = await bound.post('/v1/waivers/999/approval');
  expect([outside.status, unknown.status]).toEqual([404, 404]);
  expect(outside.body.detail).toBe(unknown.body.detail.replace('999', '1'));
  expect(await approvals(service)).toBe(0);
});

test('403 for everybody who only asks: pipelines, engineers and readers never approve', async () => {
  const service = await testService();
  const approval = await request(await sensorRelease(service));
  for (const role of ['pipeline', 'engineer', 'reader'] as const) {
    expect((await (await service.as(role, { name: 'ada' })).post(approval)).status).toBe(403);
  }
  expect((await service.anonymous.post(approval)).status).toBe(401);
  expect(await approvals(service)).toBe(0);
});

test('an approval is in the audit trail with who gave it', async () => {
  const service = await testService();
  const approval = await request(await sensorRelease(service));
  await (await service.as('approver', { name: 'ada' })).post(approval);
  const { body } = await (await service.as('admin')).get('/v1/audit?subject=/v1/waivers/1');
  expect(body.items).toMatchObject([
    { by: 'ada', operation: 'approveWaiver', change: { approval: { by: 'ada' } } },
    { by: 'engineer', operation: 'requestWaiver', change: { approval: null } },
  ]);
});
