import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const affects = (product: string) => ({ product, versions: 'vers:intdot/1' });

async function keysOf(query: string): Promise<string[]> {
  const { body } = await desk.ann.get(`/v1/incidents${query}`);
  return body.items.map(({ key }: { key: string }) => key);
}

describe('listIncidents', () => {
  test('200: incidents in short, the last changed first', async () => {
    const first = await desk.log({
      ...preliminary,
      affectedUnknown: false,
      affected: [affects('sensor'), affects('sensor-content'), affects('sensor')],
      internalNotes: 'N.',
    });
    const second = await desk.log();
    expect(await keysOf('')).toEqual([second, first]);
    await desk.edit(desk.ann, first, { reach: 'wide' });
    const { body } = await desk.ann.get('/v1/incidents');
    expect(body.items[0]).toEqual({
      key: first,
      title: preliminary.title,
      status: 'draft',
      occurrence: 'faulty_release',
      stage: 'preliminary',
      severity: 'sev1',
      reach: 'wide',
      products: ['sensor', 'sensor-content'],
      revision: 2,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      publishedAt: null,
    });
  });

  test('200: pages follow each other without a gap or a repetition', async () => {
    const keys = [];
    for (let count = 0; count < 5; count++) keys.unshift(await desk.log());
    const pages: string[][] = [];
    let next: string | undefined;
    do {
      const cursor: string = next ? `&cursor=${encodeURIComponent(next)}` : '';
      const { body } = await desk.ann.get(`/v1/incidents?limit=2${cursor}`);
      pages.push(body.items.map(({ key }: { key: string }) => key));
      next = body.next;
    } while (next);
    expect(pages).toEqual([keys.slice(0, 2), keys.slice(2, 4), keys.slice(4)]);
  });

  test('200: filters by status, severity, product and check', async () => {
    const sev1 = await desk.log();
    const sev3 = await desk.log({ ...preliminary, severity: 'sev3' });
    const ofSensor = await desk.log({ severity: 'sev2', affected: [affects('sensor')] });
    const hosted = await desk.log({
      severity: 'sev2',
      affected: [{ product: 'sensor', versions: null, noVersionsBecause: 'Hosted.' }],
    });
    const checked = await desk.log({
      severity: 'sev2',
      checks: [{ check: 'boot-loop', why: 'W.' }],
    });
    await desk.move(desk.ann, sev1, 'in_review');
    expect(await keysOf('?status=in_review')).toEqual([sev1]);
    expect(await keysOf('?severity=sev3')).toEqual([sev3]);
    expect(await keysOf('?product=sensor')).toEqual([hosted, ofSensor]);
    expect(await keysOf('?check=boot-loop')).toEqual([checked]);
    expect(await keysOf('?severity=sev2&product=sensor&check=boot-loop')).toEqual([]);
  });

  test('200: an incident is found by a check for as long as that binds for it', async () => {
    const checks = [{ check: 'boot-loop', why: 'W.' }];
    const draft = await desk.log({ ...preliminary, checks });
    const published = await desk.log({ ...preliminary, checks });
    await desk.publish(published);
    for (const key of [draft, published]) await desk.edit(desk.ann, key, { checks: [] });
    expect(await keysOf('?check=boot-loop')).toEqual([published]);
  });

  test('200: every word must occur, in key, title or summary, whatever the case', async () => {
    const key = await desk.log({
      key: 'ACME-2024-0042',
      title: 'Hosts stop at start',
      summary: 'The channel file has 100% of a_b fields.',
      internalNotes: 'secret',
    });
    await desk.log({ title: 'Other' });
    const found = (q: string) => keysOf(`?q=${encodeURIComponent(q)}`);
    for (const q of ['STOP', 'channel hosts', '  Start   0042 ', '100%', '%', 'a_b', 'file']) {
      expect(await found(q), q).toEqual([key]);
    }
    for (const q of ['hosts missing', 'a%b', 'aXb', 'secret', "'"]) {
      expect(await found(q), q).toEqual([]);
    }
  });

  test('200: a token bound to products sees what concerns them, and what may concern anybody', async () => {
    const ofSensor = await desk.log({ affected: [affects('sensor')] });
    await desk.log({ affected: [affects('sensor-content')] });
    const ofNobody = await desk.log();
    const bound = await desk.service.as('reader', { products: ['sensor'] });
    const { body } = await bound.get('/v1/incidents');
    expect(body.items.map(({ key }: { key: string }) => key)).toEqual([ofNobody, ofSensor]);
  });

  test('400: a cursor that no list gave', async () => {
    const refused = await desk.ann.get('/v1/incidents?cursor=abc');
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].parameter).toBe('cursor');
  });
});
