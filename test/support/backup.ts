/** Takes a database away to another place, as an operator does: a dump and its restore. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { onTestFinished } from 'vitest';
import type { DatabasePlace, OpenDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { emptyPlace, openForTest } from './databases.ts';

/** A place that survives its being closed: a folder on the embedded database, else a database of the server. */
export async function lastingPlace(): Promise<DatabasePlace> {
  const place = await emptyPlace();
  return 'memory' in place ? { dataDir: await emptyFolder() } : place;
}

/** A copy of the closed database at `place`, by way of a dump. */
export async function restoredElsewhere(place: DatabasePlace): Promise<DatabasePlace> {
  return 'dataDir' in place ? throughDataDir(place.dataDir) : throughRows(place);
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** PGlite's own dump of a data folder, as an archive. */
async function throughDataDir(dataDir: string): Promise<DatabasePlace> {
  const original = await PGlite.create(join(dataDir, 'postgres'));
  const loadDataDir = await original.dumpDataDir('gzip');
  await original.close();
  const restored = await emptyFolder();
  const copy = await PGlite.create({ dataDir: join(restored, 'postgres'), loadDataDir });
  await copy.close();
  return { dataDir: restored };
}

/**
 * Every row in its text form, put into a database that was migrated anew, and every sequence where it stood: what
 * pg_dump writes and pg_restore reads, which the server's package does not bring along.
 */
async function throughRows(place: DatabasePlace): Promise<DatabasePlace> {
  const original = await openForTest(place);
  const restored = await emptyPlace();
  const copy = await openForTest(restored);
  await migrate(copy.db);
  const client = await copy.pool.connect();
  try {
    // Rows refer to each other in an order of their own.
    await client.query(`set session_replication_role = 'replica'`);
    for (const { table, columns } of await storedColumns(original)) {
      const names = columns.map(({ name }) => `"${name}"`).join();
      const texts = columns.map(({ name }) => `"${name}"::text as "${name}"`).join();
      const { rows } = await original.pool.query(`select ${texts} from "${table}"`);
      const casts = columns.map(({ type }, index) => `$${index + 1}::text::${type}`).join();
      for (const row of rows) {
        await client.query(
          `insert into "${table}" (${names}) overriding system value values (${casts})`,
          columns.map(({ name }) => row[name]),
        );
      }
    }
    const sequences = await original.pool.query(
      'select sequencename as name, last_value as value from pg_sequences where last_value is not null',
    );
    for (const { name, value } of sequences.rows) {
      await client.query('select setval($1::regclass, $2)', [name, value]);
    }
    await client.query('reset session_replication_role');
  } finally {
    client.release();
  }
  await Promise.all([original.close(), copy.close()]);
  return restored;
}

/** What is stored rather than computed, by table, with each column's type as SQL writes it. */
async function storedColumns({ pool }: OpenDatabase) {
  const { rows } = await pool.query<{ table: string; columns: { name: string; type: string }[] }>(`
    select class.relname as "table", json_agg(json_build_object(
      'name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum) as columns
    from pg_attribute
    join pg_class as class on class.oid = attrelid
    where class.relkind = 'r' and class.relnamespace = 'public'::regnamespace
      and attnum > 0 and not attisdropped and attgenerated = '' and class.relname <> 'schema_migration'
    group by class.relname`);
  return rows;
}
