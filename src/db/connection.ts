/** Opens the database, PostgreSQL or the embedded one, through one pool and one dialect. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { columnValues } from './column-values.ts';
import { type EmbeddedDatabase, openInFolder, openInMemory } from './embedded.ts';
import { type News, newsChannel, newsDesk } from './news.ts';
import { newsFromServer } from './news-from-server.ts';
import type { Database } from './rows.gen.ts';
import { refuseOldServer } from './server-version.ts';

/** A PostgreSQL server, an embedded database in a folder, or one that ends with the process. */
export type DatabasePlace = { url: string } | { dataDir: string } | { memory: true };

export interface DatabaseOptions {
  /** Told of a connection that broke. Nothing else is to be done: the pool makes a new one. */
  onConnectionLost(error: Error): void;
  /** Connections to a PostgreSQL server. The embedded database has one. */
  connectionsMax?: number;
  /** How long a query waits for a free connection before it fails. */
  connectionWaitMs?: number;
  /** How long a statement may run. The embedded database cannot stop one. */
  statementMs?: number;
}

export interface OpenDatabase {
  db: Kysely<Database>;
  pool: pg.Pool;
  kind: 'postgres' | 'embedded';
  news: News;
  /** Waits for what is in flight, then closes. May be called again. */
  close(): Promise<void>;
}

/**
 * Answers once the database has answered. Throws `StartRefused` where an operator has to act: a server
 * that cannot be reached or is older than 15, a data folder that is in use.
 */
export async function openDatabase(
  place: DatabasePlace,
  options: DatabaseOptions,
): Promise<OpenDatabase> {
  if ('url' in place) return openServer(place.url, options);
  const embedded = 'dataDir' in place ? await openInFolder(place.dataDir) : await openInMemory();
  return openEmbedded(embedded, options);
}

/** Whether the database answers now. */
export async function isReady(db: Kysely<Database>): Promise<boolean> {
  return sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
}

async function openServer(url: string, options: DatabaseOptions): Promise<OpenDatabase> {
  const { connectionsMax = 10 } = options;
  const config = {
    connectionString: url,
    max: connectionsMax,
    keepAlive: true,
    // A connection takes its prepared statements with it, so it may well wait for the next busy minute.
    idleTimeoutMillis: 300_000,
  };
  const pool = poolOf(config, options, '');
  const { news, close: closeNews } = newsFromServer(url, options);
  const database = {
    db: kyselyOn(pool),
    pool,
    kind: 'postgres' as const,
    news,
    close: once(async () => {
      await closeNews();
      await pool.end();
    }),
  };
  try {
    await refuseOldServer(pool);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function openEmbedded(embedded: EmbeddedDatabase, options: DatabaseOptions): OpenDatabase {
  // One connection, which is never given up while idle. A client that broke leaves its session to the
  // next one, with its transaction and its prepared statements: they end here.
  const config = { Client: embedded.Client, max: 1, idleTimeoutMillis: 0 };
  // It is also the one that listens: nobody else writes, so what it hears is all there is.
  const pool = poolOf(config, options, `rollback; deallocate all; listen ${newsChannel};`);
  const desk = newsDesk();
  pool.on('connect', (client) => {
    client.on('notification', ({ payload = '' }) => desk.publish(payload));
    desk.publishAll();
  });
  const close = once(async () => {
    await pool.end();
    await embedded.close();
  });
  return { db: kyselyOn(pool), pool, kind: 'embedded', news: desk, close };
}

function poolOf(config: pg.PoolConfig, options: DatabaseOptions, beforeSession: string): pg.Pool {
  const { connectionWaitMs = 10_000, statementMs = 30_000, onConnectionLost } = options;
  // What our reading of values rests on, whatever the server's own settings are. Without jit: it costs
  // more than it gains on the short queries of a service.
  const session = `${beforeSession}
    set time zone 'UTC'; set datestyle = 'ISO, MDY'; set jit = off; set application_name = 'holdfast';
    set statement_timeout = ${statementMs}; set idle_in_transaction_session_timeout = ${2 * statementMs};`;
  const pool = new pg.Pool({
    ...config,
    types: columnValues,
    connectionTimeoutMillis: connectionWaitMs,
    onConnect: (client) => client.query(session),
  });
  // An error that nobody listens to ends the process. The pool only listens to clients that are idle,
  // and passes on what it hears; so each client has a listener of its own, and the pool one that is deaf.
  pool.on('connect', (client) =>
    client.on('error', (error) => {
      if (!pool.ending) onConnectionLost(error);
    }),
  );
  pool.on('error', () => {});
  return pool;
}

function kyselyOn(pool: pg.Pool): Kysely<Database> {
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}
