/** listHolds and getHold, and the public report: who reads what of a hold. */
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

describe('getHold and listHolds', () => {
  const everybody = (path = '') => scene.service.anonymous.get(`/v1/holds${path}`);

  test('404 and nothing in the list for everybody while it is proposed or its incident is not published', async () => {
    const id = await scene.propose(key);
    await scene.makePublic(id);
    await scene.publish(key);
    expect(await everybody(`/${id}`)).toMatchObject({ status: 404 });
    expect((await everybody()).body.items).toEqual([]);
    const draft = await scene.log(beside).then(scene.hold);
    expect(await everybody(`/${draft}`)).toMatchObject({ status: 404 });
  });

  test('everybody reads what it says, and neither who nor why, nor an internal check', async () => {
    await scene.edit(scene.ann, key, {
      checks: [
        { check: 'boot-loop', why: 'It would not start.' },
        { check: 'field-count', why: 'Likewise.', visibility: 'internal' },
      ],
    });
    const id = await scene.hold(key);
    await scene.publish(key);
    const override = { rings: ['general'], reason: 'R', expiresAt: '2099-01-01T00:00:00Z' };
    await scene.ann.post(`/v1/holds/${id}/overrides`, override);
    const { body } = await everybody(`/${id}`);
    expect(body).toMatchObject({
      state: 'active',
      match: { anyOf: [{ driver: 'audio-bus' }] },
      releaseWhen: { checks: ['boot-loop'] },
      reportUrl: expect.stringContaining(key),
      history: [],
      overrides: [],
    });
    expect((await everybody()).body.items).toEqual([body]);
    const { history } = (await scene.ann.get(`/v1/holds/${id}`)).body;
    expect(history).toHaveLength(3);
  });

  test('a driver that is confirmed on a match is named to nobody', async () => {
    await scene.edit(scene.ann, key, { drivers: [{ ...involved, visibility: 'on_match' }] });
    const id = await scene.hold(key);
    await scene.publish(key);
    const { body } = await everybody(`/${id}`);
    expect(body.match.anyOf).toEqual([
      { driver: null, versions: null, versionOf: null, conditions: null, onMatch: true },
    ]);
    expect(JSON.stringify(body).toLowerCase()).not.toContain('audio');
    expect((await scene.ann.get(`/v1/holds/${id}`)).body.match.anyOf).toMatchObject([
      { driver: 'audio-bus', onMatch: true },
    ]);
  });

  test('what its incident stops telling, a public hold stops telling, from publication on', async () => {
    const id = await scene.hold(key);
    await scene.publish(key);
    await scene.edit(scene.ann, key, { drivers: [{ ...involved, visibility: 'internal' }] });
    expect(await everybody(`/${id}`)).toMatchObject({ status: 200 });
    await scene.publish(key, 'The vendor asked us to.');
    expect(await everybody(`/${id}`)).toMatchObject({ status: 404 });
  });

  test('a public hold goes once its incident tells other versions of the driver than those that it names', async () => {
    const id = await scene.hold(key);
    await scene.edit(scene.ann, key, {
      drivers: [
        { ...involved, visibility: 'internal' },
        { ...involved, versions: 'vers:intdot/<10' },
      ],
    });
    await scene.publish(key);
    expect(await everybody(`/${id}`)).toMatchObject({ status: 404 });
    expect((await scene.service.anonymous.get(`/v1/reports/${key}`)).body.holds).toEqual([]);
  });

  test('versions that are confirmed on a match stay untold where others are told', async () => {
    const untold = { ...involved, versions: 'vers:intdot/<99', visibility: 'on_match' } as const;
    await scene.edit(scene.ann, key, { drivers: [involved, untold] });
    const id = await scene.hold(key);
    await scene.publish(key);
    const { body } = await everybody(`/${id}`);
    expect(body.match.anyOf).toMatchObject([
      { driver: 'audio-bus', versions: involved.versions, onMatch: false },
      { driver: null, versions: null, onMatch: true },
    ]);
  });

  test('an override moves nothing of what everybody and pipelines read', async () => {
    const id = await scene.hold(key);
    await scene.publish(key);
    const pipeline = await scene.service.as('pipeline');
    const seen = async () => [
      (await everybody(`/${id}`)).body,
      (await pipeline.get(`/v1/holds/${id}`)).body,
    ];
    const before = await seen();
    const { updatedAt } = (await scene.ann.get(`/v1/holds/${id}`)).body;
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const override = { rings: ['general'], reason: 'R', expiresAt };
    const overridden = await scene.ann.post(`/v1/holds/${id}/overrides`, override);
    expect(overridden.status).toBe(201);
    expect(await seen()).toEqual(before);
    expect((await scene.ann.get(`/v1/holds/${id}`)).body.updatedAt).not.toBe(updatedAt);
  });

  test('it goes with the report of an incident that is withdrawn', async () => {
    const id = await scene.hold(key);
    await scene.publish(key);
    await scene.move(scene.ann, key, 'withdrawn', 'Wrong.');
    expect(await everybody(`/${id}`)).toMatchObject({ status: 404 });
    expect(await scene.ann.get(`/v1/holds/${id}`)).toMatchObject({ status: 200 });
  });

  test('who may change it is told when its incident harms others than what it was made for', async () => {
    const id = await scene.hold(key);
    const changed = async () => (await scene.ann.get(`/v1/holds/${id}`)).body.incidentChanged;
    await scene.edit(scene.ann, key, { title: 'Another title' });
    expect(await changed()).toBe(false);
    const affected = [{ ...beside.affected[0], conditions: { platforms: ['windows'] } }];
    await scene.edit(scene.ann, key, { affected });
    expect(await changed()).toBe(true);
    await scene.publish(key);
    expect((await everybody(`/${id}`)).body.incidentChanged).toBeNull();
  });

  test('to activate it does not hide that its incident harms others than when it was last proposed or edited', async () => {
    const id = await scene.propose(key);
    const changed = async () => (await scene.ann.get(`/v1/holds/${id}`)).body.incidentChanged;
    await scene.edit(scene.ann, key, { drivers: [involved, { ...involved, versions: null }] });
    expect(await changed()).toBe(true);
    await scene.activate(id);
    expect(await changed()).toBe(true);
    await scene.edit(scene.ann, key, { drivers: [involved] });
    expect(await changed()).toBe(false);
  });

  test('a pipeline is told what the gate tells: that it is there, and whose it is', async () => {
    const id = await scene.hold(key);
    const pipeline = await scene.service.as('pipeline');
    expect((await pipeline.get(`/v1/holds/${id}`)).body).toMatchObject({
      id,
      state: 'active',
      versions: 'vers:intdot/>=7|<8',
      incident: key,
      severity: 'sev1',
      title: null,
      match: null,
      releaseWhen: null,
      history: [],
    });
  });

  test('a token that is bound to other products reads what everybody reads', async () => {
    const id = await scene.hold(key);
    const bound = await scene.service.as('reader', { products: ['sensor'] });
    expect(await bound.get(`/v1/holds/${id}`)).toMatchObject({ status: 404 });
    await scene.publish(key);
    expect((await bound.get(`/v1/holds/${id}`)).body).toEqual((await everybody(`/${id}`)).body);
  });

  test('a list is narrowed by product, state and incident, and goes on where a page ended', async () => {
    const first = await scene.hold(key);
    const other = await scene.log(beside);
    const second = await scene.propose(other);
    const ids = async (query: string) => {
      const { body } = await scene.ann.get(`/v1/holds?${query}`);
      return body.items.map(({ id }: { id: string }) => id);
    };
    expect(await ids('product=sensor-content')).toEqual([first, second]);
    expect(await ids('product=sensor')).toEqual([]);
    expect(await ids('state=active')).toEqual([first]);
    expect(await ids(`incident=${other}`)).toEqual([second]);
    const { body } = await scene.ann.get('/v1/holds?limit=1');
    expect(await ids(`limit=1&cursor=${body.next}`)).toEqual([second]);
    expect(await scene.ann.get('/v1/holds?cursor=x')).toMatchObject({ status: 400 });
  });

  test('304 while nothing changed, and 200 from the very change on, for one and for the list', async () => {
    const id = await scene.propose(key);
    for (const path of [`/v1/holds/${id}`, '/v1/holds']) {
      const first = await scene.ann.get(path);
      const known = { 'If-None-Match': first.headers.get('etag') ?? '' };
      expect(await scene.ann.get(path, known)).toMatchObject({ status: 304, body: '' });
      if (path === '/v1/holds') await scene.activate(id);
      else await scene.edit(scene.ann, key, { severity: 'sev2' });
      expect(await scene.ann.get(path, known)).toMatchObject({ status: 200 });
    }
  });
});

describe('the public report', () => {
  test('shows public holds that are active, and when the others were released', async () => {
    const active = await scene.hold(key);
    const { body: other } = await create({ title: 'Once held.' });
    await scene.activate(other.id);
    await scene.ben.post(`/v1/holds/${other.id}/release`, {
      reason: 'Enough.',
      pastConditionReason: 'Enough.',
    });
    const { body: internal } = await create({ visibility: 'internal' });
    await scene.activate(internal.id);
    await create({ title: 'Only proposed.' });
    await scene.publish(key);
    const report = await scene.service.anonymous.get(`/v1/reports/${key}`);
    expect(report.body.holds).toMatchObject([
      { hold: active, state: 'active', releasedAt: null, product: { key: 'sensor-content' } },
      { hold: other.id, state: 'released', title: 'Once held.', releasedAt: expect.any(String) },
    ]);
    const page = await scene.service.app.request(`/reports/${key}`);
    const html = await page.text();
    expect(html).toContain('Where it is held back');
    expect(html).toContain('Once held.');
    expect(html).not.toContain('Only proposed.');
  });
});
