/**
 * The statement that a release may ship: in-toto Statement v1 with the predicate Simple Verification Result 0.1
 * (https://in-toto.io/attestation/svr/v0.1).
 */

export const statementSchema = 'https://in-toto.io/Statement/v1';
export const resultPredicate = 'https://in-toto.io/attestation/svr/v0.1';

/** A decision that let a release ship, as far as the world needs it. */
export interface PassingDecision {
  product: string;
  version: string;
  ring: string;
  verdict: 'passed' | 'passed_with_waivers' | 'not_applicable';
  asOf: string;
  factsHash: string;
  gateVersion: number;
  /** Ids of the holds that the rollout must honour; absent where there are none. */
  holds?: readonly string[];
}

export interface VerificationResult {
  _type: typeof statementSchema;
  subject: { name?: string; digest: { sha256: string } }[];
  predicateType: typeof resultPredicate;
  predicate: {
    verifier: { id: string };
    /** RFC 3339 in UTC. */
    timeCreated: string;
    properties: string[];
    /** An extension field: which decision this is. Ignoring it turns no refusal into a permission. */
    holdfast_decision: PassingDecision & { uri: string };
  };
}

/** What the gate asserts of a release that may ship to this ring. */
export function mayShipTo(ring: string): string {
  return `HOLDFAST_MAY_SHIP_TO:${ring}`;
}

/** In its place where holds keep it from some machines: who does not know of holds lets nothing pass. */
function mayShipWithHoldsTo(ring: string): string {
  return `HOLDFAST_MAY_SHIP_WITH_HOLDS_TO:${ring}`;
}

/** Likewise, only where something was required and all of it passed. */
function passedWithoutWaivers(ring: string): string {
  return `HOLDFAST_PASSED_WITHOUT_WAIVERS:${ring}`;
}

/**
 * `artifacts` are at least one: a statement needs a subject with a digest. `verifier` names the gate and its version,
 * `uri` is where the decision can be read; both are absolute.
 */
export function verificationResult(
  decision: PassingDecision,
  artifacts: readonly { name: string; sha256: string }[],
  { verifier, uri }: { verifier: string; uri: string },
): VerificationResult {
  const { ring, verdict, asOf, holds } = decision;
  const properties = [holds === undefined ? mayShipTo(ring) : mayShipWithHoldsTo(ring)];
  if (verdict === 'passed') properties.push(passedWithoutWaivers(ring));
  const names = artifacts.map(({ name }) => name);
  return {
    _type: statementSchema,
    subject: artifacts.map(({ name, sha256 }) => ({
      // A name that is there twice tells nothing apart; the specification asks for unique ones.
      ...(names.indexOf(name) === names.lastIndexOf(name) && { name }),
      digest: { sha256 },
    })),
    predicateType: resultPredicate,
    predicate: {
      verifier: { id: verifier },
      timeCreated: asOf,
      properties,
      holdfast_decision: { ...decision, uri },
    },
  };
}
