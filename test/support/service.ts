/** A whole service over the test database, and clients of every role whose answers are held against the contract. */
import type { Hono } from 'hono';
import { hashOf, newSecret } from '../../src/access/secret.ts';
import { insertToken } from '../../src/access/store.ts';
import type { SigningKey } from '../../src/attestation/ed25519-key.ts';
import type { Role } from '../../src/contract/caller.ts';
import type { OpenDatabase } from '../../src/db/connection.ts';
import type { Evaluator } from '../../src/drivers/affected/evaluator.ts';
import { buildApp } from '../../src/server/app.ts';
import { nothingPrivate, type PrivateAllowed } from '../../src/webhooks/private-addresses.ts';
import { contractRequest } from './contract-coverage.ts';
import { testDatabase } from './databases.ts';

export const settings = {
  publicUrl: 'https://incidents.example.test',
  recordPrefix: 'HF',
  publisherName: 'Example Software',
  signingKey: null,
};

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the contract has judged its shape; a test reads what it is about
  body: any;
}

/** Paths are written as they go over the wire: `/v1/products/sensor`. A body that is no text or bytes goes as JSON. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  delete(path: string): Promise<Reply>;
}

export interface TestService {
  app: Hono;
  database: OpenDatabase;
  /** A client with a token of its own; people are told apart by `name`, which is the role where nothing is said. */
  as(role: Role, who?: { name?: string; products?: readonly string[] }): Promise<Client>;
  anonymous: Client;
  /** A client with this secret. */
  withSecret(secret: string): Client;
}

const failingLog = {
  error(fields: object) {
    // Nobody handles it, so that vitest tells of it, beside the test that runs.
    void Promise.reject(new Error('The service logged an error.', { cause: fields }));
  },
};

/** Errors that the service logs fail the run: none is expected where nothing is broken on purpose. */
export async function testService({
  database,
  log,
  signingKey = settings.signingKey,
  webhookAllowPrivate = nothingPrivate,
  answering,
}: {
  database?: OpenDatabase;
  log?: { error(fields: object): void };
  signingKey?: SigningKey | null;
  webhookAllowPrivate?: PrivateAllowed;
  answering?: Evaluator;
} = {}): Promise<TestService> {
  const opened = database ?? (await testDatabase());
  const app = buildApp(
    opened,
    { ...settings, signingKey, webhookAllowPrivate },
    (log ?? failingLog) as never,
    undefined,
    answering,
  );
  const request = contractRequest(app);
  const clientOf = (secret: string | null): Client => {
    const send = async (
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Reply> => {
      const raw = typeof body === 'string' || body instanceof Uint8Array;
      const response = await request(path, {
        method,
        headers: {
          ...(secret && { authorization: `Bearer ${secret}` }),
          ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        body: json && text ? JSON.parse(text) : text,
      };
    };
    return {
      get: (path, headers) => send('GET', path, undefined, headers),
      put: (path, body, headers) => send('PUT', path, body, headers),
      post: (path, body, headers) => send('POST', path, body, headers),
      patch: (path, body, headers) => send('PATCH', path, body, headers),
      delete: (path) => send('DELETE', path),
    };
  };
  return {
    app,
    database: opened,
    anonymous: clientOf(null),
    withSecret: clientOf,
    async as(role, { name = role, products } = {}) {
      const secret = newSecret();
      await insertToken(opened.db, {
        name,
        role,
        products: products ?? null,
        expiresAt: null,
        secretHash: hashOf(secret),
        createdBy: 'test',
      });
      return clientOf(secret);
    },
  };
}
