import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const patchOf = (
  key: string,
  patch: unknown,
  headers: Record<string, string> = { 'If-Match': '"1"' },
) => desk.ann.patch(`/v1/incidents/${key}`, patch, headers);

describe('updateIncident', () => {
  test('200: a field given replaces the field, null takes it back, lists are replaced whole', async () => {
    const key = await desk.log({
      ...preliminary,
      effects: ['hang', 'data_loss'],
      reach: 'limited',
    });
    const changed = await patchOf(key, {
      effects: ['boot_loop'],
      reach: null,
      detection: { note: 'A customer called.' },
    });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.body).toMatchObject({
      revision: 2,
      effects: ['boot_loop'],
      reach: 'unknown',
      detection: { method: 'unknown', note: 'A customer called.' },
      summary: preliminary.summary,
    });
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body).toEqual(changed.body);
  });

  test('200: a merge patch is taken under its own media type', async () => {
    const key = await desk.log();
    const changed = await patchOf(key, JSON.stringify({ reach: 'wide' }), {
      'If-Match': '"1"',
      'content-type': 'application/merge-patch+json',
    });
    expect(changed.body.reach).toBe('wide');
  });

  test('200: a patch that changes nothing makes no revision, even when it is repeated', async () => {
    const key = await desk.log();
    for (const patch of [{ title: preliminary.title }, { reach: null }, { detection: {} }]) {
      const same = await patchOf(key, patch);
      expect(same.status).toBe(200);
      expect(same.headers.get('etag')).toBe('"1"');
    }
    expect((await patchOf(key, { reach: 'wide' })).headers.get('etag')).toBe('"2"');
    const repeated = await patchOf(key, { reach: 'wide' });
    expect(repeated.status).toBe(200);
    expect(repeated.headers.get('etag')).toBe('"2"');
  });

  test('404: a key that nobody gave', async () => {
    expect((await patchOf('HF-2024-0404', { reach: 'wide' })).status).toBe(404);
  });

  test('412: a change that rests on an older revision is refused, and says what to do', async () => {
    const key = await desk.log();
    await patchOf(key, { reach: 'wide' });
    const stale = await patchOf(key, { reach: 'limited' });
    expect(stale.status).toBe(412);
    expect(stale.body.detail).toBe(
      `${key} changed since you read it. Fetch it again and repeat the change.`,
    );
  });

  test('428: a change without If-Match is refused', async () => {
    const key = await desk.log();
    const blind = await patchOf(key, { reach: 'wide' }, {});
    expect(blind.status).toBe(428);
    expect(blind.body.detail).toContain('ETag as If-Match');
    expect((await patchOf(key, { reach: 'huge' }, {})).status).toBe(428);
  });

  test('of two changes that rest on one revision, one counts', async () => {
    const key = await desk.log();
    const both = await Promise.all([
      patchOf(key, { reach: 'wide' }),
      patchOf(key, { reach: 'limited' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body.revision).toBe(2);
  });

  test('422: what comes out must fit the contract, with every fault', async () => {
    const key = await desk.log();
    const refused = await patchOf(key, {
      severity: null,
      reach: 'huge',
      sumary: 'S.',
      status: 'published',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: { pointer: string }) => fault.pointer).sort()).toEqual([
      '/reach',
      '/severity',
      '/status',
      '/sumary',
    ]);
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body.revision).toBe(1);
  });

  test('422: what comes out must hold together', async () => {
    const key = await desk.log();
    const refused = await patchOf(key, {
      affected: [{ product: 'sensor', versions: 'vers:intdot/>=7|<8', fixedIn: ['7.5'] }],
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([
      '/affectedUnknown',
      '/affected/0/fixedIn/0',
    ]);
  });

  test('400: the key never changes', async () => {
    const key = await desk.log();
    expect((await patchOf(key, { key: 'HF-1999-0001' })).status).toBe(400);
  });

  test('403: a token bound to products changes no incident that also affects others', async () => {
    const affects = (product: string) => ({ product, versions: 'vers:intdot/1' });
    const key = await desk.log({ affected: [affects('sensor'), affects('sensor-content')] });
    const bound = await desk.service.as('engineer', { name: 'cleo', products: ['sensor'] });
    const refused = await desk.edit(bound, key, { reach: 'wide' });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain('Use a token that is bound to all of them');
  });

  test('a token bound to products may leave a companion in that it is not bound to', async () => {
    const companions = [{ product: 'sensor', versions: 'vers:intdot/>=7' }];
    const affects = {
      product: 'sensor-content',
      versions: 'vers:intdot/1',
      conditions: { companions },
    };
    const key = await desk.log({ affected: [affects] });
    const bound = await desk.service.as('engineer', { name: 'cleo', products: ['sensor-content'] });
    expect((await desk.edit(bound, key, { reach: 'wide' })).status).toBe(200);
  });
});

describe('editing what others agreed to', () => {
  test('a change in review returns the record to draft', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    expect((await desk.edit(desk.ann, key, { internalNotes: 'N.' })).body.status).toBe('draft');
  });

  test('a change after approval returns the record to draft', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    await desk.move(desk.ben, key, 'approved');
    expect((await desk.edit(desk.ann, key, { reach: 'wide' })).body.status).toBe('draft');
  });

  test('a change that no customer could see leaves a published record published', async () => {
    const key = await desk.log();
    await desk.publish(key);
    const changed = await desk.edit(desk.ann, key, { internalNotes: 'Call the vendor.' });
    expect(changed.body).toMatchObject({ status: 'published', revision: 5, publishedRevision: 5 });
    expect(changed.body.corrections).toEqual([]);
  });

  test('a change that customers would see makes a draft, and they read what they read before', async () => {
    const key = await desk.log();
    await desk.publish(key);
    const before = (await desk.service.anonymous.get(`/v1/reports/${key}`)).body;
    const changed = await desk.edit(desk.ann, key, { title: 'Hosts stop at every start' });
    expect(changed.body).toMatchObject({ status: 'draft', revision: 5, publishedRevision: 4 });
    const after = await desk.service.anonymous.get(`/v1/reports/${key}`);
    expect(after.status).toBe(200);
    expect(after.body).toEqual(before);
  });

  test('422: a published record keeps what its report needs', async () => {
    const key = await desk.log({
      ...preliminary,
      actions: [
        {
          id: 'a',
          kind: 'prevent',
          title: 'T',
          status: 'complete',
          owner: 'o',
          criterion: 'C.',
          evidence: 'https://ci.example.test/7',
        },
      ],
    });
    await desk.publish(key);
    const [action] = (await desk.ann.get(`/v1/incidents/${key}`)).body.actions;
    const refused = await desk.edit(desk.ann, key, { actions: [{ ...action, evidence: null }] });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].pointer).toBe('/actions/0/evidence');
  });

  test('a token that is bound to a product keeps the checks that the record names, and adds none out of its reach', async () => {
    const key = await desk.log({
      affected: [{ product: 'sensor', versions: 'vers:intdot/1' }],
      checks: [{ check: 'boot-loop', why: 'W.' }],
    });
    const bound = await desk.service.as('engineer', { name: 'cleo', products: ['sensor'] });
    const kept = await desk.edit(bound, key, { checks: [{ check: 'boot-loop', why: 'Better.' }] });
    expect(kept.status).toBe(200);
    const added = await desk.edit(bound, key, { checks: [{ check: 'field-count', why: 'W.' }] });
    expect(added.status).toBe(422);
    expect(added.body.errors).toMatchObject([{ pointer: '/checks/0/check' }]);
  });

  test('409: a withdrawn record changes no more', async () => {
    const key = await desk.log();
    await desk.publish(key);
    await desk.move(desk.ann, key, 'withdrawn', 'It was another product.');
    const refused = await desk.edit(desk.ann, key, { internalNotes: 'N.' });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain(`${key} is withdrawn`);
  });
});
