/** The migration runner, on every database. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/db/connection.ts';
import { type Migration, migrate } from '../../src/db/migrate.ts';
import { StartRefused } from '../../src/db/start-refused.ts';
import { emptyDatabase, emptyPlace, openForTest } from '../support/databases.ts';

const product: Migration = {
  number: 1,
  name: '0001_product.sql',
  sql: `-- Statements, a semicolon in text and a body of their own.
    create table product (key text primary key, note text not null default 'a;b');
    create function twice(n integer) returns integer language sql as $$ select n * 2; $$;
    insert into product (key) values ('falcon');`,
};
const release: Migration = {
  number: 2,
  name: '0002_release.sql',
  sql: 'create table release (product text references product, version text);',
};

const tables = async ({ db }: OpenDatabase) => {
  const { rows } = await sql<{ tablename: string }>`
    select tablename from pg_tables where schemaname = 'public' order by tablename`.execute(db);
  return rows.map(({ tablename }) => tablename);
};

test('migrations are applied in order, once, and recorded with their checksum', async () => {
  const database = await emptyDatabase();
  expect(await migrate(database.db, [product, release])).toEqual([product.name, release.name]);
  expect(await migrate(database.db, [product, release])).toEqual([]);

  expect(await tables(database)).toEqual(['product', 'release', 'schema_migration']);
  const { rows } = await database.pool.query(
    'select number, name, checksum, applied_at from schema_migration order by number',
  );
  expect(rows).toEqual([
    {
      number: 1,
      name: '0001_product.sql',
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      applied_at: expect.stringMatching(/Z$/),
    },
    expect.objectContaining({ number: 2, name: '0002_release.sql' }),
  ]);
});

test('the migrations of this release apply to an empty database', async () => {
  const database = await emptyDatabase();
  await migrate(database.db);
  expect(await migrate(database.db)).toEqual([]);
});

test('a later release applies only what is new', async () => {
  const database = await emptyDatabase();
  await migrate(database.db, [product]);
  expect(await migrate(database.db, [product, release])).toEqual([release.name]);
});

/** Three that start at once. Memory cannot be opened twice: there they share its one connection. */
async function rivals(): Promise<OpenDatabase[]> {
  const place = await emptyPlace();
  const first = await openForTest(place);
  return 'url' in place
    ? [first, await openForTest(place), await openForTest(place)]
    : [first, first, first];
}

test('several processes that start at once apply each migration once', async () => {
  const starters = await rivals();
  const applied = await Promise.all(starters.map(({ db }) => migrate(db, [product, release])));
  expect(applied.flat().sort()).toEqual([product.name, release.name]);
});

test('a migration that fails leaves nothing behind, keeps those before it, and can be repaired', async () => {
  const database = await emptyDatabase();
  const broken = { ...release, sql: 'create table release (key text); select 1 / 0;' };

  const failure = await migrate(database.db, [product, broken]).catch((error) => error);
  expect(failure.message).toBe('applying 0002_release.sql');
  expect(failure.cause.message).toBe('division by zero');
  expect(await tables(database)).toEqual(['product', 'schema_migration']);

  expect(await migrate(database.db, [product, release])).toEqual([release.name]);
});

test('an applied migration whose file was changed is refused by name', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, [product, release]);
  const changed = { ...product, sql: `${product.sql} -- harmless` };
  await expect(migrate(db, [changed, release])).rejects.toEqual(
    new StartRefused(
      '0001_product.sql is not the file that was applied to this database as 0001_product.sql. Put the released file back; a change of the schema is a migration of its own.',
    ),
  );
});

test('line ends of Windows do not count as a change', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, [product]);
  const checkedOut = { ...product, sql: product.sql.replaceAll('\n', '\r\n') };
  expect(await migrate(db, [checkedOut])).toEqual([]);
});

test('a schema that is newer than this release is refused in a full sentence', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, [product, release]);
  await expect(migrate(db, [product])).rejects.toEqual(
    new StartRefused(
      'This database has migration 0002_release.sql, and this Holdfast knows up to 0001_product.sql. Start the newer Holdfast, or restore a backup from before it was first started.',
    ),
  );
});

test('a migration that was slipped in before an applied one is refused', async () => {
  const { db } = await emptyDatabase();
  await migrate(
    db,
    [release].map((each) => ({ ...each, sql: 'select 1' })),
  );
  await expect(migrate(db, [product, { ...release, sql: 'select 1' }])).rejects.toEqual(
    new StartRefused(
      'This database has migration 0002_release.sql but not 0001_product.sql, which comes before it. Start the Holdfast that made this database.',
    ),
  );
});
