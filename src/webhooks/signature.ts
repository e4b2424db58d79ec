/** Secrets and signatures of webhooks, after Standard Webhooks 1.0.0, "Signature scheme". Pure, but for the randomness. */
import { createHmac, randomBytes } from 'node:crypto';

/** What is signed, beside the secret. */
export interface Signed {
  /** The event's id, without a dot. */
  id: string;
  /** When it is sent, in whole seconds since 1970. */
  seconds: number;
  /** To the letter as it is sent. */
  body: string;
}

/** 256 random bits. */
export function newSecret(): Buffer {
  return randomBytes(32);
}

/** The secret as its receiver gets it. */
export function showSecret(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`;
}

/** The three headers. Each secret signs, so that a receiver that knows one of them is content. */
export function signedHeaders(
  secrets: readonly Buffer[],
  { id, seconds, body }: Signed,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`);
    return `v1,${mac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
