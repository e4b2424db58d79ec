/** Brings a database up to date: plain SQL, forward only, one transaction for each migration. */
import { migrations as released } from 'holdfast:migrations';
import { createHash } from 'node:crypto';
import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { StartRefused } from './start-refused.ts';
import { inTransaction } from './transaction.ts';

/** A file of migrations/. */
export interface Migration {
  number: number;
  /** The file's name, for example `0007_waiver_expiry.sql`. */
  name: string;
  sql: string;
}

interface AppliedMigration {
  number: number;
  name: string;
  checksum: string;
}

/** Any number of our own: whoever migrates this database holds it. */
const migrationLock = 4_815_162_342;

/**
 * Applies what the database does not have yet, in order, and answers the names of what it applied. Several
 * processes may do so at once. Throws `StartRefused` when an applied migration is not the one we know, or
 * when the database is ahead of us. A migration that fails leaves nothing of itself behind.
 */
export async function migrate(
  // biome-ignore lint/suspicious/noExplicitAny: the tables are what is being made here
  db: Kysely<any>,
  known: readonly Migration[] = released,
): Promise<string[]> {
  const applied: string[] = [];
  for (;;) {
    const name = await inTransaction(db, (transaction) => applyNext(transaction, known));
    if (name === null) return applied;
    applied.push(name);
  }
}

/** The name of the migration that was applied, or null where none was left. */
async function applyNext(
  transaction: Transaction<unknown>,
  known: readonly Migration[],
): Promise<string | null> {
  // A large table may take longer than a request ever should.
  await sql`set local statement_timeout = 0`.execute(transaction);
  // Held to the end of this transaction, so whoever comes second sees what the first has applied.
  await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(transaction);
  const next = nextMigration(known, await readApplied(transaction));
  if (next === null) return null;

  await sql`insert into schema_migration (number, name, checksum)
    values (${next.number}, ${next.name}, ${checksumOf(next)})`.execute(transaction);
  try {
    // Without parameters PostgreSQL takes any number of statements in one text.
    await transaction.executeQuery(CompiledQuery.raw(next.sql));
  } catch (cause) {
    throw new Error(`applying ${next.name}`, { cause });
  }
  return next.name;
}

async function readApplied(transaction: Transaction<unknown>): Promise<AppliedMigration[]> {
  await sql`create table if not exists schema_migration (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`.execute(transaction);
  const { rows } = await sql<AppliedMigration>`select number, name, checksum
    from schema_migration order by number`.execute(transaction);
  return rows;
}

/** Pure. Throws `StartRefused` where the two do not fit together. */
function nextMigration(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration | null {
  const newest = applied.at(-1);
  const unknown = applied.findLast(({ number }) => known.every((each) => each.number !== number));
  if (unknown !== undefined) {
    throw new StartRefused(
      `This database has migration ${unknown.name}, and this Holdfast knows up to ${known.at(-1)?.name ?? 'none'}. Start the newer Holdfast, or restore a backup from before it was first started.`,
    );
  }
  for (const migration of known) {
    const match = applied.find(({ number }) => number === migration.number);
    if (match === undefined && newest !== undefined && migration.number < newest.number) {
      throw new StartRefused(
        `This database has migration ${newest.name} but not ${migration.name}, which comes before it. Start the Holdfast that made this database.`,
      );
    }
    if (match === undefined) return migration;
    if (match.checksum !== checksumOf(migration)) {
      throw new StartRefused(
        `${migration.name} is not the file that was applied to this database as ${match.name}. Put the released file back; a change of the schema is a migration of its own.`,
      );
    }
  }
  return null;
}

/** SHA-256 in hex, the same for a checkout with Windows' line ends. */
function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql.replaceAll('\r\n', '\n')).digest('hex');
}
