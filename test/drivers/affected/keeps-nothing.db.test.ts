/** A stranger's inventory is answered and forgotten: it is in no table, no line of the log and no metric. */
import { sql } from 'kysely';
import pino from 'pino';
import { beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '../../../src/db/connection.ts';
import { buildApp } from '../../../src/server/app.ts';
import { incidentDesk } from '../../incidents/incident-desk.ts';
import { settings } from '../../support/service.ts';
import { audioBus, badAudio, beside } from './audio-bus.ts';

const marker = 'Unmistakable4711';
const body = {
  product: 'sensor-content',
  version: '7.11',
  platform: marker,
  settings: [{ name: marker, value: marker }],
  companions: [{ product: 'sensor', version: marker }],
  drivers: [
    { fileName: `${marker}.sys`, fileVersion: marker, signer: marker },
    { fileName: 'AudioBus.sys', fileVersion: `1.0 ${marker}`, sha256: marker },
  ],
  inventory: `"FileName","FileVersion"\n"${marker}.sys","1.0"\n"AudioBus.sys`,
};
const json = { 'content-type': 'application/json' };

let database: OpenDatabase;
let written: string[];
let app: ReturnType<typeof buildApp>;
beforeEach(async () => {
  const desk = await incidentDesk();
  await desk.ann.put('/v1/drivers/audio-bus', audioBus, { 'If-Match': '*' });
  await desk.publish(await desk.log(beside));
  await desk.publish(
    await desk.log({ ...beside, drivers: [{ ...badAudio, visibility: 'on_match' }] }),
  );
  database = desk.service.database;
  app = loggingApp(database);
});

/** With everything that is ever logged, at every level. */
function loggingApp(opened: OpenDatabase) {
  written = [];
  const log = pino({ level: 'trace' }, { write: (line) => void written.push(line) });
  return buildApp(opened, settings, log);
}

/** Every way in, with an inventory that is read, one that is refused, and one that is cut off. */
async function handIn(): Promise<Map<string, number>> {
  const answered = new Map<string, number>();
  const send = async (name: string, address: string, init: RequestInit) => {
    const response = await app.request(address, { method: 'POST', ...init });
    await response.text();
    answered.set(name, response.status);
  };
  const asJson = (name: string, value: unknown, headers = {}) =>
    send(name, '/v1/affected', {
      headers: { ...json, ...headers },
      body: typeof value === 'string' ? value : JSON.stringify(value),
    });
  await asJson('json', body);
  await asJson('named', body, { 'Idempotency-Key': marker, 'User-Agent': marker });
  await asJson('a bad token', body, { authorization: `Bearer ${marker}` });
  await asJson('cut off', JSON.stringify(body).slice(0, -40));
  await asJson('an unknown field', { ...body, [marker]: marker });
  await asJson('a wrong value', { ...body, drivers: marker });
  await asJson('another type', marker, { 'content-type': `text/${marker}` });
  await asJson('too many lines', { ...body, inventory: `${marker}\n`.repeat(600_000) });
  await asJson('too large', { ...body, inventory: marker.repeat(1_100_000) });
  await send('a query', `/v1/affected?inventory=${marker}`, { headers: json, body: '{}' });
  await send('another address', `/v1/affected/${marker}`, { headers: json, body: marker });

  const form = (inventory: string | File, more: Record<string, string> = {}) => {
    const filled = new FormData();
    const said = { product: 'sensor-content', version: '7.11', platform: marker, ...more };
    for (const [name, value] of Object.entries(said)) filled.set(name, value);
    filled.set(typeof inventory === 'string' ? 'inventory' : 'file', inventory);
    return { body: filled };
  };
  await send('pasted', '/affected', form(body.inventory));
  await send('a file', '/affected', form(new File([body.inventory], `${marker}.csv`)));
  await send('no version', '/affected', form(body.inventory, { version: '' }));
  await send('a large file', '/affected', form(new File([marker.repeat(800_000)], marker)));
  await send('a garbled form', '/affected', {
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: `--x\r\ncontent-disposition: form-data; name="inventory"\r\n\r\n${marker}`,
  });
  return answered;
}

async function expectNothingKept(): Promise<void> {
  const { db } = database;
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I', table_name) as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(db);
  expect(tables.length).toBeGreaterThan(10);
  const { rows: recorded } = await sql`select 1 from incident`.execute(db);
  expect(recorded).toHaveLength(2);
  for (const { name } of tables) {
    const { rows } =
      await sql`select 1 from ${sql.raw(name)} as row where strpos(lower(row::text), ${marker.toLowerCase()}) > 0`.execute(
        db,
      );
    expect(rows, name).toEqual([]);
  }
  const metrics = await (await app.request('/metrics')).text();
  expect(metrics).toContain('/v1/affected');
  for (const place of [metrics, ...written]) {
    expect(place.toLowerCase()).not.toContain(marker.toLowerCase());
  }
}

test('by whatever way it comes in, and whatever is wrong with it', async () => {
  const answered = await handIn();
  expect([...answered.values()]).toContain(200);
  expect([...answered.values()].filter((status) => status >= 500)).toEqual([]);
  expect(Object.fromEntries(answered)).toMatchObject({
    json: 200,
    'cut off': 400,
    'too many lines': 422,
    'too large': 413,
    pasted: 200,
    'a file': 200,
    'a large file': 413,
    'a garbled form': 400,
  });
  await expectNothingKept();
});

test('and where the service itself fails while it holds one', async () => {
  const failing = new Proxy(database.db, {
    get(target, name) {
      if (name === 'getExecutor') throw new Error('the catalogue is gone');
      return Reflect.get(target, name);
    },
  });
  app = loggingApp({ ...database, db: failing });
  const answered = await handIn();
  expect(answered.get('json')).toBe(500);
  expect(answered.get('pasted')).toBe(500);
  expect(written.length).toBeGreaterThan(1);
  await expectNothingKept();
});
