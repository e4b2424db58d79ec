/** Decisions and requirements as the contract shows them to one reader. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Caller } from '../contract/caller.ts';
import type { components } from '../contract/types.gen.ts';
import { decide, type Facts, type Reason, redact } from '../gate/index.ts';

export type Decision = components['schemas']['Decision'];
type Answer = Decision['answers'][number];

/** Where the public finds the report of an incident. */
export type ReportUrl = (incident: string) => string;

/** Everyone but a pipeline reads unpublished incidents. */
export function mayReadUnpublished(caller: Caller): boolean {
  return caller.kind === 'token' && caller.role !== 'pipeline';
}

/** The verdict on these facts at that instant, for this reader. */
export function showDecision(
  facts: Facts,
  asOf: string,
  caller: Caller,
  reportUrl: ReportUrl,
): Decision {
  const decision = redact(decide(facts, asOf), mayReadUnpublished(caller));
  return {
    product: facts.product.key,
    version: facts.release.version ?? '',
    ring: facts.ring,
    verdict: decision.verdict,
    mayShip: decision.mayShip,
    asOf,
    factsHash: factsHash(facts, asOf),
    summary: decision.summary,
    answers: decision.answers.map(
      (answer) =>
        ({ ...answer, guardsAgainst: showReasons(answer.guardsAgainst, reportUrl) }) as Answer,
    ),
    ignored: decision.ignored as Decision['ignored'],
  };
}

export function showReasons(reasons: readonly Reason[], reportUrl: ReportUrl) {
  return reasons.map(({ incident, title, severity, published, why }) => ({
    incident,
    title,
    severity,
    why,
    reportUrl: published ? reportUrl(incident) : null,
  }));
}

/**
 * SHA-256 over the canonical JSON (RFC 8785) of everything that `decide` is given: the instant, and the facts by a
 * SHA-256 of their own, so that facts that did not change are not hashed again.
 */
export function factsHash(facts: Facts, asOf: string): string {
  return sha256Of({ asOf, facts: digestOf(facts) });
}

const digests = new WeakMap<Facts, string>();

function digestOf(facts: Facts): string {
  const known = digests.get(facts);
  if (known !== undefined) return known;
  const digest = sha256Of(facts);
  digests.set(facts, digest);
  return digest;
}

function sha256Of(value: unknown): string {
  const text = canonicalize(value) ?? '';
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
