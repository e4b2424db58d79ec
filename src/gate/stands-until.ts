/** How long a decision stands while nothing but time passes. */
import type { Facts, Instant } from './facts.ts';
import { isBefore } from './instant.ts';

/**
 * The first instant in the facts that lies after `asOf`: up to it, exclusive, `decide` answers the same. Null: for ever.
 */
export function standsUntil(facts: Facts, asOf: Instant): Instant | null {
  let next: Instant | null = null;
  for (const instant of instantsIn(facts)) {
    if (instant === null || !isBefore(asOf, instant)) continue;
    if (next === null || isBefore(instant, next)) next = instant;
  }
  return next;
}

function* instantsIn(facts: Facts): Generator<Instant | null> {
  yield facts.enteredRingAt;
  for (const { createdAt, effectiveFrom, retiredAt } of facts.checks) {
    yield createdAt;
    yield effectiveFrom;
    yield retiredAt;
  }
  for (const { knownAt } of facts.incidents) yield knownAt;
  for (const { firstReceivedAt, receivedAt } of facts.runs) {
    yield firstReceivedAt;
    yield* receivedAt;
  }
  for (const { receivedAt } of facts.results) yield receivedAt;
  for (const { requestedAt, expiresAt, approval, revokedAt } of facts.waivers) {
    yield requestedAt;
    yield expiresAt;
    yield approval?.at ?? null;
    yield revokedAt;
  }
  for (const { activeFrom, overrides } of facts.holds ?? []) {
    yield activeFrom;
    for (const { from, expiresAt, revokedAt } of overrides) {
      yield from;
      yield expiresAt;
      yield revokedAt;
    }
  }
}
