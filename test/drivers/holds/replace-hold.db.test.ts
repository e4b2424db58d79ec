/** replaceHold: a proposed hold changes, and an active one never. */
import { beforeEach, describe, expect, test } from 'vitest';
import { beside, byHand, type HoldScene, holdScene } from './hold-scene.ts';

let scene: HoldScene;
let key: string;
beforeEach(async () => {
  scene = await holdScene();
  key = await scene.log(beside);
});

const create = (said: object = {}) =>
  scene.ann.post('/v1/holds', { ...byHand, incident: key, ...said });
const { product: _, ...replacement } = byHand;

describe('replaceHold', () => {
  const change = async (id: string, said: object, etag?: string) =>
    scene.ann.put(
      `/v1/holds/${id}`,
      { ...replacement, ...said },
      etag === undefined ? {} : { 'If-Match': etag },
    );
  const etagOf = async (id: string) =>
    (await scene.ann.get(`/v1/holds/${id}`)).headers.get('etag') ?? '';

  test('200 with a new revision and the reason; none where nothing changes', async () => {
    const { body } = await create();
    const said = { title: 'Another title.', reason: 'It was unclear.' };
    expect(await change(body.id, said, await etagOf(body.id))).toMatchObject({
      status: 200,
      body: {
        revision: 2,
        title: 'Another title.',
        history: [{}, { change: 'edited', by: 'ann', reason: 'It was unclear.' }],
      },
    });
    expect(await change(body.id, said)).toMatchObject({ status: 200, body: { revision: 2 } });
  });

  test('428 without If-Match, 412 with an old one, 422 for what is not there', async () => {
    const { body } = await create();
    const said = { title: 'Another title.' };
    expect(await change(body.id, said)).toMatchObject({ status: 428 });
    expect(await change(body.id, said, '"old"')).toMatchObject({ status: 412 });
    const match = { anyOf: [{ driver: 'nothing' }] };
    expect(await change(body.id, { match }, await etagOf(body.id))).toMatchObject({ status: 422 });
  });

  test('409 for one that is active or was released: what holds is never changed', async () => {
    const id = await scene.hold(key);
    expect(await change(id, {}, await etagOf(id))).toMatchObject({ status: 409 });
    await scene.ben.post(`/v1/holds/${id}/release`, {
      reason: 'Enough.',
      pastConditionReason: 'Enough.',
    });
    expect(await change(id, {}, await etagOf(id))).toMatchObject({ status: 409 });
  });

  test('404 for one that is not there', async () => {
    expect(await change('999', {}, '*')).toMatchObject({ status: 404 });
  });
});
