/** The two databases that are measured, migrated and empty. */
import { makeSeed } from '../scripts/pglite-seed.mjs';
import { type OpenDatabase, openDatabase } from '../src/db/connection.ts';
import { migrate } from '../src/db/migrate.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import type { DatabaseKind } from './figure.ts';

// Filling takes longer than a service would let a statement run.
const options = {
  onConnectionLost: (error: Error) => console.error(error),
  statementMs: 600_000,
};

export const benchDatabases: readonly {
  kind: DatabaseKind;
  open(): Promise<OpenDatabase>;
}[] = [
  { kind: 'postgres', open: openServer },
  { kind: 'embedded', open: openEmbedded },
];

async function openServer(): Promise<OpenDatabase> {
  const server = await startPostgres(18, ['shared_buffers=512MB']);
  const database = await openDatabase({ url: server.url() }, options);
  await migrate(database.db);
  return {
    ...database,
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}

export async function openEmbedded(): Promise<OpenDatabase> {
  await makeSeed();
  const database = await openDatabase({ memory: true }, options);
  await migrate(database.db);
  return database;
}
