/** The bytes that are signed are those of the DSSE protocol, as others make and take them. */
import { createPublicKey } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Envelope, preAuthEncoding } from '../../src/attestation/dsse.ts';
import { publicJwk, type SigningKey } from '../../src/attestation/ed25519-key.ts';
import { signed } from './signed.ts';

test('the pre-authentication encoding is the one of the protocol’s own example', () => {
  const encoded = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
  expect(encoded.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
});

test('lengths in it are counted in bytes', () => {
  expect(preAuthEncoding('ä', Buffer.from('€')).toString()).toBe('DSSEv1 2 ä 3 €');
  expect(preAuthEncoding('', new Uint8Array()).toString()).toBe('DSSEv1 0  0 ');
});

/** Throws unless sigstore's verifier takes the envelope for one that the key signed. */
function verifyBySigstore(envelope: Envelope, { publicKey, keyid }: SigningKey): void {
  const { kty, crv, x } = publicJwk(publicKey);
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  const bundle = bundleFromJSON({
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.2',
    verificationMaterial: { publicKey: { hint: keyid }, tlogEntries: [] },
    dsseEnvelope: envelope,
  });
  const trusted = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => ({ publicKey: key, validFor: () => true }),
  };
  // It is about the envelope alone: no transparency log and no timestamp stand behind it.
  const verifier = new Verifier(trusted, {
    tlogThreshold: 0,
    ctlogThreshold: 0,
    timestampThreshold: 0,
  });
  verifier.verify(toSignedEntity(bundle));
}

test('another implementation accepts what we signed', () => {
  const { envelope, key } = signed();
  expect(() => verifyBySigstore(envelope, key)).not.toThrow();
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (payload) => {
      verifyBySigstore(signed(payload, key).envelope, key);
    }),
    { numRuns: 50 },
  );
});

test('it refuses what was altered, so that its acceptance means something', () => {
  const { envelope, key } = signed();
  const payload = Buffer.from('{}').toString('base64');
  expect(() => verifyBySigstore({ ...envelope, payload }, key)).toThrow(/signature/);
});
