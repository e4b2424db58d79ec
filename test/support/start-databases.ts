/** Runs once before the tests of one database: starts its server, or makes sure of the embedded one's seed. */
import type { TestProject } from 'vitest/node';
import { makeSeed } from '../../scripts/pglite-seed.mjs';
import { openDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Null on the embedded database. */
    postgres: {
      /** Of the server's own database, for making others. */
      url: string;
      /** The migrated database that others are copies of. */
      template: string;
    } | null;
  }
}

const template = 'holdfast_template';

export default async function startDatabases(project: TestProject) {
  const kind = project.config.env.TEST_DATABASE;
  if (kind === 'pglite') {
    await makeSeed();
    project.provide('postgres', null);
    return;
  }
  const server = await startPostgres(kind === 'pg15' ? 15 : 18);
  await makeTemplate(server);
  project.provide('postgres', { url: server.url(), template });
  return () => server.stop();
}

/** Migrated once; every worker's database is a copy. */
async function makeTemplate(server: PostgresServer): Promise<void> {
  const options = { onConnectionLost: console.error };
  const own = await openDatabase({ url: server.url() }, options);
  await own.pool.query(`create database ${template}`);
  await own.close();
  const copied = await openDatabase({ url: server.url(template) }, options);
  await migrate(copied.db);
  await copied.close();
}
