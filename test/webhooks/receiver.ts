/** A webhook's receiver on loopback: answers what a test tells it to, and verifies as the specification has it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  id: string;
  headers: IncomingHttpHeaders;
  /** As it came. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it is about
  event: any;
}

/** A status, `hang` for no answer, `break` for the end of the connection, or whatever is done with the response. */
export type Reaction = number | 'hang' | 'break' | ((response: ServerResponse) => void);

export interface Receiver {
  url: string;
  /** What came, in its order. */
  received: Received[];
  /** What it does from now on. */
  react(reaction: Reaction): void;
  /** `passed → blocked` for each verdict that came, in its order. */
  told(): string[];
}

/** Answers 204 until it is told otherwise. Stops after the test. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let reaction: Reaction = 204;
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const id = String(request.headers['webhook-id']);
    received.push({ id, headers: request.headers, text, event: JSON.parse(text) });
    if (typeof reaction === 'number') response.writeHead(reaction).end();
    else if (reaction === 'break') request.socket.destroy();
    else if (reaction !== 'hang') reaction(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    react(next) {
      reaction = next;
    },
    told: () =>
      received.map(
        ({ event: { data } }) => `${data.previousVerdict ?? 'nothing'} → ${data.verdict}`,
      ),
  };
}

/** Whether one of the signatures is by this secret, as the specification has a receiver find out. */
export function verifies(secret: string, { headers, text }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => signature.split(','))
    .some(([version, mac = '']) => {
      const given = Buffer.from(mac, 'base64');
      return version === 'v1' && given.length === 32 && timingSafeEqual(given, expected);
    });
}
