/** The way to the service: the contract's client, and everything that can stand between it and an answer. */
import createClient from 'openapi-fetch';
import type { paths } from '../contract/types.gen.ts';
import { AskedWrongly, CouldNotAsk, isPassing } from './exit-code.ts';
import { printable } from './output/printable.ts';

export type Client = ReturnType<typeof createClient<paths>>;

/** How long an ordinary call may take. */
export const secondsForAnswer = 60;

const texts = new WeakMap<Response, string>();

/** What the service sent, to the letter; empty for an answer without content. */
export function sentText(response: Response): string {
  return texts.get(response) ?? '';
}

/** `url` as a person gives it. Throws `AskedWrongly` for what is no address, or no token. */
export function connect({ url, token }: { url: string; token: string | undefined }): Client {
  return createClient<paths>({
    baseUrl: baseUrlOf(url),
    headers: token === undefined ? {} : { authorization: `Bearer ${checkedToken(token)}` },
    // A redirected POST would come back as the answer to a GET.
    redirect: 'manual',
    pathSerializer: addressOf,
    fetch: fetchWithin(secondsForAnswer * 1000),
  });
}

/**
 * A `fetch` whose response is whole, is JSON, and is a problem where it is not a success, or says that nothing
 * changed. Everything else throws `CouldNotAsk`: another server than ours has answered, or none.
 */
export function fetchWithin(milliseconds: number): (request: Request) => Promise<Response> {
  return async (request) => {
    const { origin } = new URL(request.url);
    const signal = AbortSignal.timeout(Math.ceil(milliseconds));
    let response: Response;
    let text: string;
    try {
      response = await fetch(request, { signal });
      text = await response.text();
    } catch (error) {
      throw new CouldNotAsk('passing', unreachable(origin, error, milliseconds), { cause: error });
    }
    const stranger = otherThanOurs(request, response, text);
    if (stranger !== null) {
      const kind = isPassing(response.status) ? 'passing' : 'lasting';
      throw new CouldNotAsk(kind, printable(stranger));
    }
    const { status, statusText, headers } = response;
    const empty = status === 204 || status === 304;
    const whole = new Response(empty ? null : text, { status, statusText, headers });
    texts.set(whole, text);
    return whole;
  };
}

function baseUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new AskedWrongly(
      `'${text}' is not the address of a service. Give --url or HOLDFAST_URL as in http://127.0.0.1:8080.`,
    );
  }
  if (url.username || url.password) {
    throw new AskedWrongly(
      'The address of the service holds a name or a password. Give the token with --token or HOLDFAST_TOKEN.',
    );
  }
  return url.href;
}

/** Its characters are looked at here because `fetch` would quote the whole token when it complains. */
function checkedToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new AskedWrongly(
    'The token is empty or holds characters that no token has. Copy it again.',
  );
}

/** `/v1/products/{product}` with its names filled in. */
function addressOf(template: string, names: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const name = String(names[parameter]);
    // In an address these would mean the folder itself, or the one above it, however they are encoded.
    if (/^\.{0,2}$/.test(name)) throw new AskedWrongly(`'${name}' is no ${parameter}.`);
    return encodeURIComponent(name);
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'HTTP is spoken there, not HTTPS, so its address begins with http://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    'HTTP is spoken there, not HTTPS, so its address begins with http://',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  // https://fetch.spec.whatwg.org/#port-blocking
  'bad port': 'this port is kept for other protocols, and no HTTP is spoken on it',
};

function unreachable(origin: string, error: unknown, milliseconds: number): string {
  return `Could not ask ${origin}: ${reasonOf(error, milliseconds)}. Is the service running there? --url and HOLDFAST_URL say where to ask.`;
}

function reasonOf(error: unknown, milliseconds: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${Math.ceil(milliseconds / 1000)} s`;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause ? String(cause.code) : cause.message;
  return reasons[code] ?? code;
}

/** What is wrong with an answer that no Holdfast service gives, in a sentence; null for one of ours. */
function otherThanOurs(
  { url, method, headers }: Request,
  response: Response,
  text: string,
): string | null {
  const asked = `${method} ${url}`;
  const { status } = response;
  if (status === 304 && headers.has('if-none-match')) return null;
  if (status >= 300 && status < 400) {
    return `${asked} is answered with a redirect to ${response.headers.get('location') ?? 'elsewhere'}. Give the service's own address as --url or HOLDFAST_URL.`;
  }
  if (status === 204) return null;
  const type = response.headers.get('content-type')?.split(';')[0]?.trim() || 'no type';
  const expected = response.ok ? 'application/json' : 'application/problem+json';
  if (type === expected && isJson(text)) return null;
  const answer = `${status} and ${type}${type === expected ? ' that is cut off' : ''}`;
  return `${asked} is answered with ${answer}, not as a Holdfast service does. Is --url or HOLDFAST_URL right?`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
