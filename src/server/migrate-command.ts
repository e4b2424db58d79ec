/** Brings the configured database up to date, and says what was done. */
import { resolve } from 'node:path';
import { openDatabase } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { readConfiguration } from './configuration.ts';

/** Throws `StartRefused` where an operator has to act first. */
export async function migrateCommand(env: NodeJS.ProcessEnv): Promise<void> {
  const place = readConfiguration(env).database;
  const database = await openDatabase(place, {
    onConnectionLost: (error) => console.error(`A database connection was lost: ${error.message}`),
  });
  try {
    const applied = await migrate(database.db);
    for (const name of applied) console.log(`applied ${name}`);
    // Named, so that a variable that was forgotten is noticed.
    const name =
      'dataDir' in place ? `The embedded database in ${resolve(place.dataDir)}` : 'The database';
    console.log(`${name} ${applied.length > 0 ? 'is' : 'was'} up to date.`);
  } finally {
    await database.close();
  }
}
