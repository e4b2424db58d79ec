/** Asking for a waiver: how long it may run, and who must approve it. */
import { describe, expect, test } from 'vitest';
import { testService } from '../../support/service.ts';
import {
  incidentBehind,
  nothing,
  putCheck,
  putProduct,
  release,
  rowCounts,
  sensorRelease,
} from '../sensor.ts';
import { inDays } from './in-days.ts';

const waivers = `${release}/waivers`;
const boot = (days: number, more = {}) => ({
  check: 'boot',
  reason: 'The lab is down.',
  expiresAt: inDays(days),
  ...more,
});

describe('201', () => {
  test('the answer says what was asked for, what it risks, and who must approve it', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const incident = await incidentBehind(engineer, 'boot', 'sev1');
    await incidentBehind(engineer, 'boot', 'sev3');
    const pipeline = await service.as('pipeline', { name: 'build', products: ['sensor'] });
    const ticketUrl = 'https://tickets.example.test/4711';
    const variant = { os: 'windows-10' };
    const expiresAt = `${inDays(6).slice(0, 10)}T02:00:00+02:00`;
    const reply = await pipeline.post(waivers, boot(6, { variant, ticketUrl, expiresAt }));
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: '1',
      product: 'sensor',
      version: '2.0',
      versions: null,
      check: 'boot',
      variant,
      reason: 'The lab is down.',
      ticketUrl,
      status: 'requested',
      requestedBy: 'build',
      requestedAt: reply.body.requestedAt,
      expiresAt: `${expiresAt.slice(0, 10)}T00:00:00Z`,
      risks: incident,
      severity: 'sev1',
      secondPerson: true,
      approval: null,
      revocation: null,
    });
    const { product, version } = reply.body;
    const readBack = await pipeline.get(`/v1/waivers?product=${product}&version=${version}`);
    expect(readBack.body.items).toEqual([reply.body]);
  });

  test('a check without an incident counts as sev4', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { body } = await engineer.post(waivers, boot(89));
    expect(body).toMatchObject({ risks: null, severity: 'sev4', secondPerson: false });
  });

  test('a withdrawn incident is not risked', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const grave = await incidentBehind(engineer, 'boot', 'sev1');
    const mild = await incidentBehind(engineer, 'boot', 'sev4');
    const { pool } = service.database;
    await pool.query(
      `update incident set status = 'withdrawn', published_revision = 1, withdrawn_at = clock_timestamp(),
         withdrawal_notice = 'It was another product.' where key = $1`,
      [grave],
    );
    await pool.query(
      `update incident_revision set status = 'withdrawn' from incident
       where incident.id = incident_id and incident.key = $1`,
      [grave],
    );
    const { body } = await engineer.post(waivers, boot(89));
    expect(body).toMatchObject({ risks: mild, severity: 'sev4' });
  });

  test.each(['sev3', 'sev4'])(
    'an approver who asks over %s approves it at once',
    async (severity) => {
      const service = await testService();
      const engineer = await sensorRelease(service);
      await incidentBehind(engineer, 'boot', severity);
      await engineer.post(`${release}/results`, {
        results: [{ check: 'boot', outcome: 'failed' }],
      });
      const approver = await service.as('approver', { name: 'ada' });
      const { body } = await approver.post(waivers, boot(30));
      const { requestedAt: at } = body;
      expect(body).toMatchObject({ status: 'active', approval: { by: 'ada', at, over: 'failed' } });
      const gate = await engineer.get(`${release}/gate`);
      expect(gate.body.verdict).toBe('passed_with_waivers');
    },
  );

  test.each(['sev1', 'sev2'])(
    'an approver who asks over %s needs a second person',
    async (severity) => {
      const service = await testService();
      const engineer = await sensorRelease(service);
      await incidentBehind(engineer, 'boot', severity);
      const approver = await service.as('approver');
      const { body } = await approver.post(waivers, boot(5));
      expect(body).toMatchObject({ status: 'requested', secondPerson: true, approval: null });
    },
  );

  test.each(['engineer', 'pipeline'] as const)(
    'what an %s asks for is never approved at once',
    async (role) => {
      const service = await testService();
      await sensorRelease(service);
      const client = await service.as(role);
      const { body } = await client.post(waivers, boot(5));
      expect(body).toMatchObject({ status: 'requested', secondPerson: false, approval: null });
      expect((await client.get(`${release}/gate`)).body.verdict).toBe('pending');
    },
  );

  test('what is approved at once is approved over the gravest variant that it speaks of', async () => {
    const service = await testService();
    const variants = [{ os: 'windows-10' }, { os: 'windows-11' }];
    const engineer = await sensorRelease(service, { checks: { boot: { variants } } });
    await engineer.post(`${release}/results`, {
      results: [{ check: 'boot', outcome: 'failed', variant: { os: 'windows-11' } }],
    });
    const approver = await service.as('approver');
    const ten = await approver.post(waivers, boot(5, { variant: { os: 'windows-10' } }));
    const all = await approver.post(waivers, boot(5));
    expect(ten.body.approval.over).toBe('missing');
    expect(all.body.approval.over).toBe('failed');
  });

  test('a check that came after the release had entered its last ring can be waived for the others', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service, { checks: {} });
    await engineer.post(`${release}/shipments`, { ring: 'general' });
    await putCheck(engineer, 'boot', {});
    expect((await engineer.post(waivers, boot(5))).status).toBe(201);
  });

  test('the same call with the same Idempotency-Key asks once and is answered the same', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const key = { 'Idempotency-Key': 'w-1' };
    const asked = boot(5);
    const first = await engineer.post(waivers, asked, key);
    const again = await engineer.post(waivers, asked, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await rowCounts(service)).toMatchObject({ waivers: 1 });
  });
});

describe('refused, with nothing stored', () => {
  test.each([
    { severity: 'sev1', days: 7 },
    { severity: 'sev2', days: 30 },
    { severity: 'sev3', days: 90 },
    { severity: 'sev4', days: 90 },
    { severity: null, days: 90 },
  ])(
    '422 past $days days over $severity names the longest allowed, which is then accepted',
    async ({ severity, days }) => {
      const service = await testService();
      const engineer = await sensorRelease(service);
      if (severity !== null) await incidentBehind(engineer, 'boot', severity);
      const { status, body } = await engineer.post(waivers, boot(days + 1));
      expect(status).toBe(422);
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0].pointer).toBe('/expiresAt');
      expect(body.errors[0].detail).toContain(`is ${days} days from its request`);
      expect(await rowCounts(service)).toEqual(nothing);

      const [longest] = /\S+Z(?=\.$)/.exec(body.errors[0].detail) ?? [];
      expect((await engineer.post(waivers, { ...boot(1), expiresAt: longest })).status).toBe(201);
    },
  );

  test('422 past what a stricter product allows', async () => {
    const service = await testService();
    const engineer = await service.as('engineer');
    await putProduct(engineer, 'sensor', { waiverDaysMax: { sev4: 10 } });
    await putCheck(engineer, 'boot', {});
    await engineer.put(release, {});
    expect((await engineer.post(waivers, boot(11))).body.errors[0].detail).toContain('10 days');
    expect((await engineer.post(waivers, boot(9))).status).toBe(201);
  });

  test('422 for an expiry in the past', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { status, body } = await engineer.post(waivers, boot(-1));
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({
      pointer: '/expiresAt',
      detail: expect.stringContaining('expired before it began'),
    });
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a check that does not exist, with the one that was probably meant', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { status, body } = await engineer.post(waivers, boot(1, { check: 'boott' }));
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '/check', detail: "There is no check 'boott'. Did you mean 'boot'?" },
    ]);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a check that is asked of other products only', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await putProduct(engineer, 'scanner');
    await putCheck(engineer, 'scan', { appliesTo: { products: ['scanner'] } });
    const { status, body } = await engineer.post(waivers, boot(1, { check: 'scan' }));
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: '/check',
        detail: 'scan is not asked of sensor 2.0, so there is nothing to waive.',
      },
    ]);
    const bound = await service.as('pipeline', { products: ['sensor'] });
    const hidden = await bound.post(waivers, boot(1, { check: 'scan' }));
    expect(hidden.body.errors[0].detail).toMatch(/^There is no check 'scan'\./);
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('422 for a variant that the check does not list', async () => {
    const service = await testService();
    const variants = [{ os: 'windows-10' }];
    const engineer = await sensorRelease(service, { checks: { boot: { variants } } });
    const { status, body } = await engineer.post(
      waivers,
      boot(1, { variant: { os: 'windows10' } }),
    );
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({
      pointer: '/variant',
      detail: expect.stringContaining('Did you mean os=windows-10?'),
    });
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('400 without a reason, with a blank one, and without an expiry', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    const { reason, ...unreasoned } = boot(1);
    const { expiresAt, ...endless } = boot(1);
    for (const asked of [unreasoned, endless, boot(1, { reason: ' ' })]) {
      expect((await engineer.post(waivers, asked)).status).toBe(400);
    }
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('404 for what is not registered, and for what lies outside the products of the token', async () => {
    const service = await testService();
    const engineer = await sensorRelease(service);
    await putProduct(engineer, 'scanner');
    expect((await engineer.post('/v1/products/sensor/releases/3.0/waivers', boot(1))).status).toBe(
      404,
    );
    const bound = await service.as('pipeline', { products: ['scanner'] });
    const outside = await bound.post(waivers, boot(1));
    const unknown = await bound.post('/v1/products/nothing/releases/2.0/waivers', boot(1));
    expect(outside.status).toBe(404);
    expect(outside.body.detail).toBe(unknown.body.detail.replace('nothing', 'sensor'));
    expect(await rowCounts(service)).toEqual(nothing);
  });

  test('401 without a token, 403 for a reader', async () => {
    const service = await testService();
    await sensorRelease(service);
    expect((await service.anonymous.post(waivers, boot(1))).status).toBe(401);
    expect((await (await service.as('reader')).post(waivers, boot(1))).status).toBe(403);
  });
});
