/** The door that every write goes through: all of a change is kept, with its line in the audit trail, or none of it. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { auditedWrite } from '../../src/access/audited-write.ts';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { type Change, type WriteRequest, written } from '../../src/db/write.ts';
import { testDatabase } from '../support/databases.ts';
import { makeToken } from './make-token.ts';

const request: WriteRequest = {
  caller: { kind: 'token', tokenId: '1', name: 'ann', role: 'engineer' },
  requestId: 'r-1',
  remoteAddress: '192.0.2.7',
  headers: { 'Idempotency-Key': 'one' },
  path: {},
  query: {},
  body: {},
};

const subject = '/v1/numbers/1';

/** A database with the token that asks. */
async function databaseOfAnn(): Promise<OpenDatabase> {
  const database = await testDatabase();
  await makeToken({ database }, { role: 'engineer', name: 'ann' });
  return database;
}

/** Something to find, or not, afterwards. */
async function leaveMark(db: Change): Promise<void> {
  await db
    .insertInto('incident_number')
    .values({ prefix: 'HF', year: 2024, last_number: 1 })
    .execute();
}

/** What a write left behind, in each of the tables that the door writes and in one of the work. */
async function left({ db }: OpenDatabase) {
  const count = async (table: 'incident_number' | 'audit_entry' | 'idempotency_key') =>
    (await db.selectFrom(table).select(sql`1`.as('one')).execute()).length;
  return [
    await count('incident_number'),
    await count('audit_entry'),
    await count('idempotency_key'),
  ];
}

test('a change is kept with its line in the trail and its answer', async () => {
  const database = await databaseOfAnn();
  const answer = { status: 201, headers: { ETag: '"1"' }, body: { n: 1 } };
  const answered = await auditedWrite(database.db)(request, 'putNumber', async (db) => {
    await leaveMark(db);
    return written(answer, { subject, change: { n: 1 } });
  });

  expect(answered).toEqual(answer);
  expect(await left(database)).toEqual([1, 1, 1]);
  const entry = await database.db.selectFrom('audit_entry').selectAll().executeTakeFirst();
  expect(entry).toMatchObject({
    written_by: 'ann',
    token_id: 1,
    role: 'engineer',
    operation: 'putNumber',
    subject,
    request_id: 'r-1',
    remote_address: '192.0.2.7',
    change: { n: 1 },
  });
});

test('an answer that rests on no change leaves nothing, whatever the work had begun', async () => {
  const database = await databaseOfAnn();
  const answered = await auditedWrite(database.db)(request, 'putNumber', async (db) => {
    await leaveMark(db);
    return { status: 409, body: 'no' };
  });
  expect(answered).toEqual({ status: 409, body: 'no' });
  expect(await left(database)).toEqual([0, 0, 0]);
});

test('an error leaves nothing, and is not swallowed', async () => {
  const database = await databaseOfAnn();
  const failing = auditedWrite(database.db)(request, 'putNumber', async (db) => {
    await leaveMark(db);
    throw new Error('the work broke');
  });
  await expect(failing).rejects.toThrow('the work broke');
  expect(await left(database)).toEqual([0, 0, 0]);
});

test('work that lost to another transaction runs again, and is kept once', async () => {
  const database = await databaseOfAnn();
  let attempts = 0;
  await auditedWrite(database.db)(request, 'putNumber', async (db) => {
    await leaveMark(db);
    attempts += 1;
    if (attempts === 1) await sql`do $$ begin raise sqlstate '40001'; end $$`.execute(db);
    return written({ status: 204 }, { subject, change: null });
  });
  expect(attempts).toBe(2);
  expect(await left(database)).toEqual([1, 1, 1]);
});

test('an answer without a body or headers is repeated as it was', async () => {
  const { db } = await databaseOfAnn();
  const write = () =>
    auditedWrite(db)(request, 'putNumber', async () =>
      written({ status: 204 }, { subject, change: null }),
    );
  await write();
  expect(await write()).toEqual({ status: 204, headers: {}, body: undefined });
});

test('equal bytes of a stream are the same call, by the fingerprint that stands for them', async () => {
  const { db } = await databaseOfAnn();
  const write = (fingerprint: string) =>
    auditedWrite(db)({ ...request, body: {}, fingerprint }, 'handIn', async () =>
      written({ status: 200, body: fingerprint }, { subject, change: null }),
    );
  await write('a');
  expect(await write('a')).toMatchObject({ status: 200, body: 'a' });
  expect(await write('b')).toMatchObject({ status: 422 });
});

test('nobody writes without a token', async () => {
  const { db } = await databaseOfAnn();
  const anonymous = { ...request, caller: { kind: 'anonymous' } } as const;
  const write = auditedWrite(db)(anonymous, 'putNumber', async () =>
    written({ status: 204 }, { subject, change: null }),
  );
  await expect(write).rejects.toThrow('without a token');
});
