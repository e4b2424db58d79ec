import { document } from 'holdfast:contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { operationsOf } from '../../src/contract/operations.ts';
import { stylesheet } from '../../src/web/asset-files.ts';
import { pageRoutes } from '../../src/web/page-routes.ts';
import { type IncidentDesk, incidentDesk } from '../incidents/incident-desk.ts';
import { marks, marksOf, textsOf } from './internal-marks.ts';
import { internalNames, listsWithVisibility, publicTexts, record } from './internal-record.ts';

const listOf = (place: string) => place.split('[]')[0] ?? '';
/** Never with a mark: they say where something is, or name a product that the record affects openly. */
const pointers = ['claims[].about', 'drivers[].foundUnaffected[].beside.product'];
/** What the public item of a list carries, and its internal ones. */
const itemsOf = (list: string, isPublic: boolean) => {
  const items = (record as Record<string, unknown>)[list] as { visibility?: string }[];
  const standard = list === 'checks' ? 'public' : 'internal';
  return items.filter(({ visibility = standard }) => (visibility === 'public') === isPublic);
};

describe('the marked record', () => {
  const texts = textsOf('IncidentRecord').filter((place) => !pointers.includes(place));

  test('has a mark in every text that is not public', () => {
    const planted = marksOf(record);
    const needed = texts.filter((place) => !publicTexts.includes(place));
    expect(needed.filter((place) => !planted.includes(place))).toEqual([]);
  });

  test('has one also where the item itself is public', () => {
    const needed = texts.filter(
      (place) => listsWithVisibility.includes(listOf(place)) && !publicTexts.includes(place),
    );
    const planted = listsWithVisibility
      .filter((list) => list !== 'claims')
      .flatMap((list) => marksOf({ [list]: itemsOf(list, true) }));
    expect(
      needed.filter((place) => !planted.includes(place) && listOf(place) !== 'claims'),
    ).toEqual([]);
  });

  test('has one in every text of an internal item', () => {
    const needed = texts.filter((place) => listsWithVisibility.includes(listOf(place)));
    const planted = listsWithVisibility.flatMap((list) =>
      marksOf({ [list]: itemsOf(list, false) }),
    );
    expect(needed.filter((place) => !planted.includes(place))).toEqual([]);
  });

  test('names as public only what the contract knows', () => {
    const known = textsOf('IncidentRecord');
    expect(publicTexts.filter((place) => !known.includes(place))).toEqual([]);
  });
});

describe('nothing internal reaches a caller without a token', () => {
  let desk: IncidentDesk;
  let published: string;
  let addresses: string[];

  beforeEach(async () => {
    desk = await incidentDesk();
    await plantAround();
    published = await desk.log(record);
    expect(await desk.publish(published)).toMatchObject({ status: 200 });
    // What is written after publication, and what was never published.
    await desk.edit(desk.ann, published, { title: 'zqx: a title that nobody agreed to' });
    const draft = await desk.log({ ...record, title: 'zqx', summary: 'zqx', whatToDo: 'zqx' });
    const withdrawn = await desk.log(record);
    await desk.publish(withdrawn);
    await desk.move(desk.ann, withdrawn, 'withdrawn', 'It was another product.');

    const holds = await plantHolds();

    const keys = [published, draft, withdrawn];
    const fill = (path: string, values: Record<string, string>) =>
      path.replace(/[{:](\w+)\}?/g, (_, name: string) => values[name] ?? '1');
    const known = keys.map((incident, index) => ({
      incident,
      hold: holds[index] ?? '1',
      override: '1',
      product: 'sensor-content',
      version: '7.1',
      check: internalNames.check,
      driver: internalNames.driver,
      problem: 'conflict',
    }));
    addresses = known.flatMap((values) => [
      ...operationsOf(document).map(({ path }) => fill(path, values)),
      ...Object.values(pageRoutes).map(({ path }) => fill(path, values)),
      ...['zqx', 'title', 'hosts'].map((word) => `/v1/reports?q=${word}`),
      ...['/metrics', '/healthz', '/readyz', '/openapi.yaml', stylesheet.address, '/nowhere'],
    ]);
    addresses = [...new Set(addresses)];
  }, 60_000);

  /** A public hold with marks in all that is internal of it, an internal one, and one of what nobody is told. */
  async function plantHolds(): Promise<string[]> {
    const driver = 'audio-bus';
    const said = {
      incident: published,
      product: 'sensor-content',
      versions: 'vers:intdot/>=7|<8',
      title: 'Kept from machines with the audio bus.',
      visibility: 'public',
      match: {
        anyOf: [
          { driver },
          { driver: internalNames.matchedDriver, versions: 'vers:intdot/1987.6.5' },
        ],
      },
      releaseWhen: { inWords: 'It starts.', checks: ['boot-loop', internalNames.check] },
      reason: 'zqx',
    };
    const internal = {
      ...said,
      visibility: 'internal',
      title: 'zqx',
      match: { anyOf: [{ driver: internalNames.driver, versions: 'vers:intdot/1987.6.5' }] },
      releaseWhen: { inWords: 'zqx', checks: [internalNames.check] },
    };
    const ids: string[] = [];
    const zoe = await desk.service.as('admin', { name: 'zqx' });
    for (const body of [said, said, internal, { ...said, title: 'zqx' }]) {
      const { status, body: hold } = await zoe.post('/v1/holds', body);
      expect(status, JSON.stringify(hold)).toBe(201);
      ids.push(hold.id);
    }
    const [active, released, hidden] = ids;
    const yan = await desk.service.as('admin', { name: 'zqx, too' });
    for (const id of [active, released, hidden]) {
      const activated = await yan.post(`/v1/holds/${id}/activation`, { reason: 'zqx' });
      expect(activated.status).toBe(200);
    }
    const override = { versions: 'vers:intdot/7', reason: 'zqx', expiresAt: inAnHour() };
    const overridden = await zoe.post(`/v1/holds/${active}/overrides`, override);
    const at = `/v1/holds/${active}/overrides/${overridden.body.overrides[0].id}/revocation`;
    expect(await zoe.post(at, { reason: 'zqx' })).toMatchObject({ status: 200 });
    const release = { reason: 'zqx', pastConditionReason: 'zqx' };
    expect(await zoe.post(`/v1/holds/${released}/release`, release)).toMatchObject({ status: 200 });
    return [active, released, hidden, ids[3]].flatMap((id) => id ?? []);
  }

  async function plantAround(): Promise<void> {
    const { ann } = desk;
    const check = {
      title: 'zqx',
      purpose: 'zqx',
      kind: 'automated',
      enforcement: 'required',
      appliesTo: { products: ['sensor-content'] },
      owner: 'zqx-team',
    };
    const internals = {
      appliesTo: { products: ['sensor-content'], paths: ['zqx/**'] },
      owner: 'zqx-team',
      variants: [{ os: 'zqx' }],
      reportedAs: [{ suite: 'zqx', className: 'zqx', name: 'zqx' }],
      howToRun: { command: 'zqx', url: 'https://zqx.example.test/', steps: 'zqx' },
    };
    const driver = {
      name: 'zqx',
      vendor: 'zqx',
      kind: 'kernel_driver',
      platform: 'windows',
      versionScheme: 'intdot',
      identity: {
        fileNames: ['zqx.sys'],
        serviceNames: ['zqx'],
        originalInfs: ['zqx.inf'],
        moduleNames: ['zqx'],
        bundleIds: ['zqx'],
      },
      access: 'none',
    };
    const shown = { title: 'Boots twice', purpose: 'It starts twice.' };
    const first = { 'If-Match': '"1"' };
    for (const put of [
      await ann.put(`/v1/checks/${internalNames.check}`, { ...check, ...internals }),
      await ann.put('/v1/checks/boot-loop', { ...check, ...internals, ...shown }, first),
      await ann.put(`/v1/drivers/${internalNames.driver}`, driver),
      await ann.put(`/v1/drivers/${internalNames.matchedDriver}`, driver),
      await ann.put(
        '/v1/drivers/audio-bus',
        // How a driver is recognised that a report names is public: whoever asks has to recognise it.
        { ...driver, name: 'Audio', vendor: 'Example', identity: { fileNames: ['audio.sys'] } },
        first,
      ),
      await ann.put(
        '/v1/products/sensor-content',
        { name: 'Content', versionScheme: 'intdot', rings: ['zqx'], components: ['zqx'] },
        first,
      ),
    ]) {
      expect([200, 201], JSON.stringify(put.body)).toContain(put.status);
    }
  }

  /** By every way in which somebody reads: as a program and in a browser, the whole answer and its head. */
  async function leaks(address: string): Promise<string[]> {
    const found: string[] = [];
    for (const accept of ['application/json', 'text/html']) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const response = await desk.service.app.request(address, { method, headers: { accept } });
        const said = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
        // What somebody asked for may stand in the answer.
        const asked = said.replaceAll(decodeURIComponent(address), '');
        found.push(
          ...marks.filter((mark) => asked.includes(mark)).map((mark) => `${method} ${mark}`),
        );
      }
    }
    return found.map((each) => `${address}: ${each}`);
  }

  test('in no page, no report, no list and no problem', async () => {
    const found: string[] = [];
    for (const address of addresses) found.push(...(await leaks(address)));
    expect(found).toEqual([]);
  }, 60_000);

  test('nor in what is answered of a machine', async () => {
    const machine = {
      id: 'm',
      product: 'sensor-content',
      version: '7.1',
      drivers: [{ fileName: 'Audio.sys', fileVersion: '1.2.3.4' }, { fileName: 'zqx.sys' }],
    };
    const { status, body } = await desk.service.anonymous.post('/v1/holds/evaluation', {
      machines: [machine],
    });
    expect({ status, holds: body.machines[0].holds.length }).toEqual({ status: 200, holds: 1 });
    const form = new FormData();
    form.set('product', machine.product);
    form.set('version', machine.version);
    form.set('inventory', JSON.stringify([{ fileName: 'Audio.sys', fileVersion: '1.2.3.4' }]));
    const page = await desk.service.app.request('/affected', { method: 'POST', body: form });
    const html = await page.text();
    expect(html).toContain('Kept from machines with the audio bus.');
    const told = JSON.stringify(body).replaceAll('zqx.sys', '') + html;
    expect(marks.filter((mark) => told.includes(mark))).toEqual([]);
  }, 60_000);

  test('while everything public does', async () => {
    const { body } = await desk.service.anonymous.get(`/v1/reports/${published}`);
    expect(body).toMatchObject({
      title: record.title,
      timeline: [{ text: 'It went out.', source: null }],
      causes: [{ statement: 'One field more than inputs.' }],
      drivers: [{ driver: 'audio-bus', name: 'Audio', foundAs: { fileNames: ['audio.sys'] } }],
      unnamed: ['on_match', 'internal'],
      actions: [{ title: 'Ship in stages', document: { title: 'Rollout rules' } }],
      guardedBy: [{ check: 'boot-loop', title: 'Boots twice' }],
      holds: [
        { state: 'active', title: 'Kept from machines with the audio bus.' },
        { state: 'released', releaseWhen: 'It starts.' },
      ],
      claims: [{ about: '/severity', statement: 'It was worse.' }],
      sources: [{ id: 'paper' }],
    });
    const catalogue = await desk.service.anonymous.get('/v1/affected/catalogue');
    expect(catalogue.body).toMatchObject({
      incidents: [
        { key: published, drivers: [{ driver: 'audio-bus' }], unnamed: ['internal', 'on_match'] },
      ],
      drivers: [{ key: 'audio-bus', identity: { fileNames: ['audio.sys'] } }],
    });
  }, 60_000);
});

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}
