/** A recorded decision as it is read later: what stays, what is told to whom, and what a tampered row shows. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { expectCreated, gateScene, incident, release, submit } from '../../support/gate-scene.ts';
import { passingScene, record } from './recorded.ts';

describe('200', () => {
  test('it stays what it was, whatever becomes known later', async () => {
    const { engineer } = await passingScene();
    const recorded = await record(engineer);
    await submit(engineer, 'failed');
    await expectCreated(engineer.post('/v1/incidents', incident));
    expect((await engineer.get(`${release}/gate`)).body.verdict).toBe('blocked');
    const { status, body } = await engineer.get(`/v1/decisions/${recorded.id}`);
    expect(status).toBe(200);
    expect(body).toEqual(recorded);
    expect(body.replay.same).toBe(true);
  });

  test('a pipeline reads key and severity of an unpublished incident, and nothing else of it', async () => {
    const { service, engineer } = await gateScene();
    const { body: draft } = await expectCreated(engineer.post('/v1/incidents', incident));
    const { id, decision } = await record(engineer);
    expect(decision.answers[0].guardsAgainst[0].title).toBe(incident.title);
    const pipeline = await service.as('pipeline', { products: ['content'] });
    const { body } = await pipeline.get(`/v1/decisions/${id}`);
    expect(body.decision.answers[0].guardsAgainst).toEqual([
      {
        incident: draft.key,
        severity: 'sev1',
        title: null,
        why: null,
        reportUrl: null,
        proof: null,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(incident.title);
    // What is left out for a reader is not part of what is judged.
    expect(body.replay.same).toBe(true);
  });

  test('facts, or a decision, that somebody changed in the database do not replay', async () => {
    const { service, engineer } = await passingScene();
    const [first, second] = [await record(engineer), await record(engineer)];
    const { pool } = service.database;
    const { rows } = await pool.query('select facts from decision where id = $1', [first.id]);
    const forged = gunzipSync(rows[0].facts).toString().replace('"passed"', '"failed"');
    const values = [gzipSync(forged), first.id];
    await pool.query('update decision set facts = $1 where id = $2', values);
    await pool.query(
      `update decision set body = jsonb_set(body, '{answers,0,earlierFailures}', '3') where id = $1`,
      [second.id],
    );
    const { body } = await engineer.get(`/v1/decisions/${first.id}`);
    expect(body.replay).toMatchObject({ same: false, verdict: 'blocked' });
    expect(body.replay.factsHash).not.toBe(body.decision.factsHash);
    const { replay } = (await engineer.get(`/v1/decisions/${second.id}`)).body;
    expect(replay).toMatchObject({ same: false, factsHash: second.decision.factsHash });
  });
});

describe('404', () => {
  test('one that does not exist, and one of a product out of reach, answer alike', async () => {
    const { service, engineer } = await passingScene();
    const { id } = await record(engineer);
    const pipeline = await service.as('pipeline', { products: ['other'] });
    const hidden = await pipeline.get(`/v1/decisions/${id}`);
    const absent = await pipeline.get('/v1/decisions/999');
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.body.detail.replace(id, '999')).toBe(absent.body.detail);
  });
});
