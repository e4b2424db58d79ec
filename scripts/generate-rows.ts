/**
 * Writes src/db/rows.gen.ts, the types of all rows, from a PostgreSQL 15 that has just been migrated. With
 * `--check` it writes nothing, and fails when the committed file is not what it would write.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { generate, PostgresDialect } from 'kysely-codegen';
import { openDatabase } from '../src/db/connection.ts';
import { migrate } from '../src/db/migrate.ts';
import { startPostgres } from '../test/support/postgres-server.ts';

const target = new URL('../src/db/rows.gen.ts', import.meta.url);

/** What src/db/column-values.ts makes of these types; json is written as text. */
const typeMapping = {
  date: 'string',
  int8: 'number',
  json: 'ColumnType<unknown, string, string>',
  jsonb: 'ColumnType<unknown, string, string>',
  numeric: 'ColumnType<string, number | string, number | string>',
  timestamptz: 'string',
};

async function rowTypes(): Promise<string> {
  const server = await startPostgres(15);
  const { db, close } = await openDatabase(
    { url: server.url() },
    { onConnectionLost: console.error },
  );
  try {
    await migrate(db);
    const types = await generate({
      db,
      dialect: new PostgresDialect(),
      excludePattern: 'schema_migration',
      typeMapping,
    });
    return types.replace('export interface DB {', 'export interface Database {');
  } finally {
    await close();
    await server.stop();
  }
}

const types = await rowTypes();
if (!process.argv.includes('--check')) {
  await writeFile(target, types);
} else if ((await readFile(target, 'utf8')) !== types) {
  console.error(
    'src/db/rows.gen.ts does not fit the migrations. Run npm run generate:rows and commit what it writes.',
  );
  process.exit(1);
}
