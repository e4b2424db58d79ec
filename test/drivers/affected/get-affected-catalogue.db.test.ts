/** getAffectedCatalogue: what leaves the service so that machines are evaluated elsewhere, with the same answers. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/drivers/affected/ask.ts';
import { knownFrom } from '../../../src/drivers/affected/public-catalogue.ts';
import { type IncidentDesk, incidentDesk } from '../../incidents/incident-desk.ts';
import { audioBus, bad, badAudio, beside, sha256, windowed } from './audio-bus.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

/** The desk has an audio bus of its own. */
const recordDriver = async (key: string, driver: object = audioBus) => {
  const held = key === 'audio-bus' ? { 'If-Match': '*' } : undefined;
  const put = await desk.ann.put(`/v1/drivers/${key}`, driver, held);
  expect(put.status, JSON.stringify(put.body)).toBeLessThan(300);
};
const publish = async (record: object) => {
  const key = await desk.log(record as never);
  expect(await desk.publish(key)).toMatchObject({ status: 200 });
  return key;
};
const catalogue = (headers = {}) => desk.service.anonymous.get('/v1/affected/catalogue', headers);

/** The service's answer, and the one that is made of its catalogue alone. */
async function bothAnswers(said: object): Promise<[served: object, here: object]> {
  const asked = { product: 'sensor-content', version: '7.11', ...said };
  const served = await desk.service.anonymous.post('/v1/affected', asked);
  expect(served.status, JSON.stringify(served.body)).toBe(200);
  const { body } = await catalogue();
  const { inventory } = asked as { inventory?: string };
  const printed = inventory === undefined ? null : new TextEncoder().encode(inventory);
  const here = answer(knownFrom(body), asked as never, printed, body.publicUrl);
  if (here.kind !== 'answered') throw new Error(here.why);
  return [served.body, JSON.parse(JSON.stringify(here.evaluation))];
}

describe('200', () => {
  test('it has the published incidents with the drivers that they name, and of nothing else a word', async () => {
    await recordDriver('audio-bus');
    await recordDriver('unnamed', {
      ...audioBus,
      name: 'Unnamed',
      identity: { fileNames: ['u.sys'] },
    });
    const key = await publish(beside);
    await desk.log({ ...beside, title: 'A draft' });
    const { status, body } = await catalogue();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      format: 1,
      publicUrl: 'https://incidents.example.test',
      incidents: [
        {
          key,
          title: beside.title,
          drivers: [{ driver: 'audio-bus', versions: badAudio.versions, versionOf: 'file' }],
          unnamed: [],
        },
      ],
      drivers: [{ key: 'audio-bus', identity: audioBus.identity }],
    });
    expect(body.drivers).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain('A draft');
  });

  test('a token adds nothing', async () => {
    await recordDriver('audio-bus');
    await desk.log(beside);
    const { body } = await desk.ann.get('/v1/affected/catalogue');
    expect(body).toEqual((await catalogue()).body);
    expect(body.incidents).toEqual([]);
  });

  test('a driver that is told on a match alone is there in no form, and its incident says that others take part', async () => {
    await recordDriver('audio-bus');
    await recordDriver('hidden', {
      ...audioBus,
      name: 'Hidden',
      identity: { fileNames: ['Hidden.sys'], sha256: ['cd'.repeat(32)] },
    });
    await publish({
      ...beside,
      drivers: [badAudio, { ...badAudio, driver: 'hidden', visibility: 'on_match' }],
    });
    const { body } = await catalogue();
    expect(body.incidents).toMatchObject([
      { drivers: [{ driver: 'audio-bus' }], unnamed: ['on_match'] },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/hidden|cdcd/i);
  });

  test('its revision is the one that answers carry', async () => {
    await recordDriver('audio-bus');
    await publish(beside);
    const { body } = await desk.service.anonymous.post('/v1/affected', {
      product: 'sensor-content',
      version: '7.11',
    });
    expect((await catalogue()).body.revision).toBe(body.catalogueRevision);
  });
});

describe('304', () => {
  test('until something changes that everyone may know', async () => {
    await recordDriver('audio-bus');
    await publish(beside);
    const tag = (await catalogue()).headers.get('etag') ?? '';
    const again = () => catalogue({ 'If-None-Match': tag });
    expect(await again()).toMatchObject({ status: 304, body: '' });
    await desk.log({ ...beside, title: 'A draft' });
    expect(await again()).toMatchObject({ status: 304 });
    await publish({ ...beside, title: 'Another' });
    expect(await again()).toMatchObject({ status: 200 });
  });
});

describe('answers made of it equal those of the service', () => {
  const online = [{ from: windowed.from, until: null }];
  const companions = [{ product: 'sensor', version: '7.11' }];
  const listed = [
    '"FileName","FileVersion","Signer"',
    '"AudioBus.sys","10.29.0.5152","Example Audio Inc"',
    '"AudioBus.sys',
  ].join('\r\n');

  const machines: [string, object][] = [
    ['nothing said of drivers', {}],
    ['an empty list', { drivers: [] }],
    ['a driver in the range, signed', { drivers: [bad] }],
    ['unsigned', { drivers: [{ ...bad, signer: undefined }] }],
    ['signed by another', { drivers: [{ ...bad, signer: 'Somebody else' }] }],
    ['outside the range', { drivers: [{ ...bad, fileVersion: '10.30.0.1' }] }],
    ['without a version', { drivers: [{ fileName: 'audiobus.sys' }] }],
    ['by its hash alone', { drivers: [{ sha256 }] }],
    ['not recorded', { drivers: [{ fileName: 'acpi.sys', fileVersion: '10.0.1.1' }] }],
    ['an inventory with a line cut off', { inventory: listed }],
    ['an inventory of no known format', { inventory: 'lorem ipsum\ndolor sit amet' }],
    ['another version', { version: '8.1', drivers: [bad] }],
    ['a version that is none', { version: 'x', drivers: [bad] }],
    ['another product', { product: 'nobody-knows', drivers: [bad] }],
    ['conditions that hold', { companions, onlineBetween: online }],
    ['conditions that do not', { companions, onlineBetween: [] }],
    ['conditions said in part', { companions, platform: 'windows' }],
  ];

  test('whatever a machine says, and leaves unsaid', async () => {
    await recordDriver('audio-bus');
    await publish(beside);
    await publish({ ...beside, title: 'In a window', drivers: [], affected: [windowed.affected] });
    const tried = { versions: 'vers:intdot/10.29.0.5152', statement: 'A week.', source: 'notes' };
    await publish({
      ...beside,
      title: 'Tried without harm',
      drivers: [{ ...badAudio, foundUnaffected: [tried] }],
      sources: [{ id: 'notes', url: 'https://example.test/', title: 'Notes', publisher: 'vendor' }],
    });
    for (const [what, said] of machines) {
      const [served, here] = await bothAnswers(said);
      expect(here, what).toEqual(served);
    }
  });

  test('but for a driver that is told on a match alone: then the answer is to ask the service', async () => {
    await recordDriver('audio-bus');
    const key = await publish({ ...beside, drivers: [{ ...badAudio, visibility: 'on_match' }] });
    const [served, here] = await bothAnswers({ drivers: [{ ...bad, sha256 }] });
    expect(served).toMatchObject({ verdict: 'affected' });
    expect(here).toMatchObject({
      verdict: 'cannot_tell',
      incidents: [{ incident: key, missing: [{ detail: expect.stringContaining('service') }] }],
    });
    // A machine without drivers is answered alike: there is nothing to compare.
    const [without, withoutHere] = await bothAnswers({ drivers: [] });
    expect(withoutHere).toEqual(without);
  });
});

const examples = fileURLToPath(
  new URL('../../../../shared/examples/intel-sst-24h2/', import.meta.url),
);

describe.skipIf(!existsSync(examples))(
  'the audio bus of the examples, where they are present',
  () => {
    const read = (name: string) => JSON.parse(readFileSync(`${examples}${name}`, 'utf8'));

    test('every row is answered alike, with its verdict', async () => {
      await desk.ann.put('/v1/products/windows-11', read('product.json'));
      await desk.ann.put('/v1/drivers/intel-sst-audio-bus', read('driver.json'));
      await publish(read('incident.json'));
      for (const { why, driver, verdict } of read('expectations.json')) {
        const said = { product: 'windows-11', version: '10.0.26100.1742', drivers: [driver] };
        const [served, here] = await bothAnswers(said);
        expect(here, why).toEqual(served);
        expect(here, why).toMatchObject({ drivers: [{ verdict }] });
      }
    });
  },
);
