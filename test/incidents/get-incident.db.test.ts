import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

describe('getIncident', () => {
  test('200: everyone inside reads the whole record, internal notes included', async () => {
    const key = await desk.log({ ...preliminary, internalNotes: 'Ask the build team.' });
    for (const role of ['reader', 'engineer', 'approver', 'admin'] as const) {
      const who = await desk.service.as(role);
      const read = await who.get(`/v1/incidents/${key}`);
      expect(read.status).toBe(200);
      expect(read.headers.get('etag')).toBe('"1"');
      expect(read.body).toMatchObject({
        ...preliminary,
        key,
        internalNotes: 'Ask the build team.',
      });
    }
  });

  test('200: times are derived from the timeline', async () => {
    const at = (type: 'released' | 'detected', instant: string) =>
      ({ type, at: instant, precision: 'minute', text: 'T.' }) as const;
    const key = await desk.log({
      timeline: [at('released', '2024-07-19T04:09:00Z'), at('detected', '2024-07-19T04:39:00Z')],
    });
    const { body } = await desk.ann.get(`/v1/incidents/${key}`);
    expect(body.durations.toDetect.seconds).toBe(1800);
    expect(body.durations.toResolve).toEqual({
      seconds: null,
      because: 'The timeline has no resolution.',
    });
  });

  test('404: a key that nobody gave', async () => {
    const absent = await desk.ann.get('/v1/incidents/HF-2024-0404');
    expect(absent.status).toBe(404);
    expect(absent.body.detail).toContain('HF-2024-0404');
  });

  test('404: what lies outside of the products of a token answers as if it did not exist', async () => {
    const key = await desk.log({ affected: [{ product: 'sensor', versions: 'vers:intdot/1' }] });
    const outside = await desk.service.as('reader', { products: ['sensor-content'] });
    const inside = await desk.service.as('reader', { products: ['sensor'] });
    const hidden = await outside.get(`/v1/incidents/${key}`);
    const absent = await outside.get('/v1/incidents/HF-1999-0001');
    expect(hidden.status).toBe(404);
    expect(hidden.body.detail).toBe(absent.body.detail.replace('HF-1999-0001', key));
    expect((await inside.get(`/v1/incidents/${key}`)).status).toBe(200);
  });

  test('401 and 403: nobody without a token, and no pipeline', async () => {
    const key = await desk.log();
    const pipeline = await desk.service.as('pipeline');
    expect((await desk.service.anonymous.get(`/v1/incidents/${key}`)).status).toBe(401);
    expect((await pipeline.get(`/v1/incidents/${key}`)).status).toBe(403);
  });
});
