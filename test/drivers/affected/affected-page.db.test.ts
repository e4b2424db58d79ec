/** The page on which a customer asks: what stands in the answer, and where what is missing goes. */
import { beforeEach, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../../incidents/incident-desk.ts';
import { audioBus, bad, beside } from './audio-bus.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
  await desk.ann.put('/v1/drivers/audio-bus', audioBus, { 'If-Match': '*' });
});

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const open = async (query: string) => (await desk.service.app.request(`/affected${query}`)).text();
const ask = (drivers: object[]) => askWith(JSON.stringify(drivers));
const askWith = async (printed: string) => {
  const body = new FormData();
  body.set('product', 'sensor-content');
  body.set('version', '7.11');
  body.set('file', new File([printed], 'collected.json'));
  const response = await desk.service.app.request('/affected', { method: 'POST', body });
  expect(response.status).toBe(200);
  return response.text();
};

test('200: the answer says what was asked, the versions that carry the fix and what is held back', async () => {
  const affected = beside.affected.map((each) => ({ ...each, fixedIn: ['8', '8.1'] }));
  const key = await desk.log({ ...beside, affected });
  await desk.publish(key);
  const said = {
    incident: key,
    product: 'sensor-content',
    versions: 'vers:intdot/>=7|<8',
    visibility: 'public',
    match: {
      anyOf: beside.drivers.map(({ driver, versions, versionOf }) => ({
        driver,
        versions,
        versionOf,
      })),
    },
    releaseWhen: { inWords: 'It starts.' },
    reason: 'It stops.',
  };
  const holds = [
    { ...said, title: 'Kept from the audio bus.' },
    { ...said, title: 'Only proposed.' },
    { ...said, title: 'Between us.', visibility: 'internal' },
  ];
  const ids: string[] = [];
  for (const hold of holds) {
    const { body, status } = await desk.ann.post('/v1/holds', hold);
    expect(status, JSON.stringify(body)).toBe(201);
    ids.push(body.id);
  }
  for (const id of [ids[0], ids[2]]) {
    const activated = await desk.ben.post(`/v1/holds/${id}/activation`, { reason: 'Seen.' });
    expect(activated.status).toBe(200);
  }
  const text = textOf(await ask([bad]));
  expect(text).toContain('This machine is affected.');
  expect(text).toMatch(/Asked: Sensor content sensor-content , version 7\.11 ,\s+with the file/);
  expect(text).toContain('collected.json : 1 driver read');
  expect(text).toContain('Fixed in 8 and 8.1');
  expect(text).toContain('Held back Kept from the audio bus.');
  expect(text).not.toMatch(/Only proposed|Between us/);
});

test('200: what is missing is said once, with where it goes', async () => {
  await desk.publish(await desk.log(beside));
  const unversioned = { fileName: 'AudioBus.sys', signer: 'Example Audio Inc' };
  const html = await ask([unversioned]);
  expect(textOf(html)).toContain('It is the command of step 1 : run it');
  expect(html.split('Hand in what this command prints instead')).toHaveLength(2);
  expect(textOf(await askWith(''))).toContain('the file collected.json is empty.');
  // Whoever has run that command already is told where else it goes.
  const again = await ask([{ ...unversioned, sha256: 'cd'.repeat(32) }]);
  expect(again).not.toContain('It is the command of');
  expect(again).toContain('row, as &quot;fileVersion&quot;.');
});

test('200: products stand there with their keys, and an unknown key is told of', async () => {
  await desk.publish(await desk.log(beside));
  await desk.publish(
    await desk.log({
      ...preliminary,
      affectedUnknown: false,
      affected: [{ product: 'sensor', versions: 'vers:intdot/>=3.2|<4' }],
    }),
  );
  const html = await open('?product=sensr');
  expect(textOf(html)).toContain('concerns a product with the key sensr.');
  expect(html).toContain('(sensor-content)</option>');
  // What a version looks like is said with one that an incident names.
  expect(textOf(await open('?product=sensor'))).toContain('for example 3.2 .');
});
