/** The decisions of a release, page by page. */
import { describe, expect, test } from 'vitest';
import { gateVersion } from '../../../src/gate/index.ts';
import { gateScene, release, submit } from '../../support/gate-scene.ts';
import { artifact, decisions, passingScene, record } from './recorded.ts';

describe('200', () => {
  test('newest first, in short, with whether it is signed', async () => {
    const { engineer } = await gateScene({ kind: 'content', artifacts: [artifact] });
    const blocked = await record(engineer, 'canary');
    await submit(engineer, 'passed');
    const passed = await record(engineer, 'general');
    const { status, body } = await engineer.get(decisions);
    expect(status).toBe(200);
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([passed.id, blocked.id]);
    const { asOf, factsHash, summary } = passed.decision;
    expect(body.items[0]).toEqual({
      id: passed.id,
      product: 'content',
      version: '2.0',
      ring: 'general',
      verdict: 'passed',
      mayShip: true,
      summary,
      asOf,
      factsHash,
      gateVersion,
      recordedBy: 'engineer',
      signed: true,
    });
    expect(body.items[1]).toMatchObject({ verdict: 'pending', signed: false });
  });

  test('pages go on where the one before ended, and each decision is on one of them', async () => {
    const { engineer } = await passingScene();
    const made: string[] = [];
    for (let count = 0; count < 5; count++) made.push((await record(engineer)).id);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const cursor = next === undefined ? '' : `&cursor=${next}`;
      const { body } = await engineer.get(`${decisions}?limit=2${cursor}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.next;
    } while (next !== undefined);
    expect(seen).toEqual(made.reverse());
  });
});

describe('400', () => {
  test('a cursor that no list gave is refused', async () => {
    const { engineer } = await passingScene();
    expect((await engineer.get(`${decisions}?cursor=x`)).status).toBe(400);
  });
});

describe('404', () => {
  test('a release that is not registered has no list', async () => {
    const { engineer } = await gateScene();
    const address = `${release.replace('2.0', '7')}/decisions`;
    expect((await engineer.get(address)).status).toBe(404);
  });
});
