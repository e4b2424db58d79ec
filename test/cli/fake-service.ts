/** A service on loopback that answers what a test tells it to, and remembers what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string | undefined>;
  /** As it came. */
  text: string;
  /** The same parsed, where it is JSON. */
  body: unknown;
}

export interface Told {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** What to answer; `broken` ends the connection without a word. */
export type Script = (asked: Asked) => Told | 'broken';

/** Stops after the test. */
export async function fakeService(script: Script): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const { method = '', url: path = '' } = request;
    const headers = request.headers as Asked['headers'];
    const isJson = headers['content-type']?.includes('json') === true;
    const now = { method, path, headers, text, body: isJson ? JSON.parse(text) : undefined };
    asked.push(now);
    const told = script(now);
    if (told === 'broken') {
      request.socket.destroy();
      return;
    }
    const { status = 200, body = {} } = told;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...told.headers });
    response.end(status === 204 ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked };
}

export function problem(status: number, detail: string, extra: object = {}): Told {
  const body = { type: '/problems/test', title: `Title ${status}`, status, detail, ...extra };
  return { status, body };
}
