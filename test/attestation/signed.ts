/** A signed envelope and the key that fits it, for tests to alter. */
import { type Envelope, envelopeOf, signStatement } from '../../src/attestation/dsse.ts';
import { newSigningKey, publicJwk, type SigningKey } from '../../src/attestation/ed25519-key.ts';
import { readKeySet, type TrustedKeys } from '../../src/attestation/key-set.ts';
import { verificationResult } from '../../src/attestation/verification-result.ts';

export const decision = {
  product: 'content',
  version: '2.0',
  ring: 'general',
  verdict: 'passed',
  asOf: '2026-11-23T12:00:00.000001Z',
  factsHash: `sha256:${'0'.repeat(64)}`,
  gateVersion: 1,
} as const;

export const artifact = { name: 'größe ~?>.pkg', sha256: 'a1'.repeat(32) };

export const statement = verificationResult(decision, [artifact], {
  verifier: 'https://incidents.example.test/gate/v1',
  uri: 'https://incidents.example.test/v1/decisions/7',
});

export function signed(
  payload: Uint8Array = Buffer.from(JSON.stringify(statement)),
  key: SigningKey = newSigningKey(),
): { envelope: Envelope; key: SigningKey; keys: TrustedKeys } {
  const signature = signStatement(payload, key);
  return { envelope: envelopeOf({ payload, keyid: key.keyid, signature }), key, keys: trust(key) };
}

export function trust(...trusted: SigningKey[]): TrustedKeys {
  const keys = trusted.map(({ publicKey }) => publicJwk(publicKey));
  return readKeySet({ keys }) ?? new Map();
}
