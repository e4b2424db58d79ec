import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const released = (at: string) => ({
  timeline: [{ at, precision: 'day', type: 'released', text: 'Out.' } as const],
});

describe('createIncident', () => {
  test('201: a title and a severity make a whole draft, with its address and its revision', async () => {
    const logged = await desk.ann.post('/v1/incidents', {
      title: 'Hosts stop',
      severity: 'sev1',
      ...released('2024-07-19'),
    });
    expect(logged.status).toBe(201);
    expect(logged.headers.get('location')).toBe('/v1/incidents/HF-2024-0001');
    expect(logged.headers.get('etag')).toBe('"1"');
    expect(logged.body).toMatchObject({
      key: 'HF-2024-0001',
      status: 'draft',
      revision: 1,
      publishedRevision: null,
      createdBy: 'ann',
      updatedBy: 'ann',
      publishedAt: null,
      withdrawal: null,
      editors: ['ann'],
      corrections: [],
      stage: 'preliminary',
      reach: 'unknown',
      durations: { toDetect: { seconds: null } },
    });
    expect((await desk.ann.get('/v1/incidents/HF-2024-0001')).body).toEqual(logged.body);
  });

  test('201: keys count by the year of the fault, or else of the creation, and skip what is taken', async () => {
    expect(await desk.log({ key: 'HF-2024-0002' })).toBe('HF-2024-0002');
    expect(await desk.log(released('2024-07-19'))).toBe('HF-2024-0001');
    expect(await desk.log(released('2024-01-01'))).toBe('HF-2024-0003');
    expect(await desk.log(released('2023-12-31'))).toBe('HF-2023-0001');
    const year = new Date().getUTCFullYear();
    expect(await desk.log({})).toBe(`HF-${year}-0001`);
  });

  test('201: keys given at the same time differ', async () => {
    const keys = await Promise.all(
      Array.from({ length: 6 }, () => desk.log(released('2024-07-19'))),
    );
    expect(keys.sort()).toEqual([1, 2, 3, 4, 5, 6].map((number) => `HF-2024-000${number}`));
  });

  test('201: a key of another house is kept as it is', async () => {
    expect(await desk.log({ key: 'ACME-1999-0042' })).toBe('ACME-1999-0042');
  });

  test('409: a key that is taken is not given twice', async () => {
    await desk.log({ key: 'HF-2024-0007' });
    const again = await desk.ann.post('/v1/incidents', { ...preliminary, key: 'HF-2024-0007' });
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(/HF-2024-0007 already. Leave the key out/);
  });

  test('422: every reference to nothing and every contradiction is listed, and nothing is stored', async () => {
    const refused = await desk.ann.post('/v1/incidents', {
      ...preliminary,
      affectedUnknown: false,
      affected: [{ product: 'sensor-contnet', versions: 'vers:intdot/>=7' }],
      timeline: [{ at: '2024-02-30', precision: 'day', type: 'note', text: 'N.' }],
      drivers: [{ driver: 'video-bus', versions: null, versionOf: 'file', role: 'trigger' }],
      checks: [{ check: 'boot-lop', why: 'W.' }],
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      { pointer: '/timeline/0/at', detail: expect.stringMatching(/^Write a day/) },
      {
        pointer: '/affected/0/product',
        detail:
          "There is no product 'sensor-contnet'. Put it first (holdfast product put sensor-contnet --file product.yaml), or correct the key.",
      },
      {
        pointer: '/drivers/0/driver',
        detail:
          "There is no driver 'video-bus'. Put it first (holdfast driver put video-bus --file driver.yaml), or correct the key.",
      },
      {
        pointer: '/checks/0/check',
        detail:
          "There is no check 'boot-lop'. Put it first (holdfast check put boot-lop --file check.yaml), or correct the key.",
      },
    ]);
    expect((await desk.ann.get('/v1/incidents')).body.items).toEqual([]);
    expect(await desk.log(released('2024-07-19'))).toBe('HF-2024-0001');
  });

  test('400: an unknown field is refused', async () => {
    const refused = await desk.ann.post('/v1/incidents', { ...preliminary, sevrity: 'sev1' });
    expect(refused.status).toBe(400);
  });

  test('403: approvers and readers log nothing', async () => {
    expect((await desk.ben.post('/v1/incidents', preliminary)).status).toBe(403);
  });

  test('a call repeated with its Idempotency-Key logs one incident', async () => {
    const send = () =>
      desk.ann.post('/v1/incidents', preliminary, { 'Idempotency-Key': 'night-of-the-19th' });
    const first = await send();
    const second = await send();
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe('"1"');
    expect((await desk.ann.get('/v1/incidents')).body.items).toHaveLength(1);
  });

  test('a token that is bound to a product speaks of no other', async () => {
    const bound = await desk.service.as('engineer', { name: 'cleo', products: ['sensor'] });
    const affects = (product: string) =>
      bound.post('/v1/incidents', {
        title: 'T',
        severity: 'sev1',
        affected: [{ product, versions: 'vers:intdot/1' }],
      });
    expect((await affects('sensor')).status).toBe(201);
    const refused = await affects('sensor-content');
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/affected/0/product',
        detail:
          "There is no product 'sensor-content'. Put it first (holdfast product put sensor-content --file product.yaml), or correct the key.",
      },
    ]);
  });

  test('422: to a token that is bound to a product, a check of another one is as absent as none', async () => {
    const other = {
      title: 'Mine',
      purpose: 'P.',
      kind: 'manual',
      enforcement: 'required',
      owner: 'o',
    };
    await desk.ann.put('/v1/checks/mine', { ...other, appliesTo: { products: ['sensor'] } });
    await desk.ann.put('/v1/checks/all', { ...other, appliesTo: {} });
    const bound = await desk.service.as('engineer', { name: 'cleo', products: ['sensor'] });
    const naming = (check: string, said: object = {}) =>
      bound.post('/v1/incidents', {
        title: 'T',
        severity: 'sev1',
        checks: [{ check, why: 'W.' }],
        ...said,
      });
    expect((await naming('mine')).status).toBe(201);
    expect((await naming('all')).status).toBe(201);
    for (const check of ['boot-loop', 'no-such-check']) {
      const refused = await naming(check);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toEqual([
        {
          pointer: '/checks/0/check',
          detail: `There is no check '${check}'. Put it first (holdfast check put ${check} --file check.yaml), or correct the key.`,
        },
      ]);
    }
    const action = { id: 'a', kind: 'prevent', title: 'T', status: 'proposed', owner: 'o' };
    const inAction = await naming('mine', { actions: [{ ...action, checks: ['boot-loop'] }] });
    expect(inAction.body.errors).toMatchObject([{ pointer: '/actions/0/checks/0' }]);
  });

  test('the audit trail names who wrote what', async () => {
    const key = await desk.log(released('2024-07-19'));
    const row = await desk.service.database.db
      .selectFrom('audit_entry')
      .select(['written_by', 'role', 'operation', 'subject', 'change'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      written_by: 'ann',
      role: 'engineer',
      operation: 'createIncident',
      subject: `/v1/incidents/${key}`,
      change: { title: 'T', severity: 'sev1', ...released('2024-07-19') },
    });
  });
});
