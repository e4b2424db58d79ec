/** What is taken for an envelope that a trusted key signed, and what is not. */
import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { preAuthEncoding } from '../../src/attestation/dsse.ts';
import { newSigningKey } from '../../src/attestation/ed25519-key.ts';
import type { TrustedKeys } from '../../src/attestation/key-set.ts';
import { verifyEnvelope } from '../../src/attestation/verify-envelope.ts';
import { signed, statement, trust } from './signed.ts';

/** As a file is read: its bytes, its text, its JSON. */
function verifyBytes(bytes: Uint8Array, keys: TrustedKeys): 'valid' | 'invalid' {
  let envelope: unknown;
  try {
    envelope = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'invalid';
  }
  return verifyEnvelope(envelope, keys).kind;
}

test('an envelope that a trusted key signed is valid, and gives its payload to the byte', () => {
  const { envelope, keys, key } = signed();
  const payload = Buffer.from(JSON.stringify(statement));
  expect(verifyEnvelope(envelope, keys)).toEqual({ kind: 'valid', keyid: key.keyid, payload });
});

describe('one byte', () => {
  test('altered at any place, to whatever differs in one bit or is white space, is noticed', () => {
    const { envelope, keys } = signed();
    const bytes = Buffer.from(JSON.stringify(envelope));
    expect(verifyBytes(bytes, keys)).toBe('valid');
    for (let place = 0; place < bytes.length; place++) {
      const before = bytes.readUInt8(place);
      const others = [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => before ^ (1 << bit));
      for (const other of [...others, ...Buffer.from(' \t\n\\"=+/-_')]) {
        if (other === before) continue;
        bytes.writeUInt8(other, place);
        expect(verifyBytes(bytes, keys), `${place}: ${before} to ${other}`).toBe('invalid');
      }
      bytes.writeUInt8(before, place);
    }
  });

  test('altered or taken away is noticed, whatever the payload, the place and the byte', () => {
    const key = newSigningKey();
    const keys = trust(key);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(),
        fc.nat(255),
        fc.constantFrom('alter', 'remove'),
        (payload, anyPlace, byte, how) => {
          const bytes = Buffer.from(JSON.stringify(signed(payload, key).envelope));
          const place = anyPlace % bytes.length;
          fc.pre(how === 'remove' || bytes[place] !== byte);
          const altered = Buffer.concat([
            bytes.subarray(0, place),
            how === 'remove' ? Buffer.alloc(0) : Buffer.from([byte]),
            bytes.subarray(place + 1),
          ]);
          return verifyBytes(altered, keys) === 'invalid';
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('exchanged between the two alphabets of base64 is noticed, also where it is the only such byte', () => {
    const key = newSigningKey();
    const keys = trust(key);
    let lonely = 0;
    for (let number = 0; number < 100; number++) {
      const { envelope } = signed(Buffer.from([number]), key);
      const text = JSON.stringify(envelope);
      const { sig } = envelope.signatures[0] ?? { sig: '' };
      if ((envelope.payload + sig).match(/[+/]/g)?.length === 1) lonely += 1;
      for (const { index } of sig.matchAll(/[+/]/g)) {
        const other = sig[index] === '+' ? '-' : '_';
        const exchanged = sig.slice(0, index) + other + sig.slice(index + 1);
        expect(verifyBytes(Buffer.from(text.replace(sig, exchanged)), keys)).toBe('invalid');
      }
    }
    expect(lonely).toBeGreaterThan(0);
  });
});

describe('what DSSE allows', () => {
  test('base64 for addresses, in all of the envelope', () => {
    const { envelope, keys } = signed();
    const form = (text: string) => Buffer.from(text, 'base64').toString('base64url');
    const signatures = envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: form(sig) }));
    const other = { ...envelope, payload: form(envelope.payload), signatures };
    expect(verifyEnvelope(other, keys).kind).toBe('valid');
    expect(verifyEnvelope({ ...other, payload: envelope.payload }, keys).kind).toBe('invalid');
  });

  test('white space around values, and members that nobody knows', () => {
    const { envelope, keys } = signed();
    const pretty = JSON.stringify({ ...envelope, note: 'mine' }, null, 2);
    expect(verifyBytes(Buffer.from(pretty), keys)).toBe('valid');
  });

  test('signatures of others beside ours', () => {
    const { envelope, keys } = signed();
    const beside = { keyid: 'theirs', sig: Buffer.from('whatever').toString('base64') };
    const signatures = [beside, ...envelope.signatures];
    expect(verifyEnvelope({ ...envelope, signatures }, keys).kind).toBe('valid');
    expect(verifyEnvelope({ ...envelope, signatures: [beside] }, keys).kind).toBe('invalid');
  });
});

describe('invalid, with a reason', () => {
  test('a key that is not trusted is named', () => {
    const { envelope, key } = signed();
    expect(verifyEnvelope(envelope, trust(newSigningKey()))).toEqual({
      kind: 'invalid',
      why: `None of the trusted keys signed it. It names ${key.keyid}.`,
    });
  });

  test('a trusted key’s name on another key’s signature', () => {
    const [ours, theirs] = [newSigningKey(), newSigningKey()];
    const { envelope } = signed(undefined, { ...theirs, keyid: ours.keyid });
    const verification = verifyEnvelope(envelope, trust(ours, theirs));
    expect(verification).toMatchObject({ kind: 'invalid', why: expect.stringContaining('fit') });
  });

  test('something else that the same key signed is no statement', () => {
    const key = newSigningKey();
    const payloadType = 'application/json';
    const payload = Buffer.from('{}');
    const sig = sign(null, preAuthEncoding(payloadType, payload), key.privateKey);
    const envelope = {
      payload: payload.toString('base64'),
      payloadType,
      signatures: [{ keyid: key.keyid, sig: sig.toString('base64') }],
    };
    expect(verifyEnvelope(envelope, trust(key))).toMatchObject({
      kind: 'invalid',
      why: expect.stringContaining('application/json'),
    });
  });

  test.each([null, 1, 'text', [], {}, { payload: '', payloadType: '', signatures: [] }])(
    '%j is no envelope',
    (value) => {
      const { keys } = signed();
      expect(verifyEnvelope(value, keys)).toMatchObject({
        kind: 'invalid',
        why: expect.stringContaining('no DSSE envelope'),
      });
    },
  );
});
