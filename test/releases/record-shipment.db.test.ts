/** Asking to ship: the step at which the gate refuses. */
import { describe, expect, test } from 'vitest';
import { expectCreated, gateScene, incident, release, submit } from '../support/gate-scene.ts';

const shipments = `${release}/shipments`;

describe('201', () => {
  test('a release that the gate lets through enters the ring, and shows it', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'passed');
    const { status, body } = await engineer.post(shipments, { ring: 'canary' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ring: 'canary',
      version: '2.0',
      afterwards: false,
      pastGate: null,
    });
    expect(body.shippedAt).toBe(body.recordedAt);
    expect(body).toMatchObject({ verdict: 'passed', factsHash: expect.stringMatching(/^sha256:/) });
    expect((await engineer.get(release)).body.shipments).toEqual([body]);
  });

  test('an approver ships past the gate with a reason, which stays on record', async () => {
    const { service } = await gateScene();
    const approver = await service.as('approver', { name: 'Ada' });
    const pastGateReason = 'The fix for a worse fault rides on it.';
    const { status, body } = await approver.post(shipments, { ring: 'general', pastGateReason });
    expect(status).toBe(201);
    expect(body.pastGate).toEqual({ reason: pastGateReason, approvedBy: 'Ada' });
  });

  test('an engineer records a shipment of the past, which the gate is not asked for', async () => {
    const { engineer } = await gateScene();
    const shippedAt = '2024-07-19T04:09:00Z';
    const { status, body } = await engineer.post(shipments, { ring: 'general', shippedAt });
    expect(status).toBe(201);
    expect(body).toMatchObject({ shippedAt, afterwards: true, verdict: null, pastGate: null });
  });
});

describe('200', () => {
  test('asking again for a ring already entered answers with what is on record', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'passed');
    const first = await engineer.post(shipments, { ring: 'canary' });
    const again = await engineer.post(shipments, { ring: 'canary' });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  test('a shipment of the past that is on record is not recorded twice', async () => {
    const { engineer } = await gateScene();
    const asked = { ring: 'general', shippedAt: '2024-07-19T04:09:00Z' };
    const first = await engineer.post(shipments, asked);
    expect(await engineer.post(shipments, asked)).toMatchObject({ status: 200, body: first.body });
  });
});

describe('409', () => {
  test('a blocked release is refused with the decision, and nothing is recorded', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'failed');
    const { status, body } = await engineer.post(shipments, { ring: 'general' });
    expect(status).toBe(409);
    expect(body.decision).toMatchObject({ verdict: 'blocked', mayShip: false, ring: 'general' });
    expect((await engineer.get(release)).body.shipments).toEqual([]);
  });
});

describe('409, later', () => {
  test('a release that became known as faulty is not shipped again to a ring that it entered', async () => {
    const { engineer } = await gateScene();
    await submit(engineer, 'passed');
    await engineer.post(shipments, { ring: 'canary' });
    const affected = [{ product: 'content', versions: 'vers:intdot/2.0' }];
    await expectCreated(engineer.post('/v1/incidents', { ...incident, affected }));
    const { status, body } = await engineer.post(shipments, { ring: 'canary' });
    expect(status).toBe(409);
    expect(body.decision.answers[0].status).toBe('known_faulty');
    expect((await engineer.get(release)).body.shipments).toHaveLength(1);
  });
});

describe('403', () => {
  test('a pipeline names no instant of its own', async () => {
    const { service } = await gateScene();
    const pipeline = await service.as('pipeline', { products: ['content'] });
    const asked = { ring: 'general', shippedAt: '2024-07-19T04:09:00Z' };
    expect((await pipeline.post(shipments, asked)).status).toBe(403);
  });

  test('an engineer does not ship past the gate', async () => {
    const { engineer } = await gateScene();
    const asked = { ring: 'general', pastGateReason: 'Because.' };
    expect((await engineer.post(shipments, asked)).status).toBe(403);
  });
});

describe('404', () => {
  test('a release that is not registered ships nowhere', async () => {
    const { engineer } = await gateScene();
    const address = '/v1/products/content/releases/7/shipments';
    expect((await engineer.post(address, { ring: 'general' })).status).toBe(404);
  });
});

describe('422', () => {
  test.each([
    ['an unknown ring', { ring: 'moon' }, '/ring'],
    [
      'an instant in the future',
      { ring: 'general', shippedAt: '2099-01-01T00:00:00Z' },
      '/shippedAt',
    ],
  ])('%s is refused', async (_, asked, pointer) => {
    const { engineer } = await gateScene();
    const { status, body } = await engineer.post(shipments, asked);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
