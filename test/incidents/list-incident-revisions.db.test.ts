import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

describe('listIncidentRevisions', () => {
  test('200: who changed what, newest first, each as a difference to the one before', async () => {
    const key = await desk.log();
    await desk.edit(desk.ann, key, { reach: 'wide', internalNotes: 'N.' });
    await desk.move(desk.ann, key, 'in_review', 'Times checked.');
    const { status, body } = await desk.ann.get(`/v1/incidents/${key}/revisions`);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { revision: 3, by: 'ann', status: 'in_review', note: 'Times checked.', changes: [] },
      {
        revision: 2,
        by: 'ann',
        status: 'draft',
        note: null,
        changes: [
          { pointer: '/reach', before: 'unknown', after: 'wide' },
          { pointer: '/internalNotes', before: '', after: 'N.' },
        ],
      },
      { revision: 1, status: 'draft', changes: [{ pointer: '' }] },
    ]);
    expect(body.items[2].changes[0].after.title).toBe('Hosts stop at start');
    expect(body.next).toBeUndefined();
  });

  test('200: no two revisions share an instant', async () => {
    const key = await desk.log();
    for (const reach of ['wide', 'limited', 'single_customer']) {
      await desk.edit(desk.ann, key, { reach });
    }
    const { body } = await desk.ann.get(`/v1/incidents/${key}/revisions`);
    const instants = body.items.map(({ at }: { at: string }) => at);
    expect(new Set(instants).size).toBe(4);
    expect(instants).toEqual([...instants].sort().reverse());
  });

  test('200: the last revision of a page is compared with the first of the next', async () => {
    const key = await desk.log();
    await desk.edit(desk.ann, key, { reach: 'wide' });
    await desk.edit(desk.ann, key, { reach: 'limited' });
    const first = await desk.ann.get(`/v1/incidents/${key}/revisions?limit=2`);
    expect(first.body.items[1].changes).toEqual([
      { pointer: '/reach', before: 'unknown', after: 'wide' },
    ]);
    const second = await desk.ann.get(
      `/v1/incidents/${key}/revisions?limit=2&cursor=${encodeURIComponent(first.body.next)}`,
    );
    expect(second.body.items).toMatchObject([{ revision: 1 }]);
    expect(second.body.next).toBeUndefined();
  });

  test('404: a key that nobody gave, or that the token may not know of', async () => {
    expect((await desk.ann.get('/v1/incidents/HF-2024-0404/revisions')).status).toBe(404);
    const key = await desk.log({ affected: [{ product: 'sensor', versions: 'vers:intdot/1' }] });
    const outside = await desk.service.as('reader', { products: ['sensor-content'] });
    expect((await outside.get(`/v1/incidents/${key}/revisions`)).status).toBe(404);
  });

  test('400: a cursor that no list gave', async () => {
    const key = await desk.log();
    expect((await desk.ann.get(`/v1/incidents/${key}/revisions?cursor=abc`)).status).toBe(400);
  });
});
