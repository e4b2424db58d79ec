/** Refuses a PostgreSQL server that cannot be reached, or that is older than our SQL. */
import type pg from 'pg';
import { StartRefused } from './start-refused.ts';

/** The oldest major version that the integration tests run on. */
const oldest = 15;

/** Throws `StartRefused` unless the server answers and is new enough. */
export async function refuseOldServer(pool: pg.Pool): Promise<void> {
  const answer = await pool
    .query<{ server_version: string }>('show server_version')
    .catch((cause) => {
      throw new StartRefused(
        `PostgreSQL did not let Holdfast in: ${reasonOf(cause)}. Check DATABASE_URL, and that the server runs.`,
        { cause },
      );
    });
  const refusal = oldServerRefusal(answer.rows[0]?.server_version ?? 'unknown');
  if (refusal !== null) throw new StartRefused(refusal);
}

/** A sentence where the server, for example `14.2 (Debian 14.2-1)`, is too old, else null. */
export function oldServerRefusal(serverVersion: string): string | null {
  return Number.parseInt(serverVersion, 10) >= oldest
    ? null
    : `Holdfast needs PostgreSQL ${oldest} or later, and this server is ${serverVersion}. Upgrade it, or leave DATABASE_URL out to use the embedded database.`;
}

/** Where several addresses were tried, the error has no message of its own. */
function reasonOf(error: Error): string {
  return error instanceof AggregateError
    ? error.errors.map((each: Error) => each.message).join(', ')
    : error.message;
}
