/** Ed25519 keys: made, read, and named as RFC 7638 names them. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

export interface SigningKey {
  /** RFC 7638 thumbprint of the public half, in base64url. */
  keyid: string;
  /** The 32 bytes of RFC 8032. */
  publicKey: Buffer;
  privateKey: KeyObject;
}

/** A public key as JSON Web Key (RFC 8037). `kid` is its thumbprint. */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
  alg: 'EdDSA';
}

export function newSigningKey(): SigningKey {
  return signingKeyOf(generateKeyPairSync('ed25519').privateKey);
}

/** The key in a PEM text; null for anything but one unencrypted Ed25519 key in PKCS#8. */
export function readPem(text: string): SigningKey | null {
  if (!/^\s*-----BEGIN PRIVATE KEY-----/.test(text)) return null;
  try {
    const privateKey = createPrivateKey({ key: text, format: 'pem' });
    return privateKey.asymmetricKeyType === 'ed25519' ? signingKeyOf(privateKey) : null;
  } catch {
    // Whatever OpenSSL says of it would not help, and may quote from it.
    return null;
  }
}

export function pkcs8Of({ privateKey }: SigningKey): Buffer {
  return privateKey.export({ format: 'der', type: 'pkcs8' });
}

/** What `pkcs8Of` gave. Throws for other bytes. */
export function readPkcs8(der: Buffer): SigningKey {
  return signingKeyOf(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { keyid: thumbprint(x), publicKey: Buffer.from(x, 'base64url'), privateKey };
}

export function publicJwk(publicKey: Uint8Array): PublicJwk {
  const x = Buffer.from(publicKey).toString('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint(x), use: 'sig', alg: 'EdDSA' };
}

/** Over the required members in their order, without white space (RFC 7638 §3, RFC 8037 §2). */
function thumbprint(x: string): string {
  return createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
    .digest('base64url');
}
