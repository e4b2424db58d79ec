/** One request to a receiver: bounded in time and size, and never to an address that it may not reach. */
import { lookup as lookUpByDns } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { version } from '../../package.json';
import { hostOf, mayReach, type PrivateAllowed } from './private-addresses.ts';

export interface Post {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export type Outcome =
  | {
      kind: 'answered';
      status: number;
      /** What `Retry-After` asks for; null where it asks for nothing. */
      retryAfterMs: number | null;
      /** How the body begins; null where it is empty. */
      excerpt: string | null;
    }
  /** `why` is a sentence for whoever looks into it. */
  | { kind: 'unanswered'; why: string };

export type Send = (post: Post) => Promise<Outcome>;

/** Enough to read what went wrong. */
const excerptCharacters = 300;
const excerptBytes = 4 * excerptCharacters;

/**
 * `allowed` is what may be reached beside public addresses. Names are looked up for each request, and the connection is
 * made to an address that was judged, so a name that changes its address gains nothing. Redirects are answers like any
 * other.
 */
export function sender({
  allowed,
  timeoutMs = 15_000,
  lookUp = lookUpByDns,
}: {
  allowed: PrivateAllowed;
  timeoutMs?: number;
  lookUp?: typeof lookUpByDns | LookUpAll;
}): Send {
  return async ({ url: text, headers, body }) => {
    const url = new URL(text);
    const host = hostOf(url);
    // Node asks for no name where there is an address already.
    if (isIP(host) !== 0 && !mayReach(host, host, allowed)) {
      return { kind: 'unanswered', why: refusal(host, [host]) };
    }
    const bytes = Buffer.from(body);
    const { request } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve) => {
      const sent = request(url, {
        method: 'POST',
        // A connection of its own, which nothing is left of.
        agent: false,
        lookup: publicLookup(host, allowed, lookUp as LookUpAll),
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': `Holdfast/${version}`,
          ...headers,
        },
      });
      const fail = (error: Error) =>
        resolve({ kind: 'unanswered', why: reasonOf(error, timeoutMs) });
      // Behind an error this says nothing. It is for ways to end of which Node tells nothing else.
      const end = () =>
        resolve({ kind: 'unanswered', why: 'The connection ended without an answer.' });
      sent.on('error', fail);
      sent.on('close', end);
      sent.on('response', (response) => {
        // From here on there is an answer, whatever becomes of its body.
        sent.off('error', fail).off('close', end);
        sent.on('error', () => {});
        readExcerpt(response).then((excerpt) => {
          resolve(answer(response, excerpt));
          sent.destroy();
        });
      });
      // What nobody asked for: the connection now speaks another protocol, and never comes to an end of the answer.
      sent.on('upgrade', (response, socket) => {
        resolve(answer(response, null));
        socket.destroy();
      });
      sent.end(bytes);
    });
  };
}

type LookUpAll = (
  host: string,
  options: { all: true },
  callback: (
    error: NodeJS.ErrnoException | null,
    addresses: { address: string; family: number }[],
  ) => void,
) => void;

/** Answers only those addresses of the name that may be reached, and fails where there are none. */
function publicLookup(host: string, allowed: PrivateAllowed, lookUp: LookUpAll): LookupFunction {
  return (name, options, callback) => {
    lookUp(name, { all: true }, (error, found) => {
      if (error) return callback(error, []);
      const reachable = found.filter(({ address }) => mayReach(address, host, allowed));
      const [first] = reachable;
      if (!first)
        return callback(
          new AddressRefused(
            name,
            found.map(({ address }) => address),
          ),
          [],
        );
      return options.all ? callback(null, reachable) : callback(null, first.address, first.family);
    });
  };
}

class AddressRefused extends Error {
  constructor(name: string, addresses: readonly string[]) {
    super(refusal(name, addresses));
  }
}

function refusal(host: string, addresses: readonly string[]): string {
  const where = addresses.includes(host)
    ? host
    : `${host} is ${addresses.join(', ') || 'nowhere'}, which`;
  return `Not sent: ${where} is no public address, and WEBHOOK_ALLOW_PRIVATE does not allow it.`;
}

function reasonOf(error: NodeJS.ErrnoException, timeoutMs: number): string {
  if (error instanceof AddressRefused) return error.message;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return `No answer within ${timeoutMs / 1000} seconds.`;
  }
  const { code, message } = error;
  return message.includes(code ?? '') ? `${message}.` : `${code}: ${message}.`;
}

function answer(response: http.IncomingMessage, excerpt: string | null): Outcome {
  const retryAfterMs = readRetryAfter(response.headers['retry-after']);
  return { kind: 'answered', status: response.statusCode ?? 0, retryAfterMs, excerpt };
}

/** Never fails: a body may break off, or take too long. */
async function readExcerpt(response: http.IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= excerptBytes) break;
    }
  } catch {
    // What came is all there is.
  }
  const text = Buffer.concat(chunks).subarray(0, excerptBytes).toString();
  const plain = text.replace(/[\p{Cc}\p{Cs}\ufffd]+/gu, ' ').trim();
  return [...plain].slice(0, excerptCharacters).join('') || null;
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function readRetryAfter(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
