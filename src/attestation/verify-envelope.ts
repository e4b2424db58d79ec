/** Checks a DSSE envelope against public keys. Pure: no clock, no network. */
import { verify } from 'node:crypto';
import { preAuthEncoding, statementType } from './dsse.ts';
import { isObject } from './json-object.ts';
import type { TrustedKeys } from './key-set.ts';

export type Verification =
  | { kind: 'valid'; keyid: string; payload: Buffer }
  /** A sentence. */
  | { kind: 'invalid'; why: string };

/**
 * Valid where one signature is by a key of `keys`, which is found by its thumbprint, and none by such a key fails. What
 * others signed beside us is not looked at. Every part is read in one way only, so that no byte of an envelope can be
 * exchanged for another without being noticed.
 */
export function verifyEnvelope(envelope: unknown, keys: TrustedKeys): Verification {
  const parts = readEnvelope(envelope);
  if (parts === null) return invalid('It is no DSSE envelope, or a damaged one.');
  const { type, payload, signatures } = parts;
  const signed = preAuthEncoding(type, payload);
  let validKey: string | null = null;
  for (const { keyid, signature } of signatures) {
    const key = keys.get(keyid);
    if (key === undefined) continue;
    if (!verify(null, signed, key, signature)) {
      return invalid(`The signature by the key ${keyid} does not fit what it is about.`);
    }
    validKey = keyid;
  }
  if (validKey === null) {
    const named = signatures.map(({ keyid }) => keyid).join(', ');
    return invalid(`None of the trusted keys signed it. It names ${named}.`);
  }
  // After the signature: what is not authenticated is not worth a reason of its own.
  if (type !== statementType) return invalid(`It holds ${type}, and not an in-toto statement.`);
  return { kind: 'valid', keyid: validKey, payload };
}

function invalid(why: string): Verification {
  return { kind: 'invalid', why };
}

interface Parts {
  type: string;
  payload: Buffer;
  signatures: { keyid: string; signature: Buffer }[];
}

function readEnvelope(value: unknown): Parts | null {
  if (!isObject(value)) return null;
  const { payload, payloadType, signatures } = value;
  if (typeof payload !== 'string' || typeof payloadType !== 'string') return null;
  if (!Array.isArray(signatures) || signatures.length === 0) return null;
  for (const form of ['base64', 'base64url'] as const) {
    const read = readIn(form, payload, signatures);
    if (read) return { type: payloadType, ...read };
  }
  return null;
}

/**
 * Either base64 is allowed, standard or for addresses, and all of an envelope is in the same: standard with its padding,
 * the other without. The two are more than a byte apart then, and each has one text only for the same bytes.
 */
function readIn(
  form: 'base64' | 'base64url',
  payloadText: string,
  signatureParts: readonly unknown[],
): Omit<Parts, 'type'> | null {
  const payload = decode(form, payloadText);
  if (payload === null) return null;
  const signatures: Parts['signatures'] = [];
  for (const part of signatureParts) {
    if (!isObject(part) || typeof part.keyid !== 'string' || typeof part.sig !== 'string') {
      return null;
    }
    const signature = decode(form, part.sig);
    if (signature === null) return null;
    signatures.push({ keyid: part.keyid, signature });
  }
  return { payload, signatures };
}

/** Node reads base64 leniently, so what it read is written again and compared. */
function decode(form: 'base64' | 'base64url', text: string): Buffer | null {
  const bytes = Buffer.from(text, form);
  return bytes.toString(form) === text ? bytes : null;
}
