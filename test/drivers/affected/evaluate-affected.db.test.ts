/** evaluateAffected: one machine against what is recorded, each caller from what that caller may know. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../../incidents/incident-desk.ts';
import type { Client } from '../../support/service.ts';
import { audioBus, bad, badAudio, beside, sha256 } from './audio-bus.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

async function recordAudioBus(): Promise<void> {
  const put = await desk.ann.put('/v1/drivers/audio-bus', audioBus, { 'If-Match': '*' });
  expect(put.status, JSON.stringify(put.body)).toBeLessThan(300);
}

const ask = async (client: Client, said: object = {}) => {
  const body = { product: 'sensor-content', version: '7.11', ...said };
  const reply = await client.post('/v1/affected', body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body;
};
const everybody = (said?: object) => ask(desk.service.anonymous, said);

describe('200', () => {
  test('a driver that is affected and was found unaffected cannot be told, and both are said with their source', async () => {
    await recordAudioBus();
    const tried = { versions: null, statement: 'Tried for a week.' };
    const sources = [
      { id: 'notes', url: 'https://example.test/', title: 'Release notes', publisher: 'vendor' },
      { id: 'ours', url: 'https://example.test/', title: 'Our lab', publisher: 'internal' },
    ] as const;
    const foundUnaffected = [
      { ...tried, source: 'notes' },
      {
        ...tried,
        beside: { product: 'sensor-content', versions: 'vers:intdot/7.11' },
        source: 'ours',
      },
      { ...tried, beside: { product: 'sensor-content', versions: 'vers:intdot/7.12' } },
    ];
    const drivers = [{ ...badAudio, foundUnaffected }];
    const key = await desk.log({ ...beside, drivers, sources: [...sources] });
    await desk.publish(key);
    const inside = await ask(desk.ann, { drivers: [bad] });
    const outside = await everybody({ drivers: [bad] });
    for (const { verdict, drivers } of [inside, outside]) {
      expect(verdict).toBe('cannot_tell');
      expect(drivers[0]).toMatchObject({ verdict: 'cannot_tell', basis: 'evidence_conflict' });
      expect(drivers[0].evidence).toContain('10.29.0.5152 lies in');
      expect(drivers[0].evidence).toContain('Tried for a week (Release notes)');
    }
    expect(inside.drivers[0].evidence).toContain('Our lab');
    expect(outside.drivers[0].evidence).not.toContain('Our lab');
  });

  test('a driver in the range, signed as recorded, is affected, with evidence and the report', async () => {
    await recordAudioBus();
    const key = await desk.log(beside);
    await desk.publish(key);
    expect(await everybody({ drivers: [bad] })).toMatchObject({
      verdict: 'affected',
      incidents: [
        {
          incident: key,
          verdict: 'affected',
          whatToDo: preliminary.whatToDo,
          reportUrl: `https://incidents.example.test/reports/${key}`,
        },
      ],
      drivers: [
        {
          item: bad,
          driver: 'audio-bus',
          verdict: 'affected',
          basis: 'name_version_signer',
          evidence: expect.stringContaining('10.29.0.5152'),
          incidents: [key],
        },
      ],
      unreadable: [],
      inventory: null,
    });
  });

  test('the text that a command printed is read as it is, and lines that say nothing known are listed', async () => {
    await recordAudioBus();
    await desk.publish(await desk.log(beside));
    const printed = [
      '"FileName","FileVersion","Signer"',
      '"AudioBus.sys","10.29.0.5152","Example Audio Inc"',
      '"AudioBus.sys',
    ].join('\r\n');
    const answer = await everybody({ inventory: printed });
    expect(answer.drivers[0]).toMatchObject({ driver: 'audio-bus', verdict: 'affected' });
    expect(answer.inventory).not.toBeNull();
    expect(answer.unreadableTotal).toBe(answer.unreadable.length);
    expect(answer.unreadable).not.toEqual([]);
  });

  test('an inventory of no known format is told as unread from its first line to its last, and nothing is promised', async () => {
    await recordAudioBus();
    await desk.publish(await desk.log(beside));
    expect(await everybody({ inventory: 'lorem ipsum\ndolor sit amet\n' })).toMatchObject({
      verdict: 'cannot_tell',
      incidents: [{ evidence: expect.stringContaining('2 lines of the list') }],
      unreadable: [{ line: 1, through: 2, why: expect.stringContaining('driverquery') }],
      unreadableTotal: 1,
      inventory: null,
    });
  });

  test('without drivers nothing can be told of an incident that needs one, and the answer says what to add', async () => {
    await recordAudioBus();
    await desk.publish(await desk.log(beside));
    const { incidents } = await everybody();
    expect(incidents).toMatchObject([
      { verdict: 'cannot_tell', missing: [{ field: 'drivers', command: expect.any(String) }] },
    ]);
  });

  test('a product that nothing is recorded of is not listed, and an unknown one likewise', async () => {
    const known = await everybody();
    expect(known).toMatchObject({ verdict: 'not_listed', incidents: [], drivers: [] });
    expect(await everybody({ product: 'nobody-knows' })).toEqual(known);
  });
});

describe('what is not public', () => {
  test('an incident that is not published answers its engineers, and nobody else', async () => {
    await recordAudioBus();
    const before = await everybody({ drivers: [bad] });
    const key = await desk.log(beside);
    expect(await everybody({ drivers: [bad] })).toEqual(before);
    expect(await ask(desk.ann, { drivers: [bad] })).toMatchObject({
      verdict: 'affected',
      incidents: [{ incident: key, reportUrl: null }],
    });
  });

  test('a token that is bound to other products is answered as everybody is', async () => {
    await recordAudioBus();
    await desk.log(beside);
    const bound = await desk.service.as('reader', { products: ['other'] });
    const { verdict, incidents } = await ask(bound, { drivers: [bad] });
    expect({ verdict, incidents }).toEqual({ verdict: 'not_listed', incidents: [] });
  });

  test('a pipeline is answered as everybody is, whatever products it is bound to', async () => {
    await recordAudioBus();
    const before = await everybody({ drivers: [bad] });
    await desk.log({ ...beside, drivers: [{ ...badAudio, visibility: 'internal' }] });
    for (const products of [undefined, ['sensor-content']]) {
      const pipeline = await desk.service.as('pipeline', products && { products });
      expect(await ask(pipeline, { drivers: [bad] })).toEqual(before);
    }
  });

  test('what customers read answers them while a correction is written', async () => {
    await recordAudioBus();
    const key = await desk.log(beside);
    await desk.publish(key);
    const before = await everybody({ drivers: [bad] });
    await desk.edit(desk.ann, key, { title: 'Other', drivers: [] });
    expect(await everybody({ drivers: [bad] })).toEqual(before);
  });

  test('a driver that a report does not name is confirmed to who hands in its hash, and unknown to the others', async () => {
    await recordAudioBus();
    const key = await desk.log({ ...beside, drivers: [{ ...badAudio, visibility: 'on_match' }] });
    await desk.publish(key);
    const byName = await everybody({ drivers: [bad] });
    expect(
      JSON.stringify(byName.drivers.map(({ item: _, ...told }: { item: unknown }) => told)),
    ).not.toContain('audio');
    const byHash = await everybody({ drivers: [{ ...bad, sha256 }] });
    expect(byHash.drivers).toMatchObject([
      { driver: 'audio-bus', verdict: 'affected', basis: 'sha256' },
    ]);
  });

  test('a withdrawn incident concerns nobody', async () => {
    await recordAudioBus();
    const key = await desk.log(beside);
    await desk.publish(key);
    await desk.move(desk.ann, key, 'withdrawn', 'It was another driver.');
    expect(await everybody({ drivers: [bad] })).toMatchObject({
      verdict: 'not_listed',
      incidents: [],
    });
  });

  test('the revision of the catalogue moves with what the caller may know, and with nothing else', async () => {
    await recordAudioBus();
    const revision = async (client: Client) => (await ask(client)).catalogueRevision;
    const first = [await revision(desk.service.anonymous), await revision(desk.ann)];
    const key = await desk.log(beside);
    const logged = [await revision(desk.service.anonymous), await revision(desk.ann)];
    expect(logged[0]).toBe(first[0]);
    expect(logged[1]).not.toBe(first[1]);
    await desk.publish(key);
    expect(await revision(desk.service.anonymous)).not.toBe(first[0]);
  });
});

describe('conditions beside the version', () => {
  const from = '2024-07-19T04:09:00Z';
  const until = '2024-07-19T05:27:00Z';
  const conditions = {
    companions: [{ product: 'sensor', versions: 'vers:intdot/>=7.11' }],
    onlineBetween: { from, until },
  };
  const content = {
    ...preliminary,
    affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8', conditions }],
    affectedUnknown: false,
  };
  const companions = [{ product: 'sensor', version: '7.11' }];

  test('a machine that was online in the window is affected, one that was not is not, and who does not say is asked', async () => {
    await desk.publish(await desk.log(content));
    const verdictOf = async (said: object) => {
      const { verdict, incidents } = await everybody(said);
      const fields = incidents[0].missing.map(({ field }: { field: string }) => field);
      return { verdict, fields };
    };
    const online = [{ from: '2024-07-19T05:00:00Z', until: null }];
    expect(await verdictOf({ companions, onlineBetween: online })).toEqual({
      verdict: 'affected',
      fields: [],
    });
    expect(await verdictOf({ companions, onlineBetween: [] })).toEqual({
      verdict: 'not_affected',
      fields: [],
    });
    expect(await verdictOf({ companions })).toEqual({
      verdict: 'cannot_tell',
      fields: ['onlineBetween'],
    });
    expect(await verdictOf({ onlineBetween: online })).toEqual({
      verdict: 'cannot_tell',
      fields: ['companions'],
    });
  });
});

describe('4xx', () => {
  test.each([
    ['no version', { product: 'sensor-content' }],
    ['an unknown field', { product: 'sensor-content', version: '7', driver: [] }],
    [
      'a driver of which nothing is said',
      { product: 'sensor-content', version: '7', drivers: [{}] },
    ],
  ])('400 for %s', async (_, body) => {
    expect(await desk.service.anonymous.post('/v1/affected', body)).toMatchObject({ status: 400 });
  });

  test('422 for a period online that ends before it begins', async () => {
    const onlineBetween = [
      { from: '2024-07-19T05:00:00Z', until: null },
      { from: '2024-07-19T05:00:00Z', until: '2024-07-19T06:30:00+02:00' },
    ];
    const body = { product: 'sensor-content', version: '7', onlineBetween };
    expect(await desk.service.anonymous.post('/v1/affected', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/onlineBetween/1/until' }] },
    });
  });

  test('422 for an inventory longer than any machine prints', async () => {
    const inventory = '\n'.repeat(600_000);
    const body = { product: 'sensor-content', version: '7', inventory };
    expect(await desk.service.anonymous.post('/v1/affected', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/inventory', detail: expect.stringContaining('lines') }] },
    });
  });
});

const examples = fileURLToPath(
  new URL('../../../../shared/examples/intel-sst-24h2/', import.meta.url),
);

describe.skipIf(!existsSync(examples))(
  'the example of the audio bus, where the folder is present',
  () => {
    const read = (name: string) => JSON.parse(readFileSync(`${examples}${name}`, 'utf8'));

    test('every row has its verdict, for everybody', async () => {
      await desk.ann.put('/v1/products/windows-11', read('product.json'));
      await desk.ann.put('/v1/drivers/intel-sst-audio-bus', read('driver.json'));
      const key = await desk.log(read('incident.json'));
      expect(await desk.publish(key)).toMatchObject({ status: 200 });
      for (const { why, driver, verdict } of read('expectations.json')) {
        const said = { product: 'windows-11', version: '10.0.26100.1742', drivers: [driver] };
        const { drivers } = await everybody(said);
        expect([why, drivers[0].verdict]).toEqual([why, verdict]);
      }
      expect(await everybody(read('affected-request.json'))).toMatchObject({ verdict: 'affected' });
    });
  },
);
