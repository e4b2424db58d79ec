/** The facts behind a decision, for whoever decides again by themselves. */
import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/gate/index.ts';
import { factsHash } from '../../../src/releases/facts-hash.ts';
import { expectCreated, gateScene, incident } from '../../support/gate-scene.ts';
import { passingScene, record } from './recorded.ts';

describe('200', () => {
  test('they have the recorded hash, and lead to the recorded verdict', async () => {
    const { service, engineer } = await passingScene();
    await expectCreated(engineer.post('/v1/incidents', incident));
    const { id, decision } = await record(engineer);
    const reader = await service.as('reader');
    const { status, body } = await reader.get(`/v1/decisions/${id}/facts`);
    expect(status).toBe(200);
    expect(body.asOf).toBe(decision.asOf);
    expect(factsHash(body.facts, body.asOf)).toBe(decision.factsHash);
    expect(decide(body.facts, body.asOf).summary).toBe(decision.summary);
  });
});

describe('403', () => {
  test('a token bound to products is not handed the words of an incident of other products', async () => {
    const { service, engineer } = await gateScene();
    const { id: before } = await record(engineer);
    await expectCreated(engineer.put('/v1/products/other', { ...other, name: 'Other' }));
    const affected = [{ product: 'other', versions: 'vers:intdot/<1.5' }];
    await expectCreated(engineer.post('/v1/incidents', { ...incident, affected }));
    const { id } = await record(engineer);
    const bound = await service.as('engineer', { name: 'Bo', products: ['content'] });
    const { status, body } = await bound.get(`/v1/decisions/${id}/facts`);
    expect(status).toBe(403);
    expect(JSON.stringify(body)).not.toContain(incident.title);
    expect((await bound.get(`/v1/decisions/${before}/facts`)).status).toBe(200);
    const pipeline = await service.as('pipeline');
    expect((await pipeline.get(`/v1/decisions/${before}/facts`)).status).toBe(403);
  });
});

const other = { versionScheme: 'intdot', rings: ['general'] };

describe('404', () => {
  test('facts of nothing are not there', async () => {
    const { engineer } = await gateScene();
    expect((await engineer.get('/v1/decisions/7/facts')).status).toBe(404);
  });
});
