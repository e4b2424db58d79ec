/** The embedded database: PGlite in a data folder or in memory, made to look like a connection of node-postgres. */
import { openAsBlob } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import pg from 'pg';
import { holdDataFolder } from './data-folder.ts';
import { findSeed, unpackSeed } from './seed.ts';
import { StartRefused } from './start-refused.ts';

export interface EmbeddedDatabase {
  /** For a `pg.Pool` of one client: all of them would share the one session. */
  Client: typeof pg.Client;
  /** Ends it, once the pool has ended. */
  close(): Promise<void>;
}

/**
 * Opens the database below `dataDir`, and makes it on the first start. Throws `StartRefused` when the
 * folder is held by another process or cannot be written, or when PGlite is not installed.
 */
export async function openInFolder(dataDir: string): Promise<EmbeddedDatabase> {
  const driver = await loadDriver();
  const { folder, release } = await holdDataFolder(dataDir);
  try {
    const pglite = await driver.PGlite.create(await initialised(folder, driver));
    return {
      Client: driver.clientOf(pglite),
      close: () => pglite.close().finally(release),
    };
  } catch (cause) {
    await release();
    throw new StartRefused(
      `The embedded database in ${folder} can't be opened: it is damaged, or no database of ours. Restore a backup of that folder, or set DATA_DIR to another one.`,
      { cause },
    );
  }
}

/** A database that ends with the process. */
export async function openInMemory(): Promise<EmbeddedDatabase> {
  const { PGlite, clientOf } = await loadDriver();
  const seed = findSeed();
  const options: PGliteOptions = seed === null ? {} : { loadDataDir: await openAsBlob(seed) };
  const pglite = await PGlite.create(options);
  return { Client: clientOf(pglite), close: () => pglite.close() };
}

interface Driver {
  PGlite: typeof PGlite;
  clientOf(pglite: PGlite): typeof pg.Client;
}

/** Loaded only where it is used: the built file runs without the package when DATABASE_URL is set. */
async function loadDriver(): Promise<Driver> {
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
    // Each client has a connection of its own: in a shared one, the end of a client that broke would be
    // heard by the next.
    const clientOf = (pglite: PGlite) =>
      class extends pg.Client {
        constructor(config?: pg.ClientConfig) {
          super({ ...config, ...createPgConfig(pglite) });
        }
      };
    return { PGlite, clientOf };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new StartRefused(
      'The embedded database is not installed. Set DATABASE_URL to a PostgreSQL 15 or later, or run npm install @electric-sql/pglite beside Holdfast.',
      { cause },
    );
  }
}

/**
 * The path of a whole database below `folder`. A new one is made under another name and moved into place
 * in one step, so that a start which died halfway leaves nothing that a later one takes for a database.
 */
async function initialised(folder: string, { PGlite }: Driver): Promise<string> {
  const whole = join(folder, 'postgres');
  if (await exists(whole)) return whole;
  const partial = join(folder, 'postgres.partial');
  await rm(partial, { recursive: true, force: true });
  const seed = findSeed();
  if (seed === null) await (await PGlite.create(partial)).close();
  else await unpackSeed(seed, partial);
  await rename(partial, whole);
  return whole;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
