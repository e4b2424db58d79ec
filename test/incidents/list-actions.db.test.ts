import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const action = (id: string, said: object = {}) =>
  ({
    id,
    kind: 'detect',
    title: `Do ${id}`,
    status: 'ongoing',
    owner: 'content',
    ...said,
  }) as const;

async function idsOf(query: string): Promise<string[]> {
  const { body } = await desk.ann.get(`/v1/actions${query}`);
  return body.items.map((item: { action: { id: string } }) => item.action.id);
}

describe('listActions', () => {
  test('200: the newest incident first, in the order of its record, each with its incident', async () => {
    const older = await desk.log({ severity: 'sev3', actions: [action('b'), action('a')] });
    await desk.log({ actions: [action('c')] });
    await desk.edit(desk.ann, older, { reach: 'wide' });
    expect(await idsOf('')).toEqual(['c', 'b', 'a']);
    const { body } = await desk.ann.get('/v1/actions');
    expect(body.items[1]).toMatchObject({
      key: `${older}/b`,
      incident: older,
      incidentTitle: 'T',
      severity: 'sev3',
      action: { ...action('b'), causes: [], evidence: null },
    });
  });

  test('200: filters by status, kind and owner', async () => {
    await desk.log({
      actions: [
        action('a', { status: 'delayed' }),
        action('b', { kind: 'process' }),
        action('c', { owner: 'release' }),
      ],
    });
    expect(await idsOf('?status=delayed')).toEqual(['a']);
    expect(await idsOf('?kind=process')).toEqual(['b']);
    expect(await idsOf('?owner=release')).toEqual(['c']);
    expect(await idsOf('?owner=release&status=delayed')).toEqual([]);
  });

  test('200: pages go on within an incident', async () => {
    await desk.log({ actions: [action('a'), action('b'), action('c')] });
    await desk.log({ actions: [action('d')] });
    const first = await desk.ann.get('/v1/actions?limit=2');
    const next = encodeURIComponent(first.body.next);
    expect(await idsOf('?limit=2')).toEqual(['d', 'a']);
    expect(await idsOf(`?limit=2&cursor=${next}`)).toEqual(['b', 'c']);
  });

  test('200: a token bound to products sees no actions of other incidents', async () => {
    await desk.log({
      affected: [{ product: 'sensor', versions: 'vers:intdot/1' }],
      actions: [action('a')],
    });
    const bound = await desk.service.as('reader', { products: ['sensor-content'] });
    expect((await bound.get('/v1/actions')).body.items).toEqual([]);
  });

  test('400: a cursor that no list gave', async () => {
    expect((await desk.ann.get('/v1/actions?cursor=abc')).status).toBe(400);
  });
});
