/** Transactions that undo, repeat, and say which rule was broken. */
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { violatedConstraint } from '../../src/db/postgres-error.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { emptyDatabase, testDatabaseKind } from '../support/databases.ts';

let db: OpenDatabase['db'];

beforeEach(async () => {
  ({ db } = await emptyDatabase());
  await sql`create table account (
    name text,
    balance integer not null,
    constraint account_name_taken primary key (name),
    constraint account_not_overdrawn check (balance >= 0)
  )`.execute(db);
  await sql`insert into account (name, balance) values ('a', 10), ('b', 10)`.execute(db);
});

const balances = async () => {
  const { rows } = await sql<{ name: string; balance: number }>`
    select name, balance from account order by name`.execute(db);
  return Object.fromEntries(rows.map(({ name, balance }) => [name, balance]));
};

test('what work answers is answered, and what it wrote is kept', async () => {
  const answer = await inTransaction(db, async (transaction) => {
    await sql`update account set balance = 7 where name = 'a'`.execute(transaction);
    return 'done';
  });
  expect(answer).toBe('done');
  expect(await balances()).toEqual({ a: 7, b: 10 });
});

test('work that throws leaves nothing behind, and is not repeated', async () => {
  let attempts = 0;
  const failing = inTransaction(db, async (transaction) => {
    attempts += 1;
    await sql`update account set balance = 7 where name = 'a'`.execute(transaction);
    throw new Error('changed our mind');
  });
  await expect(failing).rejects.toThrow('changed our mind');
  expect(attempts).toBe(1);
  expect(await balances()).toEqual({ a: 10, b: 10 });
});

test.each([
  [sql`update account set balance = -1`, 'account_not_overdrawn'],
  [sql`insert into account (name, balance) values ('a', 1)`, 'account_name_taken'],
  [sql`select 1 / 0`, null],
])('a violated constraint is known by its name (%#)', async (query, constraint) => {
  const error = await inTransaction(db, (transaction) => query.execute(transaction)).catch(
    (cause) => new Error('with context', { cause }),
  );
  expect(violatedConstraint(error)).toBe(constraint);
});

test('an error that is not from the database violates no constraint', () => {
  expect(violatedConstraint(new Error('other'))).toBeNull();
  expect(violatedConstraint('other')).toBeNull();
});

// PGlite has one connection, so nobody can come in between.
test.skipIf(testDatabaseKind === 'pglite')(
  'work that lost a race for a snapshot is repeated, and sees what the other did',
  async () => {
    let attempts = 0;
    await inTransaction(
      db,
      async (transaction) => {
        attempts += 1;
        const { rows } = await sql<{ balance: number }>`
          select balance from account where name = 'a'`.execute(transaction);
        if (attempts === 1) await sql`update account set balance = 20 where name = 'a'`.execute(db);
        await sql`update account set balance = ${rows[0]?.balance} + 1 where name = 'a'`.execute(
          transaction,
        );
      },
      { isolation: 'repeatable read' },
    );
    expect(attempts).toBe(2);
    expect(await balances()).toEqual({ a: 21, b: 10 });
  },
);

test.skipIf(testDatabaseKind === 'pglite')('of two in a deadlock, both get through', async () => {
  const bothHold = barrier(2);
  const move = (from: string, to: string) =>
    inTransaction(db, async (transaction) => {
      await sql`set local deadlock_timeout = '20ms'`.execute(transaction);
      await sql`update account set balance = balance - 1 where name = ${from}`.execute(transaction);
      await bothHold();
      await sql`update account set balance = balance + 1 where name = ${to}`.execute(transaction);
    });
  await Promise.all([move('a', 'b'), move('b', 'a')]);
  expect(await balances()).toEqual({ a: 10, b: 10 });
});

/** Holds its callers until so many have come; then lets everybody pass. */
function barrier(count: number): () => Promise<void> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return () => {
    come += 1;
    if (come === count) open();
    return opened;
  };
}
