/** What a release must pass, before anything is run. */
import { describe, expect, test } from 'vitest';
import { check, expectCreated, gateScene, incident, release } from '../support/gate-scene.ts';

const plan = '/v1/products/content/required-checks';
const required = `${release}/required-checks`;

const scoped = {
  ...check,
  appliesTo: { products: ['content'], components: ['templates'] },
  variants: [{ os: 'windows-10' }, { os: 'windows-11' }],
  reportedAs: [{ suite: 'host.*' }],
  howToRun: { command: 'make boot' },
};

describe('planRequiredChecks', () => {
  test('200: a fact left out never removes a check, and the answer says that it was left out', async () => {
    const { engineer } = await gateScene();
    await expectCreated(engineer.put('/v1/checks/scoped', scoped));
    const { status, body } = await engineer.post(plan, { ring: 'canary' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ product: 'content', version: null, ring: 'canary' });
    expect(body.items).toHaveLength(3);
    expect(body.items[1]).toMatchObject({
      check: 'scoped',
      variant: { os: 'windows-10' },
      kind: 'automated',
      howToRun: { command: 'make boot' },
      reportedAs: [{ suite: 'host.*' }],
    });
    expect(body.items[1].appliesBecause).toContain('did not say which components');
  });

  test('200: a release that touches no component sheds the checks of components', async () => {
    const { engineer } = await gateScene();
    await expectCreated(engineer.put('/v1/checks/scoped', scoped));
    const { body } = await engineer.post(plan, { components: [], version: '3.0' });
    expect(body.items.map((item: { check: string }) => item.check)).toEqual(['boots-twice']);
    expect(body.version).toBe('3.0');
  });

  test('404: an unknown product', async () => {
    const { engineer } = await gateScene();
    expect((await engineer.post('/v1/products/nothing/required-checks', {})).status).toBe(404);
  });

  test('422: a version, a ring and names that cannot be', async () => {
    const { engineer } = await gateScene();
    const { status, body } = await engineer.post(plan, {
      version: '1/2',
      ring: 'moon',
      components: ['nothing'],
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/components/0',
      '/ring',
      '/version',
    ]);
  });
});

describe('listRequiredChecks', () => {
  test('200: one check reached from two incidents is one requirement with two reasons', async () => {
    const { engineer } = await gateScene();
    await expectCreated(engineer.post('/v1/incidents', incident));
    await expectCreated(engineer.post('/v1/incidents', { ...incident, severity: 'sev3' }));
    const { status, body } = await engineer.get(required);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    const severities = body.items[0].guardsAgainst.map(
      ({ severity }: { severity: string }) => severity,
    );
    expect(severities).toEqual(['sev1', 'sev3']);
  });

  test('404: a release that is not registered', async () => {
    const { engineer } = await gateScene();
    const { status } = await engineer.get('/v1/products/content/releases/8/required-checks');
    expect(status).toBe(404);
  });

  test('422: a ring that the product does not have', async () => {
    const { engineer } = await gateScene();
    expect((await engineer.get(`${required}?ring=moon`)).status).toBe(422);
  });
});
