/** Keys and their names, held against the examples of the RFCs. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  newSigningKey,
  pkcs8Of,
  publicJwk,
  readPem,
  readPkcs8,
} from '../../src/attestation/ed25519-key.ts';
import { readKeySet } from '../../src/attestation/key-set.ts';

test('a key is named as in the example of RFC 8037', () => {
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
  const jwk = publicJwk(Buffer.from(x, 'base64url'));
  expect(jwk).toMatchObject({ x, kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' });
});

test('what is kept of a key signs as it did, under the same name', () => {
  const key = newSigningKey();
  const kept = readPkcs8(pkcs8Of(key));
  expect([kept.keyid, kept.publicKey]).toEqual([key.keyid, key.publicKey]);
  const data = Buffer.from('data');
  const published = readKeySet({ keys: [publicJwk(key.publicKey)] })?.get(key.keyid);
  expect(verify(null, data, published ?? '', sign(null, data, kept.privateKey))).toBe(true);
});

test('a PEM is read where it holds an unencrypted Ed25519 key in PKCS#8, and only there', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  expect(readPem(String(pem))?.publicKey).toHaveLength(32);
  const secret = { cipher: 'aes-256-cbc', passphrase: 'x' };
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  for (const other of [
    privateKey.export({ format: 'pem', type: 'pkcs8', ...secret }),
    publicKey.export({ format: 'pem', type: 'spki' }),
    generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
    rsa.export({ format: 'pem', type: 'pkcs8' }),
    rsa.export({ format: 'pem', type: 'pkcs1' }),
    String(pem).slice(0, 60),
    '',
  ]) {
    expect(readPem(String(other))).toBeNull();
  }
});

test('of a key set, keys of other kinds are left out, and names that it gives are not believed', () => {
  const { publicKey, keyid } = newSigningKey();
  const { x } = publicJwk(publicKey);
  const keys = [
    { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'rsa' },
    { kty: 'OKP', crv: 'X25519', x },
    { kty: 'OKP', crv: 'Ed25519', x: 'short' },
    { kty: 'OKP', crv: 'Ed25519', x, kid: 'made up' },
    null,
  ];
  expect([...(readKeySet({ keys })?.keys() ?? [])]).toEqual([keyid]);
});

test.each([null, 'text', [], {}, { keys: {} }])('%j is no key set', (value) => {
  expect(readKeySet(value)).toBeNull();
});
