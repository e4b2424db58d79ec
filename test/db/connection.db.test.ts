/** What every query can rely on, on every database. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isReady } from '../../src/db/connection.ts';
import { queryNamed } from '../../src/db/prepared-statement.ts';
import { emptyPlace, openForTest, testDatabase, testDatabaseKind } from '../support/databases.ts';

test('instants, dates and numbers are read in one exact form', async () => {
  const { db } = await testDatabase();
  const { rows } = await sql`select
    timestamptz '2024-07-19 06:09:00+02' as whole_second,
    timestamptz '2024-07-19 04:09:00.000123+00' as microsecond,
    timestamptz '2024-07-19 04:09:00.5+00' as half_second,
    array[timestamptz '2024-07-19 04:09:00+00', null] as instants,
    date '2024-07-19' as day,
    9007199254740991::bigint as largest,
    array[1, 2]::bigint[] as bigints,
    12345678901234567890.10::numeric as exact,
    '{"a": [1]}'::jsonb as json,
    null::timestamptz as never`.execute(db);
  expect(rows).toEqual([
    {
      whole_second: '2024-07-19T04:09:00Z',
      microsecond: '2024-07-19T04:09:00.000123Z',
      half_second: '2024-07-19T04:09:00.500000Z',
      instants: ['2024-07-19T04:09:00Z', null],
      day: '2024-07-19',
      largest: 9007199254740991,
      bigints: [1, 2],
      exact: '12345678901234567890.10',
      json: { a: [1] },
      never: null,
    },
  ]);
});

test('an instant written with microseconds comes back as it was', async () => {
  const { db } = await testDatabase();
  const instant = '2024-07-19T04:09:00.000123Z';
  const { rows } = await sql`select ${instant}::timestamptz as instant`.execute(db);
  expect(rows).toEqual([{ instant }]);
});

test('a bigint that a number cannot hold is an error, not something close to it', async () => {
  const { db } = await testDatabase();
  const query = sql`select 9007199254740993::bigint as number`.execute(db);
  await expect(query).rejects.toThrow('9007199254740993');
  expect(await isReady(db)).toBe(true);
});

test('a named statement is prepared once, and runs inside a transaction too', async () => {
  const { db } = await testDatabase();
  const named = { name: 'twice', text: 'select $1::integer * 2 as result' };
  expect(await queryNamed(db, { ...named, values: [1] })).toEqual([{ result: 2 }]);
  expect(await queryNamed(db, { ...named, values: [2] })).toEqual([{ result: 4 }]);
  const inside = await db
    .transaction()
    .execute((transaction) => queryNamed(transaction, { ...named, values: [3] }));
  expect(inside).toEqual([{ result: 6 }]);

  const { rows } = await sql`select name, generic_plans + custom_plans as uses
    from pg_prepared_statements where name = 'twice'`.execute(db);
  expect(rows).toEqual([{ name: 'twice', uses: 3 }]);
});

test('a named statement still works after an error in it, and after a rollback', async () => {
  const { db } = await testDatabase();
  const named = { name: 'divide', text: 'select 10 / $1::integer as result' };
  await expect(queryNamed(db, { ...named, values: [0] })).rejects.toThrow('division by zero');
  expect(await queryNamed(db, { ...named, values: [5] })).toEqual([{ result: 2 }]);
  const failed = db
    .transaction()
    .execute((transaction) => queryNamed(transaction, { ...named, values: [0] }));
  await expect(failed).rejects.toThrow('division by zero');
  expect(await queryNamed(db, { ...named, values: [2] })).toEqual([{ result: 5 }]);
});

test('a query that waits for a connection which never comes free fails', async () => {
  const { db } = await openForTest(await emptyPlace(), {
    connectionsMax: 1,
    connectionWaitMs: 200,
  });
  await db.transaction().execute(async () => {
    await expect(sql`select 1`.execute(db)).rejects.toThrow('timeout exceeded');
  });
  expect(await isReady(db)).toBe(true);
});

test('close waits for what is in flight, and may be called again', async () => {
  const { db, close } = await openForTest(await emptyPlace());
  const inFlight = sql<{ one: number }>`select 1 as one from pg_sleep(0.1)`.execute(db);
  await sql`select 1`.execute(db);
  await Promise.all([close(), close()]);
  expect((await inFlight).rows).toEqual([{ one: 1 }]);
  expect(await isReady(db)).toBe(false);
});

test.skipIf(testDatabaseKind === 'pglite')(
  'the reading of instants does not depend on the settings of the server',
  async () => {
    const place = await emptyPlace();
    const first = await openForTest(place);
    await sql`do $$ begin
      execute format('alter database %I set timezone = ''America/New_York''', current_database());
      execute format('alter database %I set datestyle = ''SQL, DMY''', current_database());
    end $$`.execute(first.db);
    await first.close();

    const { db } = await openForTest(place);
    const { rows } = await sql`select timestamptz '2024-07-19 04:09:00+00' as instant,
      date '2024-07-19' as day`.execute(db);
    expect(rows).toEqual([{ instant: '2024-07-19T04:09:00Z', day: '2024-07-19' }]);
  },
);

test.skipIf(testDatabaseKind === 'pglite')('a statement that runs too long is ended', async () => {
  const { db } = await openForTest(await emptyPlace(), { statementMs: 50 });
  await expect(sql`select pg_sleep(5)`.execute(db)).rejects.toThrow('statement timeout');
  expect(await isReady(db)).toBe(true);
});
