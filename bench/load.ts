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

/** What is asked for: addresses in turn, and what every answer must be. */
export interface Asking {
  url: string;
  paths: readonly string[];
  headers?: Record<string, string>;
  /** 200 where nothing is said. */
  status?: number;
}

/** Answers a second with a few connections. Throws when anything else came back: that would measure nothing. */
export async function answersPerSecond(
  { url, paths, headers = {}, status = 200 }: Asking,
  seconds: number,
): Promise<number> {
  const { requests, statusCodeStats, errors, duration } = await autocannon({
    url,
    requests: paths.map((path) => ({ path, headers })),
    connections: 8,
    duration: seconds,
    workers: 1,
  });
  const statuses = Object.keys(statusCodeStats ?? {});
  if (errors > 0 || statuses.some((one) => one !== String(status))) {
    throw new Error(`${url}${paths[0]}: ${errors} broken, statuses ${statuses.join(', ')}.`);
  }
  return requests.total / duration;
}

const rounds = 5;

/** The same for several, beside each other, again and again; each list has one number a round. */
export async function measuredInTurn<Name extends string>(
  askings: Readonly<Record<Name, Asking>>,
  seconds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(askings) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (const name of names) await answersPerSecond(askings[name], Math.min(1, seconds));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      measured[name].push(await answersPerSecond(askings[name], seconds));
    }
  }
  return measured;
}
