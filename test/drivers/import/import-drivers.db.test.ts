/** importDrivers: many drivers at once, all of them or none. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ImportedDriver, readDrivers } from '../../../src/drivers/import/read-drivers.ts';
import { expectCreated } from '../../support/gate-scene.ts';
import { type Client, testService } from '../../support/service.ts';

const imports = '/v1/driver-imports';

const driver = (key: string, more: object = {}) => ({
  key,
  name: key,
  vendor: 'Example',
  kind: 'kernel_driver',
  platform: 'windows',
  versionScheme: 'intdot',
  identity: { fileNames: [`${key}.sys`] },
  access: 'lab',
  ...more,
});

const outcomes = async (client: Client, drivers: object[], query = '') => {
  const { status, body } = await client.post(`${imports}${query}`, { drivers });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.drivers.map(({ key, outcome }: { key: string; outcome: string }) => [key, outcome]);
};
const keysOf = async (client: Client) =>
  (await client.get('/v1/drivers')).body.items.map(({ key }: { key: string }) => key);

describe('200', () => {
  test('creates what is new, and the same list again changes nothing', async () => {
    const engineer = await (await testService()).as('engineer');
    const list = [driver('b'), driver('a')];
    const created = [
      ['b', 'created'],
      ['a', 'created'],
    ];
    expect(await outcomes(engineer, list)).toEqual(created);
    expect(await outcomes(engineer, list)).toEqual(created.map(([key]) => [key, 'unchanged']));
    expect((await engineer.get('/v1/drivers/a')).body).toMatchObject({ revision: 1, name: 'a' });
  });

  test('leaves what differs as it is and tells the differences, and replaces it where that is asked', async () => {
    const engineer = await (await testService()).as('engineer');
    await outcomes(engineer, [driver('a')]);
    const list = [driver('a', { access: 'none' }), driver('b')];
    const { body } = await engineer.post(imports, { drivers: list });
    expect(body.drivers).toEqual([
      {
        key: 'a',
        outcome: 'differs',
        changes: [{ pointer: '/access', before: 'lab', after: 'none' }],
      },
      { key: 'b', outcome: 'created', changes: [] },
    ]);
    expect((await engineer.get('/v1/drivers/a')).body).toMatchObject({ revision: 1 });
    expect(await outcomes(engineer, list, '?replace=true')).toEqual([
      ['a', 'replaced'],
      ['b', 'unchanged'],
    ]);
    const { body: replaced } = await engineer.get('/v1/drivers/a');
    expect(replaced).toMatchObject({ revision: 2, access: 'none' });
  });

  test('a trial run says what would be done, and stores nothing', async () => {
    const engineer = await (await testService()).as('engineer');
    expect(await outcomes(engineer, [driver('a')], '?dryRun=true')).toEqual([['a', 'created']]);
    expect(await keysOf(engineer)).toEqual([]);
  });

  test('the audit trail says which were written', async () => {
    const service = await testService();
    await outcomes(await service.as('engineer'), [driver('a'), driver('b')]);
    const { body } = await (await service.as('admin')).get('/v1/audit');
    expect(body.items).toMatchObject([
      { operation: 'importDrivers', change: { drivers: [{ key: 'a' }, { key: 'b' }] } },
    ]);
  });
});

test('422 for a driver that could never be recognised and for a key twice, each with its place, and nothing is stored', async () => {
  const engineer = await (await testService()).as('engineer');
  const drivers = [driver('a'), driver('b', { identity: {} }), driver('a')];
  expect(await engineer.post(imports, { drivers })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/drivers/1/identity' }, { pointer: '/drivers/2/key' }] },
  });
  expect(await keysOf(engineer)).toEqual([]);
});

test('400 names every field that is wrong, by its driver', async () => {
  const engineer = await (await testService()).as('engineer');
  const drivers = [driver('a', { access: 'maybe' }), driver('B')];
  expect(await engineer.post(imports, { drivers })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/drivers/0/access' }, { pointer: '/drivers/1/key' }] },
  });
});

const real = new URL('../../../../shared/data/drivers/loldrivers.json', import.meta.url);

interface Sample {
  filename?: string;
  originalFilename?: string;
  fileVersion?: string;
  sha256?: string;
  signer?: string;
}

test.skipIf(!existsSync(real))(
  'with the catalogue of real drivers beside the project: all load, each sample is found by its hash, and none is called affected by a name and version whose signer contradicts',
  async () => {
    const service = await testService();
    const engineer = await service.as('engineer');
    const file = readDrivers(readFileSync(real), { access: 'none' });
    if (file.kind === 'unreadable') throw new Error(file.why);
    expect(file.faults).toEqual([]);
    const drivers = file.drivers.map(({ driver: read }) => read);
    expect(drivers.length).toBeGreaterThan(600);
    for (const batch of batches(drivers, 200)) {
      const reply = await expectCreated(engineer.post(imports, { drivers: batch }));
      const said = reply.body.drivers.map(({ outcome }: { outcome: string }) => outcome);
      expect(new Set(said)).toEqual(new Set(['created']));
    }
    await recordAll(engineer, drivers);

    const samples: Sample[] = JSON.parse(readFileSync(real, 'utf8')).drivers.flatMap(
      (each: { names: string[]; samples: Sample[] }) =>
        each.samples.map((sample) => ({ filename: each.names[0], ...sample })),
    );
    const ask = async (items: object[]) => {
      const asked = { product: 'sensor', version: '1', drivers: items };
      const { status, body } = await engineer.post('/v1/affected', asked);
      expect(status).toBe(200);
      return body.drivers as { verdict: string; basis: string; evidence: string }[];
    };
    const hashed = samples.filter(({ sha256 }) => sha256 !== undefined);
    expect(hashed.length).toBeGreaterThan(2000);
    const byHash = await ask(hashed.map(({ sha256 }) => ({ sha256 })));
    expect(new Set(byHash.map(({ verdict, basis }) => `${verdict} ${basis}`))).toEqual(
      new Set(['affected sha256']),
    );

    const shared = sharedByName(hashed);
    expect(shared.length).toBeGreaterThan(100);
    const stranger = 'A Stranger Who Signed None Of Them';
    const byName = await ask(
      shared.map(({ filename, fileVersion }) => ({
        fileName: filename,
        fileVersion,
        signer: stranger,
      })),
    );
    const verdicts = new Set(byName.map(({ verdict }) => verdict));
    expect(verdicts).not.toContain('affected');
    expect(verdicts).toContain('cannot_tell');
  },
);

/** Samples of several files under one name with one version. */
function sharedByName(samples: readonly Sample[]): Sample[] {
  const byName = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { filename = '', fileVersion } = sample;
    if (filename === '' || fileVersion === undefined) continue;
    const name = `${filename.toLowerCase()} ${fileVersion}`;
    byName.set(name, [...(byName.get(name) ?? []), sample]);
  }
  return [...byName.values()].filter((group) => group.length > 1).flat();
}

/** Incidents that name every version of every driver. */
async function recordAll(engineer: Client, drivers: readonly ImportedDriver[]): Promise<void> {
  const product = { name: 'Sensor', versionScheme: 'intdot', rings: ['general'] };
  await expectCreated(engineer.put('/v1/products/sensor', product));
  for (const batch of batches(drivers, 200)) {
    const involved = batch.map(({ key }) => {
      return {
        driver: key,
        versions: null,
        versionOf: 'file',
        role: 'cause',
        visibility: 'public',
      };
    });
    const { body } = await expectCreated(
      engineer.post('/v1/incidents', {
        title: 'A driver that harms',
        severity: 'sev1',
        affected: [{ product: 'sensor', versions: 'vers:intdot/*' }],
        drivers: involved,
      }),
    );
    expect(body.drivers).toHaveLength(batch.length);
  }
}

function batches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
