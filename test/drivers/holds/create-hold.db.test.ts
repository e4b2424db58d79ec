/** createHold: what is said of a hold, and what cannot be. */
import { beforeEach, describe, expect, test } from 'vitest';
import { beside, byHand, type HoldScene, holdScene, involved } from './hold-scene.ts';

let scene: HoldScene;
let key: string;
beforeEach(async () => {
  scene = await holdScene();
  key = await scene.log(beside);
});

const create = (said: object = {}) =>
  scene.ann.post('/v1/holds', { ...byHand, incident: key, ...said });

describe('createHold', () => {
  test('201 with what was said, proposed and whole', async () => {
    const conditions = { platforms: ['windows'] };
    const noneOf = [{ driver: 'audio-bus', versions: 'vers:intdot/>=10.29.9', conditions }];
    const said = { visibility: 'internal', match: { ...byHand.match, noneOf } };
    const { status, headers, body } = await create(said);
    expect({ status, location: headers.get('location') }).toEqual({
      status: 201,
      location: `/v1/holds/${body.id}`,
    });
    expect(body).toMatchObject({
      state: 'proposed',
      match: {
        allOf: [],
        anyOf: [{ driver: 'audio-bus', versionOf: 'file', conditions: null }],
        noneOf: [{ versions: 'vers:intdot/>=10.29.9', versionOf: 'file', conditions }],
      },
      history: [{ change: 'proposed', by: 'ann', reason: 'They stop.' }],
      overrides: [],
    });
    expect((await scene.ann.get(`/v1/holds/${body.id}`)).body).toEqual(body);
  });

  const term = (said: object) => ({ match: { anyOf: [said] } });
  const impossible: [string, object, string][] = [
    ['an incident that is not there', { incident: 'HF-1999-0001' }, '/incident'],
    ['a product that is not there', { product: 'nothing' }, '/product'],
    ['a product that the incident does not affect', { product: 'sensor' }, '/product'],
    ['a range of another scheme', { versions: 'vers:semver/<8' }, '/versions'],
    ['no term', { match: {} }, '/match'],
    ['a driver that is not there', term({ driver: 'nothing' }), '/match/anyOf/0/driver'],
    [
      'a range that is none',
      term({ driver: 'audio-bus', versions: 'vers:intdot/x' }),
      '/match/anyOf/0/versions',
    ],
    [
      'versions of no driver',
      term({ versions: 'vers:intdot/1', conditions: { platforms: ['windows'] } }),
      '/match/anyOf/0/versions',
    ],
    ['a version of no driver', term({ versionOf: 'product' }), '/match/anyOf/0/versionOf'],
    [
      'a platform that the product does not have',
      term({ conditions: { platforms: ['beos'] } }),
      '/match/anyOf/0/conditions/platforms/0',
    ],
    [
      'a check that the incident does not name',
      { releaseWhen: { inWords: 'W', checks: ['field-count'] } },
      '/releaseWhen/checks/0',
    ],
  ];

  test(`422 for ${impossible.map(([what]) => what).join(', ')}`, async () => {
    for (const [what, said, pointer] of impossible) {
      const { status, body } = await create(said);
      const pointers = body.errors.map((error: { pointer: string }) => error.pointer);
      expect([what, status, pointers]).toEqual([what, 422, [pointer]]);
    }
  });

  test('422 for a public hold of a driver that its incident tells to nobody', async () => {
    await scene.edit(scene.ann, key, { drivers: [{ ...involved, visibility: 'internal' }] });
    expect(await create()).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/match/anyOf/0/driver' }] },
    });
    expect(await create({ visibility: 'internal' })).toMatchObject({ status: 201 });
  });

  test('422 for a public hold of other versions of a driver than its incident tells anybody', async () => {
    const internal = 'vers:intdot/<99';
    await scene.edit(scene.ann, key, {
      drivers: [involved, { ...involved, versions: internal, visibility: 'internal' }],
    });
    const others = [{ versions: internal }, {}, { ...involved, versionOf: 'product' }];
    for (const { versions, versionOf } of others as Partial<typeof involved>[]) {
      const anyOf = [...byHand.match.anyOf, { driver: 'audio-bus', versions, versionOf }];
      expect(await create({ match: { anyOf } })).toMatchObject({
        status: 422,
        body: {
          errors: [{ pointer: '/match/anyOf/1/driver', detail: expect.stringContaining('just') }],
        },
      });
    }
    expect(await create()).toMatchObject({ status: 201 });
  });
});
