/** Brings the configured database up to date, and says what was done. */
import { openDatabase } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { readConfiguration } from './configuration.ts';

/** Throws `StartRefused` where an operator has to act first. */
export async function migrateCommand(env: NodeJS.ProcessEnv): Promise<void> {
  const database = await openDatabase(readConfiguration(env).database, {
    onConnectionLost: (error) => console.error(`A database connection was lost: ${error.message}`),
  });
  try {
    const applied = await migrate(database.db);
    for (const name of applied) console.log(`applied ${name}`);
    console.log(
      applied.length > 0 ? 'The database is up to date.' : 'The database was up to date.',
    );
  } finally {
    await database.close();
  }
}
