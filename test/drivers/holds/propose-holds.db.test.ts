/** proposeHolds: what an incident leads to, once. */
import { beforeEach, expect, test } from 'vitest';
import { beside, byHand, type HoldScene, holdScene, involved } from './hold-scene.ts';

let scene: HoldScene;
beforeEach(async () => {
  scene = await holdScene();
});

const proposal = (key: string) => scene.ann.post(`/v1/incidents/${key}/holds`);

test('201 with a hold of its drivers, named after them, that holds nothing yet', async () => {
  const key = await scene.log(beside);
  expect(await proposal(key)).toMatchObject({
    status: 201,
    body: {
      items: [
        {
          state: 'proposed',
          product: 'sensor-content',
          versions: 'vers:intdot/>=7|<8',
          incident: key,
          severity: 'sev1',
          title: `Kept from machines with Audio bus that ${key} harms.`,
          visibility: 'internal',
          match: {
            allOf: [],
            anyOf: [{ driver: 'audio-bus', versions: involved.versions, onMatch: false }],
            noneOf: [],
          },
          releaseWhen: { checks: ['boot-loop'] },
          activatedAt: null,
          history: [{ change: 'proposed', by: 'ann', reason: `Proposed from ${key}, revision 1.` }],
        },
      ],
    },
  });
  expect(await scene.gate()).toMatchObject({ verdict: 'blocked', holds: [] });
});

test('200 with the same hold when it is proposed again, also when somebody edited it meanwhile', async () => {
  const key = await scene.log(beside);
  const id = await scene.propose(key);
  expect(await proposal(key)).toMatchObject({ status: 200, body: { items: [{ id }] } });
  const { headers } = await scene.ann.get(`/v1/holds/${id}`);
  const { product: _, ...edited } = byHand;
  const etag = headers.get('etag') ?? '';
  expect(await scene.ann.put(`/v1/holds/${id}`, edited, { 'If-Match': etag })).toMatchObject({
    status: 200,
  });
  expect(await proposal(key)).toMatchObject({
    status: 200,
    body: { items: [{ id, title: byHand.title }] },
  });
});

test('201 with a new one once what it harms has changed, and once the first was released', async () => {
  const key = await scene.log(beside);
  const first = await scene.propose(key);
  await scene.edit(scene.ann, key, { drivers: [{ ...involved, versions: null }] });
  const second = await proposal(key);
  expect(second).toMatchObject({ status: 201 });
  expect(second.body.items[0].id).not.toBe(first);
  await scene.ann.post(`/v1/holds/${second.body.items[0].id}/release`, { reason: 'A mistake.' });
  expect(await proposal(key)).toMatchObject({ status: 201 });
});

test('the title names no driver that is internal, and none of which other versions are', async () => {
  const internal = { ...involved, visibility: 'internal' } as const;
  for (const drivers of [[internal], [involved, { ...internal, versions: null }]]) {
    const key = await scene.log({ ...beside, drivers });
    expect((await proposal(key)).body.items).toMatchObject([
      { visibility: 'internal', title: `Kept from the machines that ${key} harms.` },
    ]);
  }
});

test('what a draft correction says reaches nobody by a proposal, also once that is active', async () => {
  const key = await scene.log(beside);
  await scene.publish(key);
  await scene.edit(scene.ann, key, { drivers: [{ ...involved, versions: null }] });
  const id = await scene.propose(key);
  await scene.activate(id);
  const { anonymous } = scene.service;
  expect(await anonymous.get(`/v1/holds/${id}`)).toMatchObject({ status: 404 });
  expect((await anonymous.get(`/v1/reports/${key}`)).body.holds).toEqual([]);
});

test('409 where it names neither drivers nor conditions, where nobody knows whom it concerns, and once it is withdrawn', async () => {
  const everywhere = await scene.log({ ...beside, drivers: [] });
  expect(await proposal(everywhere)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('neither drivers nor conditions') },
  });
  const unknown = await scene.log();
  expect(await proposal(unknown)).toMatchObject({ status: 409 });
  const withdrawn = await scene.log(beside);
  await scene.publish(withdrawn);
  await scene.move(scene.ann, withdrawn, 'withdrawn', 'It was another driver.');
  expect(await proposal(withdrawn)).toMatchObject({ status: 409 });
});

test('404 for an incident that is not there, or that the token may not know of', async () => {
  expect(await proposal('HF-1999-0001')).toMatchObject({ status: 404 });
  const key = await scene.log(beside);
  const bound = await scene.service.as('engineer', { products: ['sensor'] });
  expect(await bound.post(`/v1/incidents/${key}/holds`)).toMatchObject({ status: 404 });
});

test('422 for an Idempotency-Key that was used for another incident', async () => {
  const key = await scene.log(beside);
  const headers = { 'Idempotency-Key': 'k' };
  await scene.ann.post(`/v1/incidents/${key}/holds`, undefined, headers);
  const other = await scene.log(beside);
  expect(await scene.ann.post(`/v1/incidents/${other}/holds`, undefined, headers)).toMatchObject({
    status: 422,
  });
});
