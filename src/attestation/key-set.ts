/** The public keys that a verifier trusts, out of a JSON Web Key Set (RFC 7517). */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { publicJwk } from './ed25519-key.ts';
import { isObject } from './json-object.ts';

/** By RFC 7638 thumbprint, whatever `kid` the set gives a key. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** Keys of other kinds are left out, as RFC 7517 §5 wants it; null where the value is no key set at all. */
export function readKeySet(value: unknown): TrustedKeys | null {
  if (!isObject(value) || !Array.isArray(value.keys)) return null;
  const trusted = new Map<string, KeyObject>();
  for (const key of value.keys) {
    if (!isObject(key) || key.kty !== 'OKP' || key.crv !== 'Ed25519') continue;
    if (typeof key.x !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(key.x)) continue;
    const jwk = publicJwk(Buffer.from(key.x, 'base64url'));
    const { kty, crv, x } = jwk;
    trusted.set(jwk.kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' }));
  }
  return trusted;
}
