/** What happens to us when PostgreSQL itself is killed. Only real servers can be. */
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { isReady } from '../../src/db/connection.ts';
import { queryNamed } from '../../src/db/prepared-statement.ts';
import { openForTest, testDatabaseKind } from '../support/databases.ts';
import { startPostgres } from '../support/postgres-server.ts';

async function ownServer() {
  const server = await startPostgres(testDatabaseKind === 'pg15' ? 15 : 18);
  onTestFinished(server.stop);
  const lost: Error[] = [];
  const { db } = await openForTest(
    { url: server.url() },
    { onConnectionLost: (error) => lost.push(error) },
  );
  await sql`create table kept (n integer)`.execute(db);
  return { server, db, lost };
}

const statement = { name: 'kept_count', text: 'select count(*) as n from kept', values: [] };

test.skipIf(testDatabaseKind === 'pglite')(
  'after PostgreSQL was killed and started again, the same pool works and what was committed is there',
  async () => {
    const { server, db, lost } = await ownServer();
    const several = Array.from({ length: 5 }, (_, n) =>
      sql`insert into kept select ${n}::integer from pg_sleep(0.05)`.execute(db),
    );
    await Promise.all(several);
    await queryNamed(db, statement);

    await server.kill();
    expect(await isReady(db)).toBe(false);
    await server.restart();
    expect(await isReady(db)).toBe(true);
    expect(await queryNamed(db, statement)).toEqual([{ n: 5 }]);
    expect(lost.length).toBeGreaterThan(0);
  },
);

test.skipIf(testDatabaseKind === 'pglite')(
  'a transaction that is open when PostgreSQL is killed fails, and ends nothing else',
  async () => {
    const { server, db } = await ownServer();
    const open = db.transaction().execute(async (transaction) => {
      await sql`insert into kept values (1)`.execute(transaction);
      await server.kill();
      // Nothing is asked while the connection breaks: the error has no query to go to.
      await server.restart();
      await sql`insert into kept values (2)`.execute(transaction);
    });
    await expect(open).rejects.toThrow(/not queryable/);
    expect(await queryNamed(db, statement)).toEqual([{ n: 0 }]);
  },
);

test.skipIf(testDatabaseKind === 'pglite')(
  'a query that is running when PostgreSQL is killed fails',
  async () => {
    const { server, db } = await ownServer();
    const running = sql`select pg_sleep(60)`.execute(db);
    const failed = expect(running).rejects.toThrow(/terminated|ECONNRESET/);
    await sql`select 1`.execute(db);
    await server.kill();
    await failed;
    await server.restart();
    expect(await isReady(db)).toBe(true);
  },
);
