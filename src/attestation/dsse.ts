/** Dead Simple Signing Envelopes, DSSE 1.0: what is signed, and the envelope around it. */
import { sign } from 'node:crypto';
import type { SigningKey } from './ed25519-key.ts';

/** The payload is an in-toto Statement in JSON (in-toto attestation v1, envelope layer). */
export const statementType = 'application/vnd.in-toto+json';

export interface Envelope {
  /** In standard base64, as `sig` is. */
  payload: string;
  payloadType: typeof statementType;
  signatures: { keyid: string; sig: string }[];
}

/** `PAE(type, body)` of the DSSE protocol: the bytes that a signature is about. Lengths are in bytes. */
export function preAuthEncoding(type: string, body: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `;
  return Buffer.concat([Buffer.from(head), body]);
}

/** The signature of a statement, 64 bytes. */
export function signStatement(payload: Uint8Array, { privateKey }: SigningKey): Buffer {
  return sign(null, preAuthEncoding(statementType, payload), privateKey);
}

/** `payload` and `signature` are bytes as they were signed. */
export function envelopeOf(signed: {
  payload: Uint8Array;
  keyid: string;
  signature: Uint8Array;
}): Envelope {
  return {
    payload: Buffer.from(signed.payload).toString('base64'),
    payloadType: statementType,
    signatures: [{ keyid: signed.keyid, sig: Buffer.from(signed.signature).toString('base64') }],
  };
}
