/** Documents keep every revision they ever had, each from when to when. */
import { expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import {
  type DocumentTable,
  findDocument,
  type Put,
  putDocument,
} from '../../src/documents/store.ts';
import { testDatabase } from '../support/databases.ts';

const tables: DocumentTable[] = ['product', 'regression_check', 'driver'];

const puts: Put<object, never> = {
  key: 'k',
  body: {},
  writtenBy: 'ann',
  precondition: () => 'ok',
  judge: async () => null,
};

function putIn<Refusal>(
  { db }: OpenDatabase,
  table: DocumentTable,
  put: Partial<Put<object, Refusal>>,
) {
  return inTransaction(db, (change) =>
    putDocument<object, Refusal>(change, table, { ...puts, ...put }),
  );
}

const revisionsIn = ({ db }: OpenDatabase, table: DocumentTable) =>
  db
    .selectFrom(`${table}_revision`)
    .select(['revision', 'body', 'written_by', 'known_from', 'known_until'])
    .orderBy('revision')
    .execute();

test.each(tables)(
  'every revision of a %s is kept: one ends where the next begins',
  async (table) => {
    const database = await testDatabase();
    const outcomes = [];
    for (const [n, writtenBy] of ['ann', 'ben', 'ann'].entries()) {
      outcomes.push(await putIn(database, table, { body: { n }, writtenBy }));
    }
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'replaced', 'replaced']);

    const revisions = await revisionsIn(database, table);
    const found = await findDocument(database.db, table, 'k');
    expect(revisions).toMatchObject([
      { revision: 1, body: { n: 0 }, written_by: 'ann', known_from: found?.createdAt },
      { revision: 2, body: { n: 1 }, written_by: 'ben', known_from: revisions[0]?.known_until },
      { revision: 3, body: { n: 2 }, known_from: revisions[1]?.known_until, known_until: null },
    ]);
    expect(found).toMatchObject({
      revision: 3,
      body: { n: 2 },
      updatedAt: revisions[2]?.known_from,
    });
    expect(
      revisions.every(({ known_from, known_until }) => !known_until || known_from < known_until),
    ).toBe(true);
  },
);

test.each([
  ['fields in another order', { b: [1], a: 2 }, { a: 2, b: [1] }, 'unchanged'],
  ['a number written otherwise', { a: 0, b: 100 }, { a: -0, b: 1e2 }, 'unchanged'],
  ['a list in another order', { a: [1, 2] }, { a: [2, 1] }, 'replaced'],
  ['null for a value', { a: 1 }, { a: null }, 'replaced'],
])('%s: whether that is another revision', async (_, before, after, kind) => {
  const database = await testDatabase();
  await putIn(database, 'driver', { body: before });

  expect(await putIn(database, 'driver', { body: after })).toMatchObject({ kind });
  expect(await revisionsIn(database, 'driver')).toHaveLength(kind === 'unchanged' ? 1 : 2);
});

test('what is refused by what is there leaves it as it is', async () => {
  const database = await testDatabase();
  await putIn(database, 'driver', { body: { a: 1 } });

  const judged: unknown[] = [];
  const refused = await putIn(database, 'driver', {
    body: { a: 2 },
    judge: async (before) => {
      judged.push(before);
      return 'no' as const;
    },
  });
  expect(refused).toEqual({ kind: 'refused', refusal: 'no' });
  expect(judged).toEqual([{ a: 1 }]);
  expect(await findDocument(database.db, 'driver', 'k')).toMatchObject({ revision: 1 });
});

test('who is overtaken while creating is judged again by what is there by then', async () => {
  const database = await testDatabase();
  // Both look before either has written; on one connection they go one after the other anyway.
  const judged: unknown[] = [];
  const outcomes = await Promise.all(
    [1, 2, 3].map((n) =>
      putIn(database, 'driver', {
        body: { n },
        judge: async (before) => {
          judged.push(before);
          return before === null ? null : ('too late' as const);
        },
      }),
    ),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['created', 'refused', 'refused']);
  const created = outcomes.find(({ kind }) => kind === 'created');
  expect(judged).toContainEqual(created && 'document' in created ? created.document.body : null);
});
