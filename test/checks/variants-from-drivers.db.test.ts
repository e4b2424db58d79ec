/** putCheck, variantsFrom: versions of drivers that incidents name become requirements, at once and for good. */
import { describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../incidents/incident-desk.ts';
import { testDatabase } from '../support/databases.ts';
import { expectCreated } from '../support/gate-scene.ts';

const release = '/v1/products/sensor-content/releases/2.0';

const lab = {
  title: 'The sensor runs beside the driver',
  purpose: 'A host with the driver starts twice after the update.',
  kind: 'compatibility_lab',
  enforcement: 'required',
  appliesTo: { products: ['sensor-content'] },
  variantsFrom: { drivers: 'all' },
  owner: 'compatibility',
};

const part = (versions: string | null, more: object = {}) => ({
  driver: 'audio-bus',
  versions,
  versionOf: 'file',
  role: 'trigger',
  ...more,
});

/** An incident that the check `beside-drivers` guards against, and release 2.0. */
async function scene(check: object = {}, drivers: object[] = [part('vers:intdot/7.1')]) {
  const desk = await incidentDesk();
  await expectCreated(desk.ann.put('/v1/checks/beside-drivers', { ...lab, ...check }));
  await expectCreated(desk.ann.put(release, {}));
  const checks = [{ check: 'beside-drivers', why: 'The lab has the driver.' }];
  const key = await desk.log({ ...preliminary, checks, drivers } as never);
  return { ...desk, key };
}

async function asked({ ann }: Pick<IncidentDesk, 'ann'>, query = '') {
  const { body } = await ann.get(`${release}/gate${query}`);
  const about = body.answers.filter(({ check }: { check: string }) => check === 'beside-drivers');
  return about.map(({ variant, status }: { variant: object | null; status: string }) => [
    variant === null ? null : Object.entries(variant).map((pair) => pair.join('=')),
    status,
  ]);
}

const pass = (desk: IncidentDesk, variant: object) =>
  expectCreated(
    desk.ann.post(`${release}/results`, {
      results: [{ check: 'beside-drivers', outcome: 'passed', variant }],
    }),
  );

const at = (version: string) => ['driver=audio-bus', `fileVersion=${version}`];

test('a version that is added to an incident is asked for at once, and no result for another meets it', async () => {
  const desk = await scene();
  await pass(desk, { driver: 'audio-bus', fileVersion: '7.1' });
  expect(await asked(desk)).toEqual([[at('7.1'), 'passed']]);
  const before = (await desk.ann.get(`${release}/gate`)).body.asOf;

  await expectCreated(
    desk.edit(desk.ann, desk.key, { drivers: [part('vers:intdot/7.1|>=8|<9.2')] }),
  );
  expect(await asked(desk)).toEqual([
    [at('7.1'), 'passed'],
    [at('>=8|<9.2'), 'missing'],
  ]);
  expect(await asked(desk, `?asOf=${encodeURIComponent(before)}`)).toEqual([[at('7.1'), 'passed']]);
  await pass(desk, { driver: 'audio-bus', fileVersion: '>=8|<9.2' });
  expect((await asked(desk)).at(-1)).toEqual([at('>=8|<9.2'), 'passed']);
});

test.each<[string, string | null, string, object[]]>([
  ['every version', null, 'file', [{}]],
  ['every version, said as a range', 'vers:intdot/*', 'file', [{}]],
  ['a bound without another', 'vers:intdot/<2', 'file', [{ fileVersion: '<2' }]],
  ['single versions', 'vers:intdot/2|4', 'file', [{ fileVersion: '2' }, { fileVersion: '4' }]],
  [
    'intervals',
    'vers:intdot/>1|<=2|3|>4',
    'file',
    [{ fileVersion: '3' }, { fileVersion: '>1|<=2' }, { fileVersion: '>4' }],
  ],
  ['exceptions', 'vers:intdot/>1|!=2|<4|5', 'file', [{ fileVersion: '>1|!=2|<4|5' }]],
  ['the package', 'vers:intdot/2', 'package', [{ packageVersion: '2' }]],
])('%s of a driver', async (_, versions, versionOf, variants) => {
  const { pool } = await testDatabase();
  const { rows } = await pool.query('select driver_variants($1, $2, $3) as variant', [
    'audio-bus',
    versionOf,
    versions,
  ]);
  const expected = variants.map((variant) => ({ variant: { driver: 'audio-bus', ...variant } }));
  expect(rows).toHaveLength(expected.length);
  expect(rows).toEqual(expect.arrayContaining(expected));
});

test('a range longer than a value of a variant ends in a hash, and the pipeline can report it', async () => {
  const many = Array.from({ length: 40 }, (_, number) => `!=${number + 1}.0`).join('|');
  const desk = await scene({}, [part(`vers:intdot/${many}`)]);
  const { body } = await desk.ann.get(`${release}/required-checks`);
  const [{ variant }] = body.items.filter(
    ({ check }: { check: string }) => check === 'beside-drivers',
  );
  expect(variant.fileVersion).toMatch(/^!=1\.0\|.*~[0-9a-f]{32}$/);
  await pass(desk, variant);
  expect((await asked(desk)).map(([, status]: [unknown, string]) => status)).toEqual(['passed']);
});

describe('what it names', () => {
  test('its own variants stand beside those of drivers', async () => {
    const desk = await scene({ variants: [{ os: 'windows-11' }] });
    expect(await asked(desk)).toEqual([
      [at('7.1'), 'missing'],
      [['os=windows-11'], 'missing'],
    ]);
  });

  test('a driver by its key is asked for even where no incident names it, and others are not', async () => {
    const desk = await scene({ variantsFrom: { drivers: ['audio-bus'] } }, []);
    expect(await asked(desk)).toEqual([[['driver=audio-bus'], 'missing']]);
    const other = { ...(await desk.ann.get('/v1/drivers/audio-bus')).body };
    const { name, vendor, kind, platform, versionScheme, identity, access } = other;
    const driver = { name, vendor, kind, platform, versionScheme, identity, access };
    await expectCreated(desk.ann.put('/v1/drivers/other', driver));
    const drivers = [part('vers:intdot/2'), part('vers:intdot/3', { driver: 'other' })];
    await expectCreated(desk.edit(desk.ann, desk.key, { drivers }));
    expect(await asked(desk)).toEqual([[at('2'), 'missing']]);
  });

  test('all drivers of no incident are asked for as of a check without variants', async () => {
    expect(await asked(await scene({}, []))).toEqual([[null, 'missing']]);
  });

  test('422 names a driver that is none', async () => {
    const { ann } = await incidentDesk();
    const body = { ...lab, variantsFrom: { drivers: ['audio-bus', 'audio-buss'] } };
    expect(await ann.put('/v1/checks/beside-drivers', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/variantsFrom/drivers/1' }] },
    });
  });

  test('what a release was not asked for is said to be ignored, and the near one is named', async () => {
    const desk = await scene();
    const { body } = await pass(desk, { driver: 'audio-bus', fileVersion: '7.2' });
    expect(body.ignoredVariants ?? body.ignored).toMatchObject([
      { check: 'beside-drivers', variant: { fileVersion: '7.2' } },
    ]);
  });
});

describe('nobody loosens alone', () => {
  test('a version taken out of a published record binds until somebody else agreed', async () => {
    const internal = part('vers:intdot/7.1|8');
    const desk = await scene({}, [internal]);
    await expectCreated(desk.publish(desk.key));
    const edited = await desk.edit(desk.ann, desk.key, { drivers: [part('vers:intdot/8')] });
    expect(edited.body.status).toBe('draft');
    expect((await asked(desk)).map(([variant]: [string[]]) => variant)).toEqual([
      at('7.1'),
      at('8'),
    ]);
    await expectCreated(desk.publish(desk.key));
    expect((await asked(desk)).map(([variant]: [string[]]) => variant)).toEqual([at('8')]);
  });

  test('a version added to a published record binds at once, and stays internal', async () => {
    const desk = await scene({}, [part('vers:intdot/7.1')]);
    await expectCreated(desk.publish(desk.key));
    const edited = await desk.edit(desk.ann, desk.key, { drivers: [part('vers:intdot/7.1|8')] });
    expect(edited.body.status).toBe('published');
    expect(await asked(desk)).toHaveLength(2);
  });

  test('a check behind which a grave incident stands gives up its drivers by a second person', async () => {
    const desk = await scene();
    const { headers } = await desk.ann.get('/v1/checks/beside-drivers');
    const without = { ...lab, variantsFrom: null };
    const put = await desk.ann.put('/v1/checks/beside-drivers?reason=moved', without, {
      'If-Match': headers.get('etag') ?? '',
    });
    expect(put.status).toBe(202);
    expect(await asked(desk)).toHaveLength(1);
  });

  test('an incident that is withdrawn takes its drivers along', async () => {
    const desk = await scene({ variantsFrom: { drivers: ['audio-bus'] } });
    await expectCreated(desk.publish(desk.key));
    const checks = [{ check: 'beside-drivers', why: 'The lab has the driver.' }];
    await desk.log({ ...preliminary, checks } as never);
    await expectCreated(desk.move(desk.ann, desk.key, 'withdrawn', 'It was none.'));
    expect(await asked(desk)).toEqual([[['driver=audio-bus'], 'missing']]);
  });
});

test('a canary passes on as many machines with each version as it needs, and on no fewer', async () => {
  const desk = await scene({ kind: 'canary', minimum: { machines: 20, hours: 1 } });
  const report = (machines: number) =>
    expectCreated(
      desk.ann.post(`${release}/results`, {
        results: [
          {
            check: 'beside-drivers',
            outcome: 'passed',
            variant: { driver: 'audio-bus', fileVersion: '7.1' },
            machines,
            hours: 2,
          },
        ],
      }),
    );
  await report(19);
  expect(await asked(desk)).toEqual([[at('7.1'), 'insufficient']]);
  await report(20);
  expect(await asked(desk)).toEqual([[at('7.1'), 'passed']]);
});

test('a ring that was entered is judged by the versions that were named then', async () => {
  const desk = await scene();
  await pass(desk, { driver: 'audio-bus', fileVersion: '7.1' });
  for (const check of ['boot-loop', 'field-count']) {
    const results = [{ check, outcome: 'passed' }];
    await expectCreated(desk.ann.post(`${release}/results`, { results }));
  }
  await expectCreated(desk.ann.post(`${release}/shipments`, { ring: 'general' }));
  await expectCreated(desk.edit(desk.ann, desk.key, { drivers: [part('vers:intdot/7.1|8')] }));
  expect(await asked(desk)).toEqual([[at('7.1'), 'passed']]);
});

test('a plan and a dry run know the versions as well', async () => {
  const desk = await scene();
  const plan = await desk.ann.post('/v1/products/sensor-content/required-checks', {});
  expect(plan.body.items).toContainEqual(
    expect.objectContaining({
      check: 'beside-drivers',
      variant: { driver: 'audio-bus', fileVersion: '7.1' },
    }),
  );
  await pass(desk, { driver: 'audio-bus', fileVersion: '7.1' });
  for (const check of ['boot-loop', 'field-count']) {
    const results = [{ check, outcome: 'passed' }];
    await expectCreated(desk.ann.post(`${release}/results`, { results }));
  }
  const stricter = { ...lab, variants: [{ os: 'windows-11' }] };
  const dry = await desk.ann.put('/v1/checks/beside-drivers?dryRun=true', stricter);
  expect(dry.body.verdicts).toMatchObject([{ before: 'passed', after: 'pending' }]);
});
