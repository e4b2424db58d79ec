/** Results from before evidence was kept prove as much as those that came later. */
import { expect, test } from 'vitest';
import { weighRemaining } from '../../../src/releases/proof/weigh-remaining.ts';
import { expectCreated, gateScene, incident } from '../../support/gate-scene.ts';

test('releases that the migration listed are weighed, each once', async () => {
  const { service, engineer } = await gateScene();
  for (const [version, outcome] of [
    ['1.2', 'failed'],
    ['1.5', 'passed'],
  ]) {
    const address = `/v1/products/content/releases/${version}`;
    await expectCreated(engineer.put(address, {}));
    const results = [{ check: 'boots-twice', outcome }];
    await expectCreated(engineer.post(`${address}/results`, { results }));
  }
  const { pool, db } = service.database;
  await pool.query(`delete from check_evidence;
    insert into release_to_weigh (release_id) select distinct release_id from result;`);
  await expectCreated(engineer.post('/v1/incidents', incident));
  const proof = async () => (await engineer.get('/v1/checks/boots-twice')).body.proofs[0].proof;
  expect(await proof()).toBe('unproven');

  await weighRemaining(db, AbortSignal.abort());
  expect(await proof()).toBe('unproven');
  await weighRemaining(db, new AbortController().signal);
  expect(await proof()).toBe('proven');
  expect((await pool.query('select from release_to_weigh')).rowCount).toBe(0);
});
