/** The database that an integration test runs on: PGlite, PostgreSQL 15 or PostgreSQL 18, by the vitest project. */
import { sql } from 'kysely';
import { inject, onTestFinished } from 'vitest';
import {
  type DatabaseOptions,
  type DatabasePlace,
  type OpenDatabase,
  openDatabase,
} from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';

export type TestDatabaseKind = 'pglite' | 'pg15' | 'pg18';

/** Which one this run is for. */
export const testDatabaseKind = process.env.TEST_DATABASE as TestDatabaseKind;

/** A lost connection is nothing that a test expects, unless it is about that. */
const options: DatabaseOptions = { onConnectionLost: console.error };

let migrated: Promise<OpenDatabase> | undefined;
let empty: Promise<OpenDatabase> | undefined;
let made = 0;

/**
 * A migrated database without a row in it. All tests of a worker share one, so each test asks for it anew
 * (in `beforeEach` or at its start), and none of them closes it.
 */
export async function testDatabase(): Promise<OpenDatabase> {
  migrated ??= openMigrated();
  const database = await migrated;
  await removeAllRows(database);
  return database;
}

/** A database without any table, for tests of what makes them. Shared like the other one. */
export async function emptyDatabase(): Promise<OpenDatabase> {
  empty ??= emptyPlace().then((place) => openDatabase(place, options));
  const database = await empty;
  await sql`drop schema public cascade`.execute(database.db);
  await sql`create schema public`.execute(database.db);
  return database;
}

/** A new database without any table, for a test that opens it with options of its own, or closes it. */
export async function emptyPlace(): Promise<DatabasePlace> {
  const server = inject('postgres');
  return server === null
    ? { memory: true }
    : { url: await createDatabase(server.url, 'template0') };
}

/** Opens `place`, and closes it after the test. */
export async function openForTest(
  place: DatabasePlace,
  overrides: Partial<DatabaseOptions> = {},
): Promise<OpenDatabase> {
  const database = await openDatabase(place, { ...options, ...overrides });
  onTestFinished(database.close);
  return database;
}

/** Open to the end of the worker: the server's end closes it, and PGlite ends with the process. */
async function openMigrated(): Promise<OpenDatabase> {
  const server = inject('postgres');
  if (server !== null) {
    return openDatabase({ url: await createDatabase(server.url, server.template) }, options);
  }
  const database = await openDatabase({ memory: true }, options);
  await migrate(database.db);
  return database;
}

async function createDatabase(serverUrl: string, template: string): Promise<string> {
  made += 1;
  const name = `test_${process.pid}_${made}`;
  const server = await openDatabase({ url: serverUrl }, options);
  await server.pool.query(`create database ${name} template ${template}`);
  await server.close();
  return Object.assign(new URL(serverUrl), { pathname: name }).href;
}

/** Emptying a table costs milliseconds even when it is empty, so only those with rows are. */
async function removeAllRows({ db }: OpenDatabase): Promise<void> {
  await sql`do $$
    declare
      name text;
      has_rows boolean;
      filled text;
    begin
      for name in
        select quote_ident(tablename) from pg_tables
        where schemaname = 'public' and tablename <> 'schema_migration'
      loop
        execute 'select exists (select from ' || name || ')' into has_rows;
        if has_rows then filled := concat_ws(', ', filled, name); end if;
      end loop;
      if filled is not null then
        execute 'truncate ' || filled || ' restart identity cascade';
      end if;
    end $$`.execute(db);
}
