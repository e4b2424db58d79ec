/** The embedded database in a data folder: from its first start to the next one. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/db/connection.ts';
import { queryNamed } from '../../src/db/prepared-statement.ts';
import { StartRefused } from '../../src/db/start-refused.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function open(dataDir: string): Promise<OpenDatabase> {
  const database = await openDatabase({ dataDir }, { onConnectionLost: () => {} });
  onTestFinished(database.close);
  return database;
}

test('what was written is found again by the next start', async () => {
  const folder = await newFolder();
  const first = await open(folder);
  await sql`create table kept (n integer)`.execute(first.db);
  await sql`insert into kept values (1)`.execute(first.db);
  await first.close();

  const second = await open(folder);
  expect((await sql`select n from kept`.execute(second.db)).rows).toEqual([{ n: 1 }]);
});

test('a first start that died halfway is begun again, not taken for a database', async () => {
  const folder = await newFolder();
  const half = join(folder, 'postgres.partial', 'base');
  await mkdir(half, { recursive: true });
  await writeFile(join(folder, 'postgres.partial', 'PG_VERSION'), '18\n');

  const { db } = await open(folder);
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  expect(existsSync(join(folder, 'postgres.partial'))).toBe(false);
});

test('a damaged database is refused in one line that says what to do', async () => {
  const folder = await newFolder();
  await (await open(folder)).close();
  await writeFile(join(folder, 'postgres', 'global', 'pg_control'), 'damaged');
  const refused = await open(folder).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StartRefused);
  expect(String(refused)).toMatch(/The embedded database in [^\n]+ Restore a backup[^\n]+$/);
});

test('a folder is refused while it is open, and free after it was closed', async () => {
  const folder = await newFolder();
  const first = await open(folder);
  await expect(open(folder)).rejects.toThrow('Another Holdfast');
  await first.close();
  await open(folder);
});

test('a client that breaks in the middle of a transaction leaves nothing open to the next one', async () => {
  const database = await openDatabase({ memory: true }, { onConnectionLost: () => {} });
  onTestFinished(database.close);
  const { db, pool } = database;
  await sql`create table kept (n integer)`.execute(db);
  const counted = { name: 'kept_count', text: 'select count(*) as n from kept', values: [] };
  await queryNamed(db, counted);

  const client = await pool.connect();
  await client.query('begin');
  await client.query('insert into kept values (1)');
  client.release(new Error('broken'));

  expect(await queryNamed(db, counted)).toEqual([{ n: 0 }]);
  expect(await queryNamed(db, counted)).toEqual([{ n: 0 }]);
});
