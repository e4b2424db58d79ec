/** Registering a release and replacing its facts. */
import { describe, expect, test } from 'vitest';
import { expectCreated, gateScene, release } from '../support/gate-scene.ts';

const facts = {
  kind: 'content',
  components: ['templates'],
  platforms: [],
  changedPaths: ['content/291.bin'],
  artifacts: [{ name: '291.bin', sha256: '2'.repeat(64) }],
};

describe('201 and 200', () => {
  test('what a release says is kept, and what it leaves out stays unsaid', async () => {
    const { engineer } = await gateScene();
    const address = '/v1/products/content/releases/3.1';
    const put = await engineer.put(address, facts);
    expect(put.status).toBe(201);
    expect(put.headers.get('location')).toBe(address);
    expect(put.body).toMatchObject({ ...facts, key: 'content@3.1', revision: 1, shipments: [] });
    const { body } = await engineer.get(release);
    expect(body).not.toHaveProperty('components');
    expect(body.artifacts).toEqual([]);
  });

  test('the last put counts, every one is kept, and the same facts again change nothing', async () => {
    const { service, engineer } = await gateScene();
    expect((await engineer.put(release, facts)).body.revision).toBe(2);
    expect((await engineer.put(release, facts)).body.revision).toBe(2);
    const narrowed = { ...facts, components: [] };
    expect(
      (await engineer.put('/v1/products/content/releases/2.0.0', narrowed)).body,
    ).toMatchObject({
      version: '2.0',
      revision: 3,
      components: [],
    });
    const kept = await service.database.db
      .selectFrom('release_revision')
      .select(['revision', 'body', 'known_until'])
      .orderBy('revision')
      .execute();
    expect(kept.map(({ revision, known_until }) => [revision, known_until === null])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(kept[1]?.body).toMatchObject({ components: ['templates'] });
  });
});

describe('404', () => {
  test('an unknown product', async () => {
    const { engineer } = await gateScene();
    expect((await engineer.put('/v1/products/nothing/releases/1', facts)).status).toBe(404);
    expect((await engineer.get('/v1/products/content/releases/77')).status).toBe(404);
    expect((await engineer.get('/v1/products/nothing/releases')).status).toBe(404);
  });
});

describe('422', () => {
  test('a version that its scheme would cut short is refused', async () => {
    const { engineer } = await gateScene();
    const { status, body } = await engineer.put(
      '/v1/products/content/releases/270.9.0%2F1778',
      facts,
    );
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('version');
  });

  test('names that the product does not declare are refused, each with its place', async () => {
    const { engineer } = await gateScene();
    const wrong = { ...facts, components: ['templates', 'tmeplates'], platforms: ['beos'] };
    const { status, body } = await engineer.put('/v1/products/content/releases/4', wrong);
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/components/1',
      '/platforms/0',
    ]);
    expect((await engineer.get('/v1/products/content/releases/4')).status).toBe(404);
  });
});

test('releases are listed newest first, page by page, each once', async () => {
  const { engineer } = await gateScene();
  for (const version of ['3', '4', '5']) {
    await expectCreated(engineer.put(`/v1/products/content/releases/${version}`, {}));
  }
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await engineer.get(`/v1/products/content/releases?limit=2${cursor}`);
    seen.push(...body.items.map(({ version }: { version: string }) => version));
    cursor = body.next ? `&cursor=${body.next}` : '';
  } while (cursor);
  expect(seen).toEqual(['5', '4', '3', '2.0']);
  expect((await engineer.get('/v1/products/content/releases?cursor=x')).status).toBe(400);
});
