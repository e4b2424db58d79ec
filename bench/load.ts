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
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** 200 where nothing is said. */
  status?: number;
}

interface Load {
  /** Answers. */
  perSecond: number;
  /** Of this process for each answer, the thread that asks included. */
  cpuMilliseconds: number;
}

/** With a few connections. Throws when anything else came back: that would measure nothing. */
async function loadOf(
  { url, paths, method = 'GET', headers = {}, body, status = 200 }: Asking,
  seconds: number,
): Promise<Load> {
  const begun = process.cpuUsage();
  const { requests, statusCodeStats, errors, duration } = await autocannon({
    url,
    requests: paths.map((path) => ({ path, method, headers, body })),
    connections: 8,
    duration: seconds,
    workers: 1,
  });
  const { user, system } = process.cpuUsage(begun);
  const statuses = Object.keys(statusCodeStats ?? {});
  if (errors > 0 || statuses.some((one) => one !== String(status))) {
    throw new Error(`${url}${paths[0]}: ${errors} broken, statuses ${statuses.join(', ')}.`);
  }
  const { total } = requests;
  return { perSecond: total / duration, cpuMilliseconds: (user + system) / 1000 / total };
}

const rounds = 5;

/** One number a round. */
export type Loads = Record<keyof Load, number[]>;

/** Several of them, beside each other, again and again. */
export async function measuredInTurn<Name extends string>(
  askings: Readonly<Record<Name, Asking>>,
  seconds: number,
): Promise<Record<Name, Loads>> {
  const names = Object.keys(askings) as Name[];
  const measured = {} as Record<Name, Loads>;
  for (const name of names) {
    measured[name] = { perSecond: [], cpuMilliseconds: [] };
    await loadOf(askings[name], Math.min(1, seconds));
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { perSecond, cpuMilliseconds } = await loadOf(askings[name], seconds);
      measured[name].perSecond.push(perSecond);
      measured[name].cpuMilliseconds.push(cpuMilliseconds);
    }
  }
  return measured;
}
