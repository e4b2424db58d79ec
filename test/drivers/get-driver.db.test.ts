/** getDriver: one third-party driver, with the incidents and checks around it. */
import { describe, expect, test } from 'vitest';
import { incidentDesk, preliminary } from '../incidents/incident-desk.ts';
import { expectCreated } from '../support/gate-scene.ts';
import { testService } from '../support/service.ts';

const driver = {
  name: 'Audio bus',
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: ['AudioBus.sys'] },
  access: 'lab',
};

test('200 reads one with its revision as ETag, 404 where there is none', async () => {
  const service = await testService();
  const put = await (await service.as('engineer')).put('/v1/drivers/audio-bus', driver);
  const reader = await service.as('reader');

  const got = await reader.get('/v1/drivers/audio-bus');
  expect(got).toMatchObject({ status: 200, body: put.body });
  expect(got.headers.get('etag')).toBe('"1"');
  const absent = await reader.get('/v1/drivers/nothing');
  expect(absent).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('nothing') },
  });
});

describe('around it', () => {
  const part = {
    driver: 'audio-bus',
    versions: 'vers:intdot/7',
    versionOf: 'file',
    role: 'victim',
  };
  const affecting = (product: string) => ({
    affectedUnknown: false,
    affected: [{ product, versions: 'vers:intdot/1' }],
  });

  async function scene() {
    const desk = await incidentDesk();
    const put = (key: string, more: object) =>
      expectCreated(
        desk.ann.put(`/v1/checks/${key}`, {
          title: 'Beside the driver',
          purpose: 'A host with it starts.',
          kind: 'canary',
          enforcement: 'required',
          appliesTo: { products: ['sensor-content'] },
          minimum: { machines: 5, hours: 1 },
          owner: 'quality',
          ...more,
        }),
      );
    await put('by-incident', { variantsFrom: { drivers: 'all' } });
    await put('by-name', { variants: [{ driver: 'audio-bus' }] });
    await put('elsewhere', {
      appliesTo: { products: ['sensor'] },
      variants: [{ driver: 'audio-bus' }],
    });
    const checks = [{ check: 'by-incident', why: 'It waits.' }];
    const mild = { ...preliminary, severity: 'sev4' };
    const here = await desk.log({
      ...mild,
      ...affecting('sensor-content'),
      checks,
      drivers: [part],
    } as never);
    const there = await desk.log({
      ...preliminary,
      ...affecting('sensor'),
      drivers: [part],
    } as never);
    return { ...desk, here, there };
  }

  test('stand the incidents that name it, the gravest first, and the checks that ask for it', async () => {
    const { ann, here, there } = await scene();
    const { body } = await ann.get('/v1/drivers/audio-bus');
    expect(body.incidents).toMatchObject([
      { incident: there, severity: 'sev1', status: 'draft', parts: [part], guarded: null },
      { incident: here, severity: 'sev4', title: preliminary.title },
    ]);
    expect(body.checks).toMatchObject([
      { check: 'by-incident', kind: 'canary', minimum: { machines: 5 }, incidents: [here] },
      { check: 'by-name', incidents: [] },
      { check: 'elsewhere' },
    ]);
    const listed = await ann.get('/v1/drivers');
    expect(listed.body.items).toEqual([body]);
  });

  test('a token knows of those alone that concern its products', async () => {
    const { service, here } = await scene();
    const bound = await service.as('engineer', { name: 'eve', products: ['sensor-content'] });
    const { body } = await bound.get('/v1/drivers/audio-bus');
    expect(body.incidents).toMatchObject([{ incident: here }]);
    expect(body.checks).toMatchObject([{ check: 'by-incident' }, { check: 'by-name' }]);
  });

  test('it is said whether an incident that was agreed to is guarded', async () => {
    const desk = await scene();
    await expectCreated(desk.publish(desk.here));
    await expectCreated(desk.publish(desk.there));
    const { body } = await desk.ann.get('/v1/drivers/audio-bus');
    expect(body.incidents).toMatchObject([
      { incident: desk.there, status: 'published', guarded: false },
      { incident: desk.here, guarded: true },
    ]);
  });

  test('a withdrawn incident leaves', async () => {
    const desk = await scene();
    await expectCreated(desk.publish(desk.there));
    await expectCreated(desk.move(desk.ann, desk.there, 'withdrawn', 'It was none.'));
    const { body } = await desk.ann.get('/v1/drivers/audio-bus');
    expect(body.incidents).toMatchObject([{ incident: desk.here }]);
  });
});
