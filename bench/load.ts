/** Load over real HTTP on loopback, from a thread of its own, bounded in time. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import autocannon from 'autocannon';
import type { Hono } from 'hono';

export interface Listening {
  url: string;
  close(): Promise<void>;
}

export async function listen(app: Hono): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Answers a second with a few connections. Throws when anything but 200 came back: that would measure nothing. */
export async function answersPerSecond(
  url: string,
  headers: Record<string, string>,
  seconds: number,
): Promise<number> {
  const result = await autocannon({ url, headers, connections: 8, duration: seconds, workers: 1 });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${url}: ${result.non2xx} refused, ${result.errors} broken of ${result.requests.total}`,
    );
  }
  return result.requests.total / result.duration;
}
