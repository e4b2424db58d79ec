/** Every environment variable: what is read, and the one clear line for a wrong value. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pkcs8Of, readPem } from '../../src/attestation/ed25519-key.ts';
import { StartRefused } from '../../src/db/start-refused.ts';
import { readConfiguration } from '../../src/server/configuration.ts';
import { nothingPrivate } from '../../src/webhooks/private-addresses.ts';

const variables = [
  'HOST',
  'PORT',
  'DATA_DIR',
  'DATABASE_URL',
  'HOLDFAST_ADMIN_TOKEN',
  'PUBLIC_URL',
  'RECORD_PREFIX',
  'PUBLISHER_NAME',
  'PUBLISHER_NAMESPACE',
  'HOLDFAST_SIGNING_KEY',
  'WEBHOOK_ALLOW_PRIVATE',
];

const defaults = {
  host: '127.0.0.1',
  port: 8080,
  database: { dataDir: './data' },
  adminToken: null,
  publicUrl: null,
  recordPrefix: 'HF',
  publisherName: 'Holdfast',
  publisherNamespace: null,
  signingKey: null,
  webhookAllowPrivate: nothingPrivate,
};

test('nothing needs to be said, and an empty variable says nothing', () => {
  expect(readConfiguration({})).toEqual(defaults);
  const empty = Object.fromEntries(variables.map((name) => [name, '']));
  expect(readConfiguration(empty)).toEqual(defaults);
});

test.each([
  ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
  ['HOST', '::1', { host: '::1' }],
  ['HOST', 'fe80::1%eth0', { host: 'fe80::1%eth0' }],
  ['HOST', 'incidents.example.test', { host: 'incidents.example.test' }],
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65535 }],
  ['DATA_DIR', '/srv/hold fast', { database: { dataDir: '/srv/hold fast' } }],
  [
    'DATABASE_URL',
    'postgres://u:p%40@db.example.test:5433/holdfast?sslmode=require',
    { database: { url: 'postgres://u:p%40@db.example.test:5433/holdfast?sslmode=require' } },
  ],
  ['DATABASE_URL', 'postgresql://db/h', { database: { url: 'postgresql://db/h' } }],
  [
    'DATABASE_URL',
    'postgres:///h?host=/run/postgresql',
    { database: { url: 'postgres:///h?host=/run/postgresql' } },
  ],
  ['HOLDFAST_ADMIN_TOKEN', 'x'.repeat(20), { adminToken: 'x'.repeat(20) }],
  ['PUBLIC_URL', 'https://example.test/', { publicUrl: 'https://example.test' }],
  ['PUBLIC_URL', 'http://example.test:8080/hf//', { publicUrl: 'http://example.test:8080/hf' }],
  ['RECORD_PREFIX', 'ACME2', { recordPrefix: 'ACME2' }],
  ['PUBLISHER_NAME', 'Müller & Söhne', { publisherName: 'Müller & Söhne' }],
  ['PUBLISHER_NAMESPACE', 'https://example.test', { publisherNamespace: 'https://example.test' }],
])('%s=%s is read', (name, value, read) => {
  expect(readConfiguration({ [name]: value })).toEqual({ ...defaults, ...read });
});

test('a database server replaces the embedded database, whatever its folder', () => {
  const url = 'postgres://db.example.test/holdfast';
  const { database } = readConfiguration({ DATABASE_URL: url, DATA_DIR: '/srv/holdfast' });
  expect(database).toEqual({ url });
});

function pemOf(type: 'ed25519' | 'x25519'): string {
  const { privateKey } = generateKeyPairSync(type as 'ed25519');
  return String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
}

test('a signing key is read from the variable itself, in one line or several, or from the file that it names', () => {
  const pem = pemOf('ed25519');
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'signing key.pem');
  writeFileSync(file, pem);
  expect(refusalOf({ HOLDFAST_SIGNING_KEY: pemOf('x25519') })?.message).toMatch(/Ed25519.*\.$/);
  for (const HOLDFAST_SIGNING_KEY of [pem, pem.replaceAll('\n', '\\n'), file]) {
    const { signingKey } = readConfiguration({ HOLDFAST_SIGNING_KEY });
    expect(signingKey?.keyid).toBe(readPem(pem)?.keyid);
    expect(signingKey && pkcs8Of(signingKey)).toHaveLength(48);
  }
});

test.each([
  ['HOST', 'http://0.0.0.0'],
  ['HOST', ' '],
  ['HOST', '127.0.0.1, ::1'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['PORT', '1e3'],
  ['PORT', ' 80'],
  ['PORT', 'http'],
  ['PORT', '80\n443'],
  ['DATABASE_URL', 'mysql://u:hunter2@db.example.test/holdfast'],
  ['DATABASE_URL', 'u:hunter2@db.example.test/holdfast'],
  ['DATABASE_URL', 'postgres://u:hunter2@db.example.test:99999/holdfast'],
  ['DATABASE_URL', ' postgres://u:hunter2@db.example.test/holdfast'],
  ['HOLDFAST_ADMIN_TOKEN', 'hunter2'],
  ['HOLDFAST_ADMIN_TOKEN', 'hunter2 hunter2 hunter2'],
  ['HOLDFAST_ADMIN_TOKEN', `hunter2${'x'.repeat(200)}`],
  ['HOLDFAST_ADMIN_TOKEN', 'hunter2-with-an-ümlaut-in-it'],
  ['PUBLIC_URL', 'incidents.example.test'],
  ['PUBLIC_URL', 'ftp://example.test'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['PUBLIC_URL', 'https://'],
  ['PUBLIC_URL', 'https://exam ple.test'],
  ['PUBLIC_URL', 'https://example.test/?a=b'],
  ['PUBLIC_URL', 'https://example.test/#top'],
  ['RECORD_PREFIX', 'hf'],
  ['RECORD_PREFIX', '2HF'],
  ['RECORD_PREFIX', 'HF-'],
  ['RECORD_PREFIX', 'A'.repeat(17)],
  ['PUBLISHER_NAME', ' '],
  ['PUBLISHER_NAME', 'Example '],
  ['PUBLISHER_NAME', 'Example\nSoftware'],
  ['PUBLISHER_NAME', 'x'.repeat(201)],
  ['PUBLISHER_NAMESPACE', 'example.test'],
  ['HOLDFAST_SIGNING_KEY', 'hunter2'],
  ['HOLDFAST_SIGNING_KEY', '/no/such/file/hunter2.pem'],
  ['HOLDFAST_SIGNING_KEY', '/'],
  ['HOLDFAST_SIGNING_KEY', '/dev/null'],
  ['HOLDFAST_SIGNING_KEY', '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----'],
])('%s=%j stops the start with one line that names the variable', (name, value) => {
  const refusal = refusalOf({ [name]: value });
  expect(refusal).toBeInstanceOf(StartRefused);
  expect(refusal?.message).toMatch(/^[^\n]+\.$/);
  expect(refusal?.message.startsWith(`${name} `)).toBe(true);
  // Where it may be a secret it is not repeated.
  expect(refusal?.message).not.toContain('hunter2');
});

function refusalOf(env: Record<string, string>): Error | null {
  try {
    readConfiguration(env);
    return null;
  } catch (error) {
    return error as Error;
  }
}
