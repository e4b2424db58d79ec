import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../incidents/incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const published = async (said: object = {}) => {
  const key = await desk.log({ ...preliminary, ...said });
  expect(await desk.publish(key)).toMatchObject({ status: 200 });
  return key;
};
const read = (key: string) => desk.service.anonymous.get(`/v1/reports/${key}`);
const etagOf = async (key: string) => (await read(key)).headers.get('etag');

describe('getReport', () => {
  test('200: a published incident, to everybody, at its permanent address', async () => {
    const key = await published();
    const report = await read(key);
    expect(report.status).toBe(200);
    expect(report.body).toMatchObject({
      key,
      url: `https://incidents.example.test/reports/${key}`,
      status: 'published',
      title: preliminary.title,
      severity: 'sev1',
      whatToDo: preliminary.whatToDo,
      affectedUnknown: true,
      withdrawal: null,
      corrections: [],
    });
  });

  test('200: products, drivers and checks by name', async () => {
    const key = await published({
      affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
      affectedUnknown: false,
      drivers: [
        {
          driver: 'audio-bus',
          versions: null,
          versionOf: 'file',
          role: 'trigger',
          visibility: 'public',
        },
      ],
      checks: [{ check: 'boot-loop', why: 'It must start.' }],
    });
    expect((await read(key)).body).toMatchObject({
      affected: [{ product: { key: 'sensor-content', name: 'Sensor content' } }],
      drivers: [{ driver: 'audio-bus', name: 'Audio bus', vendor: 'Example' }],
      guardedBy: [
        {
          check: 'boot-loop',
          title: 'Boots twice',
          purpose: 'A host starts twice after the update.',
          why: 'It must start.',
          enforcement: 'required',
        },
      ],
    });
  });

  test('200: what was tried and found unaffected, with its source where it may be named', async () => {
    const foundUnaffected = [
      {
        versions: 'vers:intdot/9',
        beside: { product: 'sensor-content', versions: 'vers:intdot/7.16.3' },
        statement: 'Tried for a week.',
        source: 'notes',
      },
      { versions: null, statement: 'Tried by us.', source: 'ours' },
    ];
    const url = 'https://example.test/';
    const key = await published({
      affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
      affectedUnknown: false,
      drivers: [
        {
          driver: 'audio-bus',
          versions: 'vers:intdot/<9',
          versionOf: 'file',
          role: 'trigger',
          foundUnaffected,
          visibility: 'public',
        },
      ],
      sources: [
        { id: 'notes', url, title: 'Notes', publisher: 'vendor' },
        { id: 'ours', url, title: 'Ours', publisher: 'internal' },
      ],
    });
    const { body } = await read(key);
    expect(body.drivers[0].foundUnaffected).toEqual([
      foundUnaffected[0],
      { versions: null, beside: null, statement: 'Tried by us.', source: null },
    ]);
    expect(body.sources).toMatchObject([{ id: 'notes' }]);
    const page = await (await desk.service.app.request(`/reports/${key}`)).text();
    expect(page).toContain('Version 9, beside Sensor content, version 7.16.3: Tried for a week.');
  });

  /** Guarded by one check that counts now, and by one that counts from `effectiveFrom` on. */
  const guardedFrom = async (effectiveFrom: string) => {
    const path = '/v1/checks/field-count';
    const { body, headers } = await desk.ann.get(path);
    const { title, purpose, kind, enforcement, appliesTo, owner } = body;
    const later = { title, purpose, kind, enforcement, appliesTo, owner, effectiveFrom };
    const put = await desk.ann.put(path, later, { 'If-Match': headers.get('etag') ?? '' });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    return published({
      checks: [
        { check: 'boot-loop', why: 'Now.' },
        { check: 'field-count', why: 'Later.' },
      ],
    });
  };
  const guardsOf = async (key: string) =>
    (await read(key)).body.guardedBy.map(({ check }: { check: string }) => check);

  test('200: a check that does not count yet is not shown as a guard', async () => {
    expect(await guardsOf(await guardedFrom('2199-01-01T00:00:00Z'))).toEqual(['boot-loop']);
  });

  test('200: a check that begins to count is shown from then on, though nobody wrote anything', async () => {
    const soon = new Date(Date.now() + 1500).toISOString();
    const key = await guardedFrom(soon);
    await read(key);
    await vi.waitFor(
      async () => expect(await guardsOf(key)).toEqual(['boot-loop', 'field-count']),
      { timeout: 30_000 },
    );
  });

  test('200: what is written after publication shows only once it is published too, as a correction', async () => {
    const key = await published();
    const before = await etagOf(key);
    await desk.edit(desk.ann, key, { title: 'Some hosts stop at start' });
    expect((await read(key)).body.title).toBe(preliminary.title);
    expect(await etagOf(key)).toBe(before);

    await desk.publish(key, 'Not all hosts were hurt.');
    const after = await read(key);
    expect(after.body.title).toBe('Some hosts stop at start');
    expect(after.body.corrections).toMatchObject([
      { number: 1, reason: 'Not all hosts were hurt.' },
    ]);
    expect(after.body.updatedAt > after.body.publishedAt).toBe(true);
    expect(after.headers.get('etag')).not.toBe(before);
  });

  test('200: the ETag moves with what the answer shows of other things, and with nothing else', async () => {
    const key = await published({
      affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8' }],
      affectedUnknown: false,
    });
    const before = await etagOf(key);
    expect(await etagOf(key)).toBe(before);
    await desk.edit(desk.ann, key, { internalNotes: 'Ask the build team.' });
    expect(await etagOf(key)).toBe(before);

    const product = {
      name: 'Content',
      versionScheme: 'intdot',
      rings: ['general'],
      platforms: ['windows'],
    };
    const renamed = await desk.ann.put('/v1/products/sensor-content', product, {
      'If-Match': '"1"',
    });
    expect(renamed.status, JSON.stringify(renamed.body)).toBe(200);
    expect((await read(key)).body.affected[0].product.name).toBe('Content');
    expect(await etagOf(key)).not.toBe(before);
  });

  test('304: a reader who has what is there is told so, until it moves', async () => {
    const key = await published();
    const tag = (await etagOf(key)) ?? '';
    const again = () => desk.service.anonymous.get(`/v1/reports/${key}`, { 'If-None-Match': tag });
    expect(await again()).toMatchObject({ status: 304, body: '' });
    await desk.edit(desk.ann, key, { title: 'Some hosts stop at start' });
    await desk.publish(key, 'Not all hosts were hurt.');
    expect(await again()).toMatchObject({ status: 200 });
  });

  test('200: a withdrawn report stays, with the notice', async () => {
    const key = await published();
    await desk.move(desk.ann, key, 'withdrawn', 'It was another product.');
    expect((await read(key)).body).toMatchObject({
      status: 'withdrawn',
      title: preliminary.title,
      withdrawal: { notice: 'It was another product.' },
    });
  });

  test('404: an incident that was never published answers as one that does not exist', async () => {
    const key = await desk.log();
    const answers = [await read(key), await read('HF-2024-0404')];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [hidden, absent] = answers.map(({ body: { instance, ...rest } }) => rest);
    expect(JSON.stringify(hidden).replaceAll(key, 'HF-2024-0404')).toBe(JSON.stringify(absent));
  });

  test('400: a key that no incident can have', async () => {
    expect((await read('hf-1')).status).toBe(400);
  });
});
