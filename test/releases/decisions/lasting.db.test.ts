/** Recorded decisions outlive the service that made them, and the place where they were kept. */
import { expect, test } from 'vitest';
import { readKeySet } from '../../../src/attestation/key-set.ts';
import { verifyEnvelope } from '../../../src/attestation/verify-envelope.ts';
import type { DatabasePlace } from '../../../src/db/connection.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { gateVersion } from '../../../src/gate/index.ts';
import { lastingPlace, restoredElsewhere } from '../../support/backup.ts';
import { openForTest } from '../../support/databases.ts';
import { expectCreated, gateScene, incident, submit } from '../../support/gate-scene.ts';
import { testService } from '../../support/service.ts';
import { artifact, record } from './recorded.ts';

/** A database of its own with a pass and a block on record, and nobody at work on it. */
async function recordedAt(place: DatabasePlace) {
  const database = await openForTest(place);
  await migrate(database.db);
  const facts = { kind: 'content', artifacts: [artifact], changedPaths: ['größe/ä 😀.bin'] };
  const { service, engineer } = await gateScene(facts, await testService({ database }));
  await expectCreated(engineer.post('/v1/incidents', incident));
  const variant = { os: 'windows-11', 10: 'ten', arch: 'x64' };
  await submit(engineer, 'passed', { variant, hours: 0.1, machines: 3 });
  const passed = await record(engineer);
  await submit(engineer, 'failed', { variant, failedCases: ['boot › zweimal "ü"'] });
  const blocked = await record(engineer);
  const keys = (await service.anonymous.get('/.well-known/jwks.json')).body;
  await database.close();
  return { passed, blocked, keys };
}

async function expectAllOfIt(
  place: DatabasePlace,
  { passed, blocked, keys }: Awaited<ReturnType<typeof recordedAt>>,
): Promise<void> {
  const database = await openForTest(place);
  await migrate(database.db);
  const service = await testService({ database });
  const engineer = await service.as('engineer');
  for (const recorded of [passed, blocked]) {
    const { body } = await engineer.get(`/v1/decisions/${recorded.id}`);
    expect(body).toEqual(recorded);
    const { factsHash, verdict } = recorded.decision;
    expect(body.replay).toEqual({ same: true, gateVersion, factsHash, verdict });
  }
  expect((await service.anonymous.get('/.well-known/jwks.json')).body).toEqual(keys);
  const trusted = readKeySet(keys) ?? new Map();
  const { envelope } = (await engineer.get(`/v1/decisions/${passed.id}`)).body;
  expect(verifyEnvelope(envelope, trusted).kind).toBe('valid');
  // It goes on where it was, with the same key.
  await submit(engineer, 'passed', { variant: { os: 'windows-11', 10: 'ten', arch: 'x64' } });
  const next = await record(engineer);
  expect(Number(next.id)).toBeGreaterThan(Number(blocked.id));
  expect(next.envelope.signatures[0].keyid).toBe(passed.envelope.signatures[0].keyid);
  await database.close();
}

test('after the service was started again, decisions replay to the same hash', async () => {
  const place = await lastingPlace();
  await expectAllOfIt(place, await recordedAt(place));
});

test('after a dump and a restore, decisions replay to the same hash', async () => {
  const place = await lastingPlace();
  const recorded = await recordedAt(place);
  await expectAllOfIt(await restoredElsewhere(place), recorded);
});
