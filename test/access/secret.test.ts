/** Secrets: random, and kept as hashes. */
import { expect, test } from 'vitest';
import { hashOf, newSecret } from '../../src/access/secret.ts';

test('a secret has 256 random bits behind a prefix, in characters that a header takes', () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^hf_[A-Za-z0-9_-]{43}$/);
});

test('a hash is the SHA-256 of the secret, so that other tools can make one', () => {
  // `printf %s abc | sha256sum`
  expect(hashOf('abc').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
