/** Signatures are those of Standard Webhooks 1.0.0. */
import { expect, test } from 'vitest';
import { newSecret, showSecret, signedHeaders } from '../../src/webhooks/signature.ts';

/** The vector that the specification's own libraries are tested with (standard-webhooks, libraries/*). */
const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  seconds: 1614265330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const key = Buffer.from(vector.secret.replace('whsec_', ''), 'base64');

test("the libraries' own vector comes out", () => {
  expect(signedHeaders([key], vector)).toEqual({
    'webhook-id': vector.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': vector.signature,
  });
});

test('several secrets sign beside each other, with a space between', () => {
  const headers = signedHeaders([newSecret(), key], vector);
  const [first, second, ...more] = headers['webhook-signature'].split(' ');
  expect(first).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
  expect([second, more]).toEqual([vector.signature, []]);
});

test('a secret is shown as the specification has it, of 24 to 64 bytes, and never the same one twice', () => {
  const secret = newSecret();
  expect(secret.length).toBeGreaterThanOrEqual(24);
  expect(secret.length).toBeLessThanOrEqual(64);
  expect(Buffer.from(showSecret(secret).replace(/^whsec_/, ''), 'base64')).toEqual(secret);
  expect(newSecret()).not.toEqual(secret);
});
