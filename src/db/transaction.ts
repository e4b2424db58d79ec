/** One way to open a transaction, which repeats the work where PostgreSQL asks for that. */
import { setTimeout as pause } from 'node:timers/promises';
import type { IsolationLevel, Kysely, Transaction } from 'kysely';
import { lostToAnotherTransaction } from './postgres-error.ts';

const attemptsMax = 5;
const firstPauseMs = 10;

/**
 * Runs `work` in a transaction: committed when it answers, rolled back when it throws. After a
 * serialization failure or a deadlock the whole of `work` runs again, up to five times in all, so it
 * must do nothing but speak to the database through the transaction it is given. On the embedded
 * database anything asked of `db` itself meanwhile waits for the one connection, and fails.
 */
export async function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
  { isolation = 'read committed' }: { isolation?: IsolationLevel } = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt === attemptsMax || !lostToAnotherTransaction(error)) throw error;
    }
    // The pause grows, and differs between rivals so that they do not meet again.
    await pause(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
  }
}
