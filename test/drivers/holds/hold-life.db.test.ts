/** activateHold, releaseHold, overrideHold and revokeHoldOverride: who, when and why, for good. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../support/service.ts';
import { beside, type HoldScene, holdScene } from './hold-scene.ts';

let scene: HoldScene;
let key: string;
beforeEach(async () => {
  scene = await holdScene();
  key = await scene.log(beside);
});

const activation = (who: Client, id: string) =>
  who.post(`/v1/holds/${id}/activation`, { reason: 'It was reproduced.' });
const release = (who: Client, id: string, more: object = {}) =>
  who.post(`/v1/holds/${id}/release`, { reason: '8.0 starts beside it.', ...more });
const overriding = (id: string, said: object) =>
  scene.ann.post(`/v1/holds/${id}/overrides`, {
    reason: 'To see it.',
    expiresAt: inDays(1),
    ...said,
  });

async function result(version: string, outcome: string): Promise<void> {
  const at = `/v1/products/sensor-content/releases/${version}`;
  await scene.ann.put(at, { kind: 'content' });
  const results = [{ check: 'boot-loop', outcome }];
  expect(await scene.ann.post(`${at}/results`, { results })).toMatchObject({ status: 201 });
}

describe('activateHold', () => {
  test('200: it is active, with who, when and why', async () => {
    const id = await scene.propose(key);
    expect(await activation(scene.ben, id)).toMatchObject({
      status: 200,
      body: {
        state: 'active',
        revision: 2,
        activatedAt: expect.any(String),
        history: [
          { change: 'proposed', by: 'ann' },
          { change: 'activated', by: 'ben', reason: 'It was reproduced.' },
        ],
      },
    });
  });

  test('a public one is activated by an approver, and not by who wrote it as it is', async () => {
    const id = await scene.propose(key);
    await scene.makePublic(id);
    expect(await activation(scene.ann, id)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('Ask one, or make it internal first.') },
    });
    const secondAnn = await scene.service.as('approver', { name: 'Ann ' });
    const admin = await scene.service.as('admin', { name: 'ann' });
    for (const author of [secondAnn, admin]) {
      expect(await activation(author, id)).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining('Ask another approver') },
      });
    }
    expect(await activation(scene.ben, id)).toMatchObject({ status: 200 });
  });

  test('an internal one is activated by who proposed it', async () => {
    const id = await scene.propose(key);
    expect(await activation(scene.ann, id)).toMatchObject({ status: 200 });
  });

  test('409 for one that is active, that was released, or whose incident is withdrawn', async () => {
    const id = await scene.hold(key);
    expect(await activation(scene.ann, id)).toMatchObject({ status: 409 });
    await release(scene.ben, id, { pastConditionReason: 'Enough.' });
    expect(await activation(scene.ann, id)).toMatchObject({ status: 409 });
    const other = await scene.propose(key);
    await scene.publish(key);
    await scene.move(scene.ann, key, 'withdrawn', 'Wrong.');
    expect(await activation(scene.ann, other)).toMatchObject({ status: 409 });
  });

  test('400 without a reason', async () => {
    const id = await scene.propose(key);
    expect(await scene.ann.post(`/v1/holds/${id}/activation`, {})).toMatchObject({ status: 400 });
  });
});

describe('releaseHold', () => {
  test('409 while its check is not proven, and says how it stands', async () => {
    const id = await scene.hold(key);
    expect(await release(scene.ben, id)).toMatchObject({
      status: 409,
      body: {
        detail:
          'Its condition is not met: boot-loop is unproven and has no release to pass on that the incident does not affect. An approver can release it all the same, and says why: as pastConditionReason, or by --past-condition-reason on the command line.',
      },
    });
    await result('8.0', 'passed');
    expect((await release(scene.ann, id)).body.detail).toContain('boot-loop is green only.');
    await result('7.1', 'failed');
    await result('8.1', 'failed');
    expect((await release(scene.ann, id)).body.detail).toContain('does not pass on 8.1.');
  });

  test('200 once it is proven and passes on the newest release without the fault, with how it stood', async () => {
    const id = await scene.hold(key);
    await result('7.1', 'failed');
    await result('8.0', 'passed');
    // Newer than the fixed one, and faulty: nobody waits for it to pass.
    await result('7.9', 'failed');
    expect(await release(scene.ann, id)).toMatchObject({
      status: 200,
      body: {
        state: 'released',
        releasedAt: expect.any(String),
        history: [
          { change: 'proposed' },
          { change: 'edited' },
          { change: 'activated' },
          {
            change: 'released',
            by: 'ann',
            reason: '8.0 starts beside it.',
            pastConditionReason: null,
            condition: [{ check: 'boot-loop', proof: 'proven', version: '8.0', passes: true }],
          },
        ],
      },
    });
  });

  test('a waiver is no pass', async () => {
    const id = await scene.hold(key);
    await result('7.1', 'failed');
    await result('8.0', 'passed');
    await result('8.1', 'failed');
    const waived = await scene.ann.post('/v1/products/sensor-content/releases/8.1/waivers', {
      check: 'boot-loop',
      reason: 'The lab is down.',
      expiresAt: inDays(1),
    });
    expect(waived.status).toBe(201);
    await scene.ben.post(`/v1/waivers/${waived.body.id}/approval`);
    expect(await release(scene.ann, id)).toMatchObject({ status: 409 });
  });

  test('an approver releases it past its condition with a reason, which stays on record', async () => {
    const id = await scene.hold(key);
    const past = { pastConditionReason: 'The vendor took the driver back.' };
    expect(await release(scene.ann, id, past)).toMatchObject({ status: 403 });
    const { status, body } = await release(scene.ben, id, past);
    expect(status).toBe(200);
    expect(body.history.at(-1)).toMatchObject({
      by: 'ben',
      ...past,
      condition: [{ check: 'boot-loop', proof: 'unproven', version: null, passes: false }],
    });
    expect(await release(scene.ben, id)).toMatchObject({ status: 409 });
  });

  test('a condition that names no check is met by nothing but an approver', async () => {
    const checkless = await scene.log({ ...beside, checks: [] });
    const id = await scene.hold(checkless);
    expect((await release(scene.ann, id)).body.detail).toContain('names no check');
    const past = { pastConditionReason: 'It was seen to start.' };
    expect(await release(scene.ben, id, past)).toMatchObject({ status: 200 });
  });

  test('one that was never active needs a reason alone', async () => {
    const id = await scene.propose(key);
    expect(await release(scene.ann, id)).toMatchObject({
      status: 200,
      body: { state: 'released', activatedAt: null },
    });
  });
});

describe('overrideHold', () => {
  test('201 with the override, which is revoked once', async () => {
    const id = await scene.hold(key);
    const set = await overriding(id, { versions: 'vers:intdot/7.1' });
    expect(set).toMatchObject({
      status: 201,
      body: {
        overrides: [{ versions: 'vers:intdot/7.1', rings: null, setBy: 'ann', status: 'active' }],
      },
    });
    const at = `/v1/holds/${id}/overrides/${set.body.overrides[0].id}/revocation`;
    expect(await scene.ben.post(at, { reason: 'Seen.' })).toMatchObject({
      status: 200,
      body: {
        overrides: [{ status: 'revoked', revocation: { by: 'ben', reason: 'Seen.' } }],
      },
    });
    expect(await scene.ben.post(at, { reason: 'Again.' })).toMatchObject({ status: 409 });
  });

  const impossible: [string, object, string][] = [
    ['no scope', {}, ''],
    ['a ring that the product does not have', { rings: ['nowhere'] }, '/rings/0'],
    ['a range of another scheme', { versions: 'vers:semver/1' }, '/versions'],
    ['an end in the past', { rings: ['general'], expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    ['an end in 91 days', { rings: ['general'], expiresAt: inDays(91) }, '/expiresAt'],
  ];

  test(`422 for ${impossible.map(([what]) => what).join(', ')}`, async () => {
    const id = await scene.hold(key);
    for (const [what, said, pointer] of impossible) {
      const { status, body } = await overriding(id, said);
      const pointers = body.errors.map((error: { pointer: string }) => error.pointer);
      expect([what, status, pointers]).toEqual([what, 422, [pointer]]);
    }
  });

  test('409 for a hold that is not active', async () => {
    const id = await scene.propose(key);
    expect(await overriding(id, { rings: ['general'] })).toMatchObject({ status: 409 });
  });

  test('404 for an override that is not there', async () => {
    const id = await scene.hold(key);
    const at = `/v1/holds/${id}/overrides/999/revocation`;
    expect(await scene.ann.post(at, { reason: 'R' })).toMatchObject({ status: 404 });
  });
});

test('404 for a hold that is not there, or that the token may not change', async () => {
  const id = await scene.hold(key);
  await scene.publish(key);
  const bound = await scene.service.as('approver', { products: ['sensor'] });
  const body = { reason: 'R' };
  const override = { ...body, rings: ['general'], expiresAt: inDays(1) };
  for (const [who, hold] of [
    [scene.ben, '999'],
    [bound, id],
  ] as const) {
    const at = `/v1/holds/${hold}`;
    expect(await who.post(`${at}/activation`, body)).toMatchObject({ status: 404 });
    expect(await who.post(`${at}/release`, body)).toMatchObject({ status: 404 });
    expect(await who.post(`${at}/overrides`, override)).toMatchObject({ status: 404 });
    expect(await who.post(`${at}/overrides/1/revocation`, body)).toMatchObject({ status: 404 });
  }
});

test('422 for an Idempotency-Key that was used for something else', async () => {
  const id = await scene.propose(key);
  const other = await scene.log(beside).then(scene.propose);
  const headers = { 'Idempotency-Key': 'k' };
  const reason = { reason: 'R' };
  const override = { ...reason, rings: ['general'], expiresAt: inDays(1) };
  const each = async (step: string, body: object) => {
    const first = await scene.ann.post(`/v1/holds/${id}/${step}`, body, headers);
    expect(first.status, JSON.stringify(first.body)).toBeLessThan(300);
    expect(await scene.ann.post(`/v1/holds/${other}/${step}`, body, headers)).toMatchObject({
      status: 422,
    });
    return first.body;
  };
  await each('activation', reason);
  const { overrides } = await each('overrides', override);
  await each(`overrides/${overrides[0].id}/revocation`, reason);
  const dropped = await scene.log(beside).then(scene.propose);
  await scene.ann.post(`/v1/holds/${dropped}/release`, reason, headers);
  expect(await scene.ann.post(`/v1/holds/${other}/release`, reason, headers)).toMatchObject({
    status: 422,
  });
});

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
