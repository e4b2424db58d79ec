/** The service as it is measured. */
import type { Hono } from 'hono';
import type { OpenDatabase } from '../src/db/connection.ts';
import { buildApp } from '../src/server/app.ts';

export function serviceOn(database: OpenDatabase): Hono {
  return buildApp(
    database,
    { publicUrl: 'http://127.0.0.1', recordPrefix: 'HF', publisherName: 'Bench', signingKey: null },
    { error: (fields: object) => console.error(fields) },
  );
}
