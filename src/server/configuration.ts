/** What the operator configured: every environment variable is read and judged here, and nowhere else. */
import { readFileSync } from 'node:fs';
import { readPem, type SigningKey } from '../attestation/ed25519-key.ts';
import type { DatabasePlace } from '../db/connection.ts';
import { StartRefused } from '../db/start-refused.ts';
import { type PrivateAllowed, readPrivateAllowed } from '../webhooks/private-addresses.ts';

export interface Configuration {
  host: string;
  port: number;
  database: DatabasePlace;
  /** The first administrator's token, where the operator fixes it. */
  adminToken: string | null;
  /** Without a slash at the end; null: the address that the service listens on. */
  publicUrl: string | null;
  recordPrefix: string;
  publisherName: string;
  /** A URL that is the publisher's own, which names it in CSAF; null: the public URL. */
  publisherNamespace: string | null;
  /** Signs the statements that come with decisions; null: one that is kept in the database. */
  signingKey: SigningKey | null;
  /** What webhooks may reach beside public addresses. */
  webhookAllowPrivate: PrivateAllowed;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `StartRefused` with one line that names the variable. An empty variable counts as absent. */
export function readConfiguration(env: Environment): Configuration {
  return {
    host: readHost(env.HOST || '127.0.0.1'),
    port: readPort(env.PORT || '8080'),
    database: env.DATABASE_URL
      ? { url: readDatabaseUrl(env.DATABASE_URL) }
      : { dataDir: env.DATA_DIR || './data' },
    adminToken: readAdminToken(env.HOLDFAST_ADMIN_TOKEN || null),
    publicUrl: readUrl('PUBLIC_URL', env.PUBLIC_URL || null),
    recordPrefix: readPrefix(env.RECORD_PREFIX || 'HF'),
    publisherName: readPublisherName(env.PUBLISHER_NAME || 'Holdfast'),
    publisherNamespace: readUrl('PUBLISHER_NAMESPACE', env.PUBLISHER_NAMESPACE || null),
    signingKey: readSigningKey(env.HOLDFAST_SIGNING_KEY || null),
    webhookAllowPrivate: readAllowPrivate(env.WEBHOOK_ALLOW_PRIVATE || ''),
  };
}

function readHost(text: string): string {
  if (/^[\w.:%-]+$/.test(text)) return text;
  throw wrong('HOST', text, 'a host name or an address to listen on, for example 0.0.0.0');
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw wrong('PORT', text, 'a number from 0 to 65535, where 0 takes any free port');
}

function readDatabaseUrl(text: string): string {
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  // Not repeated: it may hold a password.
  throw new StartRefused(
    'DATABASE_URL is not the address of a PostgreSQL database, for example postgres://user:password@host:5432/holdfast.',
  );
}

function readAdminToken(text: string | null): string | null {
  if (text === null || /^[\x21-\x7e]{20,200}$/.test(text)) return text;
  throw new StartRefused(
    'HOLDFAST_ADMIN_TOKEN must have 20 to 200 printable characters without spaces, so that nobody guesses it.',
  );
}

function readUrl(name: string, text: string | null): string | null {
  if (text === null) return null;
  if (/^https?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw wrong(name, text, 'an http or https address, for example https://incidents.example.com');
}

function readPrefix(text: string): string {
  if (/^[A-Z][A-Z0-9]{0,15}$/.test(text)) return text;
  throw wrong('RECORD_PREFIX', text, 'up to 16 capital letters and digits, for example HF');
}

function readPublisherName(text: string): string {
  if (/^\S(.{0,198}\S)?$/.test(text)) return text;
  throw wrong('PUBLISHER_NAME', text, 'one line of up to 200 characters, without space around it');
}

/** The PEM itself, also with `\\n` for its line ends as some environments have it, or the path of a file with it. */
function readSigningKey(text: string | null): SigningKey | null {
  if (text === null) return null;
  const isPem = text.includes('-----BEGIN');
  const key = readPem(isPem ? text.replaceAll('\\n', '\n') : readWhole(text));
  if (key) return key;
  // Not repeated: it is, or leads to, a secret.
  throw new StartRefused(
    `HOLDFAST_SIGNING_KEY ${isPem ? 'is' : 'names a file that is'} not an unencrypted Ed25519 private key in PKCS#8 PEM. 'openssl genpkey -algorithm ed25519' makes one.`,
  );
}

function readWhole(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StartRefused(
      'HOLDFAST_SIGNING_KEY is neither a private key in PEM nor the path of a file that can be read.',
      { cause },
    );
  }
}

function readAllowPrivate(text: string): PrivateAllowed {
  const reading = readPrivateAllowed(text);
  if (reading.kind === 'read') return reading.allowed;
  throw wrong(
    'WEBHOOK_ALLOW_PRIVATE',
    reading.entry,
    'a list of addresses, ranges and host names, for example 10.20.0.0/16, hooks.example.internal',
  );
}

function wrong(name: string, value: string, expected: string): StartRefused {
  // Quoted as JSON, so that a line break in it stays within the one line.
  return new StartRefused(`${name} is ${JSON.stringify(value)}, but must be ${expected}.`);
}
