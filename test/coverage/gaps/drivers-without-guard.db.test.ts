/** listCoverageGaps: the drivers that incidents name and nothing guards, each with why, and what to do. */
import { describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../../incidents/incident-desk.ts';
import { expectCreated } from '../../support/gate-scene.ts';

const gap = '/v1/coverage/drivers_without_guard';

const check = {
  title: 'Beside the driver',
  purpose: 'A host with it starts.',
  kind: 'compatibility_lab',
  enforcement: 'required',
  appliesTo: { products: ['sensor-content'] },
  owner: 'quality',
};
const canary = { kind: 'canary', minimum: { machines: 20, hours: 4 } };
const fromDrivers = { variantsFrom: { drivers: 'all' } };

interface Given {
  access?: 'lab' | 'vendor_programme' | 'none';
  /** What the check `beside` has beyond a required one of a lab; null for no check. */
  guard?: object | null;
  versions?: string | null;
  /** Affects 7 up to 8 of sensor-content, of which a content release is registered. */
  affected?: true;
}

async function scene({
  access = 'lab',
  guard = null,
  versions = 'vers:intdot/7|8',
  affected,
}: Given) {
  const desk = await incidentDesk();
  const driver = {
    name: 'The camera driver',
    vendor: 'Example',
    kind: 'kernel_driver',
    platform: 'windows',
    versionScheme: 'intdot',
    identity: { fileNames: ['camera.sys'] },
  };
  await expectCreated(desk.ann.put('/v1/drivers/camera', { ...driver, access }));
  if (affected) {
    const product = { name: 'Sensor content', versionScheme: 'intdot', rings: ['general'] };
    const platforms = ['Windows', 'linux'];
    const address = '/v1/products/sensor-content';
    await expectCreated(desk.ann.put(address, { ...product, platforms }, { 'If-Match': '*' }));
  }
  if (guard) await expectCreated(desk.ann.put('/v1/checks/beside', { ...check, ...guard }));
  const key = await desk.log({
    ...preliminary,
    severity: 'sev2',
    drivers: [{ driver: 'camera', versions, versionOf: 'file', role: 'trigger' }],
    checks: guard ? [{ check: 'beside', why: 'It waits.' }] : [],
    ...(affected && {
      affectedUnknown: false,
      affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
    }),
  } as never);
  if (affected) {
    const release = '/v1/products/sensor-content/releases/7.1';
    await expectCreated(desk.ann.put(release, { kind: 'content' }));
  }
  return { ...desk, key };
}

async function published(given: Given) {
  const desk = await scene(given);
  await expectCreated(desk.publish(desk.key));
  return desk;
}

async function gaps({ ann }: Pick<IncidentDesk, 'ann'>) {
  const { status, body } = await ann.get(gap);
  expect(status).toBe(200);
  const counts = (await ann.get('/v1/coverage')).body.gaps;
  expect(counts).toContainEqual({ gap: 'drivers_without_guard', count: body.items.length });
  return body.items;
}

const own = (...versions: string[]) =>
  versions.map((version) => ({ driver: 'camera', fileVersion: version }));

describe('nothing guards', () => {
  test.each<[string, Given, string]>([
    ['a driver of which no check of the incident speaks', {}, 'No check of the incident asks for'],
    ['one whose check asks for other systems', { guard: { variants: [{ os: 'w' }] } }, 'No check'],
    [
      'a version that the check does not list',
      { guard: { variants: own('7') } },
      'No check of the incident asks for driver=camera, fileVersion=8. Name one that does',
    ],
    [
      'one whose check is advisory',
      { guard: { ...fromDrivers, enforcement: 'advisory' } },
      'is advisory only (beside). Make it required.',
    ],
    [
      'one that we cannot get, and that is tried in a lab',
      { access: 'none', guard: fromDrivers },
      'We cannot get it, and what asks for driver=camera, fileVersion=7, driver=camera, fileVersion=8 is no canary',
    ],
    [
      'one of a programme, and a canary of no machines',
      {
        access: 'vendor_programme',
        guard: { ...fromDrivers, ...canary, minimum: { machines: 0, hours: 4 } },
      },
      'It is in no lab of ours, and what asks for',
    ],
    [
      'one that we cannot get, and a canary that is advisory',
      { access: 'none', guard: { ...fromDrivers, ...canary, enforcement: 'advisory' } },
      'We cannot get it: name a canary',
    ],
  ])('%s', async (_, given, toDo) => {
    const desk = await published(given);
    expect(await gaps(desk)).toMatchObject([
      {
        key: `${desk.key}/camera`,
        incident: desk.key,
        driver: 'camera',
        check: null,
        title: 'The camera driver',
        severity: 'sev2',
        toDo: expect.stringContaining(toDo),
      },
    ]);
  });
});

describe('a check that is asked of other releases guards nothing', () => {
  test.each<[string, object]>([
    ['of another product', { products: ['sensor'] }],
    ['of another kind', { kinds: ['code'] }],
    ['of earlier versions', { versions: 'vers:intdot/<0.5' }],
    ['of versions up to the next one', { versions: 'vers:intdot/>=7|<8' }],
    ['of another platform', { platforms: ['linux'] }],
  ])('%s', async (_, facets) => {
    const appliesTo = { products: ['sensor-content'], ...facets };
    const guard = { ...fromDrivers, ...canary, appliesTo };
    const desk = await published({ access: 'none', guard, affected: true });
    const toDo = expect.stringContaining('is not asked of every later release');
    expect(await gaps(desk)).toMatchObject([{ driver: 'camera', toDo }]);
  });

  test('later than now', async () => {
    const effectiveFrom = new Date(Date.now() + 3_600_000).toISOString();
    const guard = { ...fromDrivers, ...canary, effectiveFrom };
    expect(await gaps(await published({ guard, affected: true }))).toHaveLength(1);
  });

  test('and one whose facets take them all does', async () => {
    const appliesTo = {
      products: ['sensor-content'],
      kinds: ['content', 'code'],
      versions: 'vers:intdot/>=7|!=7.5',
      platforms: ['Windows'],
      rings: ['general'],
    };
    const guard = { ...fromDrivers, ...canary, appliesTo };
    expect(await gaps(await published({ access: 'none', guard, affected: true }))).toEqual([]);
  });
});

describe('something guards', () => {
  test.each<[string, Given]>([
    ['a driver whose versions a check takes', { guard: fromDrivers }],
    ['one that a check names', { guard: { variantsFrom: { drivers: ['camera'] } } }],
    ['one that stands in a variant', { guard: { variants: [{ driver: 'camera', os: 'w' }] } }],
    ['one with each version in a variant', { guard: { variants: own('7', '8') } }],
    [
      'one that we cannot get, by a canary',
      { access: 'none', guard: { ...fromDrivers, ...canary } },
    ],
  ])('%s', async (_, given) => {
    expect(await gaps(await published(given))).toEqual([]);
  });
});

test('nobody agreed to a draft yet, and a withdrawn incident is none', async () => {
  const desk = await scene({});
  expect(await gaps(desk)).toEqual([]);
  await expectCreated(desk.publish(desk.key));
  expect(await gaps(desk)).toHaveLength(1);
  await expectCreated(desk.move(desk.ann, desk.key, 'withdrawn', 'It was none.'));
  expect(await gaps(desk)).toEqual([]);
});

test('a token bound to another product sees none of it, and a list goes on behind its cursor', async () => {
  const desk = await published({});
  const drivers = ['audio-bus', 'camera'].map((driver) => ({
    driver,
    versions: null,
    versionOf: 'file',
    role: 'trigger',
  }));
  const affected = [{ product: 'sensor', versions: 'vers:intdot/1' }];
  const second = await desk.log({
    ...preliminary,
    affectedUnknown: false,
    affected,
    drivers,
  } as never);
  await expectCreated(desk.publish(second));
  const keys = (await gaps(desk)).map(({ key }: { key: string }) => key);
  expect(keys).toEqual([`${second}/audio-bus`, `${second}/camera`, `${desk.key}/camera`]);
  const { body } = await desk.ann.get(`${gap}?limit=2`);
  const rest = await desk.ann.get(`${gap}?cursor=${body.next}`);
  expect(rest.body.items).toMatchObject([{ key: `${desk.key}/camera` }]);
  const bound = await desk.service.as('reader', { products: ['sensor-content'] });
  expect((await bound.get(gap)).body.items).toMatchObject([{ incident: desk.key }]);
});
