/** Runs a query as a named prepared statement: parsed once for each connection, planned seldom. */
import { CompiledQuery, type Kysely } from 'kysely';

/** One name stands for one text for ever; node-postgres refuses a second text under the same name. */
export interface PreparedStatement {
  name: string;
  /** One statement with parameters as `$1`, `$2`. */
  text: string;
  values: readonly unknown[];
}

/** Answers the rows. `db` may be a transaction. For queries that are asked often enough to be worth a name. */
export async function queryNamed<Row>(
  // biome-ignore lint/suspicious/noExplicitAny: the tables play no part in SQL written by hand
  db: Kysely<any>,
  { name, text, values }: PreparedStatement,
): Promise<Row[]> {
  // Kysely has no place for a statement's name, but hands `sql` to node-postgres untouched, which takes
  // a text or a text with a name.
  const namedText = { name, text } as unknown as string;
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(namedText, [...values]));
  return rows;
}
