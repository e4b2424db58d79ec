/** The secrets of tokens: random, shown once, kept as hashes. */
import { hash, randomBytes } from 'node:crypto';

/** 256 random bits behind a prefix by which leak scanners and people know it. */
export function newSecret(): string {
  return `hf_${randomBytes(32).toString('base64url')}`;
}

/**
 * SHA-256. A secret of 256 random bits needs no slow hash: it can't be guessed. The operator's own
 * `HOLDFAST_ADMIN_TOKEN` must be long for the same reason.
 */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
