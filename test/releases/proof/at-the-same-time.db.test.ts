/** Proof where results and incidents come at the same time; PGlite, which does one thing at a time, passes it trivially. */
import { expect, test } from 'vitest';
import { check, expectCreated, gateScene, incident } from '../../support/gate-scene.ts';
import type { Client } from '../../support/service.ts';

const rounds = 6;

async function show(client: Client, version: string, round: number, outcome: string) {
  const results = [{ check: `check-${round}`, outcome }];
  const address = `/v1/products/content/releases/${version}/results`;
  await expectCreated(client.post(address, { results }));
}

test('a failure, a pass and the incident that come at once prove the check, whoever is first', async () => {
  const { engineer } = await gateScene();
  for (const version of ['1.2', '1.5']) {
    await expectCreated(engineer.put(`/v1/products/content/releases/${version}`, {}));
  }
  for (let round = 0; round < rounds; round++) {
    await expectCreated(engineer.put(`/v1/checks/check-${round}`, check));
    const checks = [{ check: `check-${round}`, why: 'It would have been seen.' }];
    await Promise.all([
      show(engineer, '1.2', round, 'failed'),
      show(engineer, '1.5', round, 'passed'),
      expectCreated(engineer.post('/v1/incidents', { ...incident, checks })),
    ]);
    const { body } = await engineer.get(`/v1/checks/check-${round}`);
    expect(body.proofs).toMatchObject([{ proof: 'proven' }]);
  }
});

test('evidence that is taken back while more of it comes leaves what is then true', async () => {
  const { engineer } = await gateScene();
  for (const version of ['1.2', '1.5', '1.6']) {
    await expectCreated(engineer.put(`/v1/products/content/releases/${version}`, {}));
  }
  for (let round = 0; round < rounds; round++) {
    await expectCreated(engineer.put(`/v1/checks/check-${round}`, check));
    const checks = [{ check: `check-${round}`, why: 'It would have been seen.' }];
    await expectCreated(engineer.post('/v1/incidents', { ...incident, checks }));
    await show(engineer, '1.2', round, 'failed');
    await show(engineer, '1.5', round, 'passed');
    await Promise.all([
      show(engineer, '1.5', round, 'failed'),
      show(engineer, '1.6', round, 'passed'),
    ]);
    const { body } = await engineer.get(`/v1/checks/check-${round}`);
    expect(body.proofs).toMatchObject([{ proof: 'proven' }]);
  }
});
