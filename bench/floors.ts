/** What everything is compared with: a bare route, and one that first makes one trivial query. */
import { Hono } from 'hono';
import type { OpenDatabase } from '../src/db/connection.ts';
import { type Listening, listen } from './load.ts';

export interface Floors extends Listening {
  bare: string;
  query: string;
}

/** Both answer these bytes, and take a body where one is sent. */
export async function listenFloors({ pool }: OpenDatabase, bytes: string): Promise<Floors> {
  const app = new Hono();
  const headers = { 'content-type': 'application/json' };
  app.get('/bare', (context) => context.body(bytes, 200, headers));
  app.on(['GET', 'POST'], '/query', async (context) => {
    if (context.req.method === 'POST') await context.req.arrayBuffer();
    await pool.query('select 1');
    return context.body(bytes, 200, headers);
  });
  return { ...(await listen(app)), bare: '/bare', query: '/query' };
}
