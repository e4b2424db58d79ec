/** Where the demo plays: a service of its own, in memory, and the command line as each person runs it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { ensureAdministrator } from '../../src/access/first-administrator.ts';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { openDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { buildApp } from '../../src/server/app.ts';
import { openLog } from '../../src/server/log.ts';
import type { Person } from './story.ts';

/** What a command came to. `printed` is what a terminal would show, notes among the data. */
export interface Outcome {
  code: number;
  printed: string;
}

export interface Stage {
  url: string;
  run(who: Person, command: readonly string[]): Promise<Outcome>;
  /** From now on `who` is known by this token. */
  giveToken(who: Person, token: string): void;
  close(): Promise<void>;
}

/** `columns` is the width that commands print for; `colour` whether they may use colours. */
export async function openStage(look: { columns: number; colour: boolean }): Promise<Stage> {
  const log = openLog();
  const database = await openDatabase(
    { memory: true },
    { onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost') },
  );
  await migrate(database.db);
  const admin = await ensureAdministrator(database.db, null);
  const tokens = new Map<Person, string>([['admin', admin.kind === 'made_up' ? admin.secret : '']]);

  let app: ReturnType<typeof buildApp> | undefined;
  const server = createAdaptorServer({
    fetch: (request, env) =>
      app ? app.fetch(request, env) : new Response('Starting.', { status: 503 }),
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = buildApp(
    database,
    { publicUrl: url, recordPrefix: 'HF', publisherName: 'Holdfast demo', signingKey: null },
    log,
  );

  return {
    url,
    giveToken: (who, token) => void tokens.set(who, token),
    async run(who, command) {
      let printed = '';
      const hear = (text: string) => {
        printed += text;
      };
      const token = tokens.get(who);
      const code = await runCommandLine(command, {
        env: { HOLDFAST_URL: url, ...(token && { HOLDFAST_TOKEN: token }) },
        terminal: { stdout: hear, stderr: hear, ...look },
        clock: { now: () => performance.now(), sleep: (milliseconds) => sleep(milliseconds) },
        process: null,
      });
      return { code, printed };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await database.close();
    },
  };
}
