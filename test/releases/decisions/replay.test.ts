/** What is stored of the facts is enough to decide again, whatever the facts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, type Facts, gateVersion } from '../../../src/gate/index.ts';
import { replay } from '../../../src/releases/decisions/recorded-decision.ts';
import { canonicalText, factsHash } from '../../../src/releases/facts-hash.ts';
import { generatedFacts, instant } from '../../gate/generated-facts.ts';

const stored = (facts: Facts) => JSON.parse(canonicalText(facts)) as Facts;

test('facts that went through their canonical form lead to the same hash and decision', () => {
  fc.assert(
    fc.property(generatedFacts, instant, (facts, asOf) => {
      const decision = decide(facts, asOf);
      const hash = factsHash(facts, asOf);
      const recorded = { decision: JSON.parse(JSON.stringify(decision)), facts: stored(facts) };
      const kept = { ...recorded, id: 1, asOf, factsHash: hash, gateVersion };
      expect(replay({ ...kept, recordedBy: 'Ada', signed: null })).toEqual({
        same: true,
        gateVersion,
        factsHash: hash,
        verdict: decision.verdict,
      });
    }),
    { numRuns: 300 },
  );
});

test('the same facts at another instant have another hash', () => {
  fc.assert(
    fc.property(generatedFacts, (facts) => {
      const [one, other] = ['2024-08-12T12:00:00Z', '2024-08-12T12:00:00.000001Z'];
      expect(factsHash(facts, one as string)).not.toBe(factsHash(facts, other as string));
    }),
  );
});
