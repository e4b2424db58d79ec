/** The keys that sign: made once, or configured; published for good. */
import { describe, expect, test } from 'vitest';
import { newSigningKey, publicJwk, type SigningKey } from '../../../src/attestation/ed25519-key.ts';
import { readKeySet } from '../../../src/attestation/key-set.ts';
import { verifyEnvelope } from '../../../src/attestation/verify-envelope.ts';
import { inTransaction } from '../../../src/db/transaction.ts';
import { keyForSigning, publishedKeys } from '../../../src/releases/decisions/signing-keys.ts';
import { testDatabase } from '../../support/databases.ts';
import { type Client, testService } from '../../support/service.ts';
import { passingScene, record } from './recorded.ts';

const address = '/.well-known/jwks.json';

async function keysSeenBy(client: Client) {
  return readKeySet((await client.get(address)).body) ?? new Map();
}

describe('200', () => {
  test('anybody reads the public keys, and nothing of the private ones', async () => {
    const { service, engineer } = await passingScene();
    const { envelope } = await record(engineer);
    const { status, body } = await service.anonymous.get(address);
    expect(status).toBe(200);
    expect(body.keys).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.any(String),
        kid: envelope.signatures[0].keyid,
        use: 'sig',
        alg: 'EdDSA',
      },
    ]);
  });

  test('after a change of keys, what was signed before is still found valid', async () => {
    const { service, engineer } = await passingScene();
    const before = (await record(engineer)).envelope;
    const signingKey = newSigningKey();
    // The same service, started again with a key of the operator's.
    const { database } = service;
    const next = await testService({ database, signingKey });
    const other = await next.as('engineer', { name: 'Bo' });
    const after = (await record(other)).envelope;
    expect(after.signatures[0].keyid).toBe(signingKey.keyid);
    const keys = await keysSeenBy(next.anonymous);
    expect([...keys.keys()]).toEqual([signingKey.keyid, before.signatures[0].keyid]);
    for (const envelope of [before, after]) {
      expect(verifyEnvelope(envelope, keys).kind).toBe('valid');
    }
    const { rows } = await database.pool.query('select keyid from signing_secret');
    expect(rows).toEqual([{ keyid: before.signatures[0].keyid }]);
  });

  test('a key whose row an operator took away is not published, and signs no more', async () => {
    const { service, engineer } = await passingScene();
    const { id, envelope } = await record(engineer);
    await service.database.pool.query('delete from signing_key');
    expect((await keysSeenBy(service.anonymous)).size).toBe(0);
    const next = await record(engineer);
    expect(next.envelope.signatures[0].keyid).not.toBe(envelope.signatures[0].keyid);
    expect((await engineer.get(`/v1/decisions/${id}`)).body.envelope).toEqual(envelope);
  });
});

test('of several that start at once, one makes the key and all sign with it', async () => {
  const { db } = await testDatabase();
  const start = () => inTransaction(db, (change) => keyForSigning(change, null));
  const keys: SigningKey[] = await Promise.all([start(), start(), start(), start()]);
  expect(new Set(keys.map(({ keyid }) => keyid)).size).toBe(1);
  expect(await publishedKeys(db)).toEqual([publicJwk((keys[0] as SigningKey).publicKey)]);
});
