/** Recording a decision: what is kept, and the statement that comes with a pass. */
import { describe, expect, test } from 'vitest';
import { readKeySet } from '../../../src/attestation/key-set.ts';
import { verifyEnvelope } from '../../../src/attestation/verify-envelope.ts';
import { gateVersion } from '../../../src/gate/index.ts';
import { expectCreated, gateScene, incident, release, submit } from '../../support/gate-scene.ts';
import { artifact, decisions, passingScene, record, statementIn } from './recorded.ts';

describe('201', () => {
  test('what is recorded is what the gate says at that moment, with its hash', async () => {
    const { engineer } = await passingScene();
    const { status, headers, body } = await engineer.post(decisions, { ring: 'canary' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/decisions/${body.id}`);
    const { decision } = body;
    const { body: asked } = await engineer.get(`${release}/gate?ring=canary&asOf=${decision.asOf}`);
    expect(decision).toEqual(asked);
    expect(body).toMatchObject({
      recordedBy: 'engineer',
      gateVersion,
      replay: { same: true, factsHash: decision.factsHash, verdict: 'passed' },
    });
  });

  test('while results come in, what is recorded stays what the gate says of that instant', async () => {
    const { engineer } = await passingScene();
    const outcomes = ['failed', 'passed', 'running', 'passed', 'errored', 'passed'];
    const [recorded] = await Promise.all([
      Promise.all(outcomes.map(() => record(engineer))),
      Promise.all(outcomes.map((outcome) => submit(engineer, outcome))),
      engineer.post('/v1/incidents', incident),
    ]);
    for (const { decision } of recorded) {
      const { body } = await engineer.get(`${release}/gate?asOf=${decision.asOf}`);
      expect(decision).toEqual(body);
    }
  });

  test('a pass comes with a statement about the artifacts, which the published key fits', async () => {
    const { service, engineer } = await passingScene();
    const { id, decision, envelope, noEnvelopeBecause } = await record(engineer, 'canary');
    expect(noEnvelopeBecause).toBeNull();
    expect(statementIn(envelope)).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: artifact.name, digest: { sha256: artifact.sha256 } }],
      predicateType: 'https://in-toto.io/attestation/svr/v0.1',
      predicate: {
        verifier: { id: `https://incidents.example.test/gate/v${gateVersion}` },
        timeCreated: decision.asOf,
        properties: ['HOLDFAST_MAY_SHIP_TO:canary', 'HOLDFAST_PASSED_WITHOUT_WAIVERS:canary'],
        holdfast_decision: {
          product: 'content',
          version: '2.0',
          ring: 'canary',
          verdict: 'passed',
          asOf: decision.asOf,
          factsHash: decision.factsHash,
          gateVersion,
          uri: `https://incidents.example.test/v1/decisions/${id}`,
        },
      },
    });
    const keys = readKeySet((await service.anonymous.get('/.well-known/jwks.json')).body);
    expect(verifyEnvelope(envelope, keys ?? new Map())).toMatchObject({ kind: 'valid' });
  });

  test('a release that may not ship is recorded too, without a statement', async () => {
    const { engineer } = await gateScene({ kind: 'content', artifacts: [artifact] });
    await submit(engineer, 'failed');
    expect(await record(engineer)).toMatchObject({
      decision: { verdict: 'blocked' },
      replay: { same: true, verdict: 'blocked' },
      envelope: null,
      noEnvelopeBecause: 'The release may not ship.',
    });
  });

  test('a release without artifacts passes without a statement, and is told why', async () => {
    const { engineer } = await passingScene([]);
    const body = await record(engineer);
    expect(body).toMatchObject({ decision: { mayShip: true }, envelope: null });
    expect(body.noEnvelopeBecause).toContain('artifacts');
  });

  test('a pass that leans on a waiver does not claim to have passed without', async () => {
    const { service, engineer } = await gateScene({ kind: 'content', artifacts: [artifact] });
    const approver = await service.as('approver');
    await expectCreated(
      approver.post(`${release}/waivers`, {
        check: 'boots-twice',
        reason: 'The lab is down.',
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    );
    const { decision, envelope } = await record(engineer);
    expect(decision.verdict).toBe('passed_with_waivers');
    const { properties, holdfast_decision } = statementIn(envelope).predicate;
    expect(properties).toEqual(['HOLDFAST_MAY_SHIP_TO:general']);
    expect(holdfast_decision.verdict).toBe('passed_with_waivers');
  });

  test('artifacts of one name are told apart by their digests alone', async () => {
    const other = { ...artifact, sha256: 'b2'.repeat(32) };
    const { engineer } = await passingScene([artifact, other]);
    const { envelope } = await record(engineer);
    expect(statementIn(envelope).subject).toEqual([
      { digest: { sha256: artifact.sha256 } },
      { digest: { sha256: other.sha256 } },
    ]);
  });

  test('a call repeated with its Idempotency-Key records nothing more', async () => {
    const { engineer } = await passingScene();
    const headers = { 'Idempotency-Key': 'build-1' };
    const first = await engineer.post(decisions, { ring: 'general' }, headers);
    const again = await engineer.post(decisions, { ring: 'general' }, headers);
    expect(again.body).toEqual(first.body);
    expect((await engineer.get(decisions)).body.items).toHaveLength(1);
  });

  test('the audit trail says who recorded it, of which ring and with which hash', async () => {
    const { service, engineer } = await passingScene();
    const { id, decision } = await record(engineer);
    const admin = await service.as('admin');
    const { body } = await admin.get('/v1/audit?limit=1');
    const { verdict, asOf, factsHash } = decision;
    expect(body.items[0]).toMatchObject({
      operation: 'recordDecision',
      subject: `/v1/decisions/${id}`,
      change: { ring: 'general', verdict, asOf, factsHash },
    });
  });
});

describe('404', () => {
  test('nothing is recorded about a release that is not registered, or out of reach', async () => {
    const { service, engineer } = await passingScene();
    const unknown = '/v1/products/content/releases/7/decisions';
    expect((await engineer.post(unknown, { ring: 'general' })).status).toBe(404);
    const pipeline = await service.as('pipeline', { products: ['other'] });
    expect((await pipeline.post(decisions, { ring: 'general' })).status).toBe(404);
  });
});

describe('422', () => {
  test('a ring that the product does not have is named', async () => {
    const { engineer } = await passingScene();
    const { status, body } = await engineer.post(decisions, { ring: 'moon' });
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe('/ring');
  });
});
