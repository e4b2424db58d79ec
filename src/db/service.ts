/** What every feature is built from: the database, the way to write, and what the operator configured. */
import type { Kysely } from 'kysely';
import type { Database } from './rows.gen.ts';
import type { Write } from './write.ts';

export interface Service {
  /** For reading. */
  db: Kysely<Database>;
  write: Write;
  /** Where the public finds this instance, without a slash at the end. */
  publicUrl: string;
  /** First part of the keys of new incidents. */
  recordPrefix: string;
  /** Whose faulty releases these are, as customers know them. */
  publisherName: string;
}
