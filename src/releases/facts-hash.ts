/** The hash by which everybody can tell that two decisions rest on the same facts. Pure. */
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Facts } from '../gate/index.ts';

/**
 * SHA-256 over the canonical JSON (RFC 8785) of everything that `decide` is given: the instant, and the facts by a
 * SHA-256 of their own, so that facts that did not change are not hashed again.
 */
export function factsHash(facts: Facts, asOf: string): string {
  // The canonical JSON of two texts that need no escape.
  return sha256Of(`{"asOf":"${asOf}","facts":"${digestOf(facts)}"}`);
}

const digests = new WeakMap<Facts, string>();

function digestOf(facts: Facts): string {
  const known = digests.get(facts);
  if (known !== undefined) return known;
  const digest = sha256Of(canonicalText(facts));
  digests.set(facts, digest);
  return digest;
}

function sha256Of(text: string): string {
  return `sha256:${hash('sha256', text)}`;
}

/** RFC 8785. */
export function canonicalText(value: unknown): string {
  return canonicalize(value) ?? '';
}
