/** What holds of every decision, whatever the facts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareInstants,
  type Decision,
  decide,
  type Facts,
  planRequirements,
  standsUntil,
} from '../../src/gate/index.ts';
import { generatedFacts, instant, outcomeOf, runOf } from './generated-facts.ts';
import { knownBy, type ModelDecision, modelDecision } from './slow-model.ts';

const numRuns = 500;
const later = '2024-08-12T13:00:00Z';
const asked = fc.oneof(instant, fc.constant('2024-08-12T12:09:00Z'), fc.constant(later));

test('a decision agrees with the slow and obvious model', () => {
  fc.assert(
    fc.property(generatedFacts, asked, (facts, asOf) => {
      expect(asModel(decide(facts, asOf))).toEqual(sorted(modelDecision(facts, asOf)));
    }),
    { numRuns: 3 * numRuns },
  );
});

test('the order of the facts does not matter, to the byte', () => {
  const twice = generatedFacts.chain((facts) =>
    fc.record({ facts: fc.constant(facts), shuffled: shuffled(facts) }),
  );
  fc.assert(
    fc.property(twice, asked, ({ facts, shuffled }, asOf) => {
      expect(JSON.stringify(decide(shuffled, asOf))).toBe(JSON.stringify(decide(facts, asOf)));
      expect(JSON.stringify(planRequirements(shuffled, asOf))).toBe(
        JSON.stringify(planRequirements(facts, asOf)),
      );
    }),
    { numRuns },
  );
});

test('what came later than the instant asked about changes nothing', () => {
  fc.assert(
    fc.property(generatedFacts, asked, (facts, asOf) => {
      expect(decide(facts, asOf)).toEqual(decide(knownBy(facts, asOf), asOf));
    }),
    { numRuns },
  );
});

test('a decision stands, while nothing but time passes, until the instant that it says', () => {
  fc.assert(
    fc.property(generatedFacts, asked, asked, (facts, asOf, other) => {
      const until = standsUntil(facts, asOf);
      fc.pre(compareInstants(asOf, other) <= 0);
      fc.pre(until === null || compareInstants(other, until) < 0);
      expect(decide(facts, other)).toEqual(decide(facts, asOf));
    }),
    { numRuns },
  );
});

describe('a run of its own that only passes', () => {
  const passing = fc.array(outcomeOf(fc.constant('passed')), { minLength: 1, maxLength: 3 });

  test('never blocks, whenever it came and whatever build it is of', () => {
    fc.assert(
      fc.property(generatedFacts, passing, instant, (facts, outcomes, receivedAt) => {
        fc.pre(decide(facts, later).verdict !== 'blocked');
        const more = withRun(facts, runOf('extra', null, [{ receivedAt, outcomes }]));
        expect(decide(more, later).verdict).not.toBe('blocked');
      }),
      { numRuns },
    );
  });

  test('and is the newest, on every listed build and with enough machines, makes the requirement pass', () => {
    fc.assert(
      fc.property(generatedFacts, outcomeOf(fc.constant('passed')), (facts, outcome) => {
        const { artifacts } = facts.release;
        const outcomes = [{ ...outcome, artifacts: [...artifacts], machines: 5, hours: 5 }];
        const more = withRun(facts, runOf('extra', null, [{ receivedAt: later, outcomes }]));
        for (const answer of answersTo(decide(more, later), outcome)) {
          expect(answer.status).toBe('passed');
        }
      }),
      { numRuns },
    );
  });
});

describe('a run of its own that only fails', () => {
  const failing = fc.array(outcomeOf(fc.constantFrom('failed', 'errored')), {
    minLength: 1,
    maxLength: 3,
  });

  test('never unblocks, whenever it came and whatever build it is of', () => {
    fc.assert(
      fc.property(generatedFacts, failing, instant, (facts, outcomes, receivedAt) => {
        fc.pre(decide(facts, later).verdict === 'blocked');
        const more = withRun(facts, runOf('extra', null, [{ receivedAt, outcomes }]));
        expect(decide(more, later).verdict).toBe('blocked');
      }),
      { numRuns },
    );
  });

  test('and is the newest, on a listed build, is not passed over: the requirement fails, or is waived as failed', () => {
    fc.assert(
      fc.property(generatedFacts, outcomeOf(fc.constant('failed')), (facts, outcome) => {
        const { artifacts } = facts.release;
        const outcomes = [{ ...outcome, artifacts: artifacts.slice(0, 1) }];
        const more = withRun(facts, runOf('extra', null, [{ receivedAt: later, outcomes }]));
        for (const answer of answersTo(decide(more, later), outcome)) {
          // Another build may have errored, which is graver.
          expect(['failed', 'errored']).toContain(answer.insteadOf ?? answer.status);
        }
      }),
      { numRuns },
    );
  });
});

function withRun(facts: Facts, { run, results }: ReturnType<typeof runOf>): Facts {
  return { ...facts, runs: [...facts.runs, run], results: [...facts.results, ...results] };
}

function answersTo({ answers }: Decision, asked: { check: string; variant: unknown }) {
  return answers.filter(
    ({ check, variant }) => check === asked.check && pairs(variant) === pairs(asked.variant),
  );
}

function shuffled(facts: Facts): fc.Arbitrary<Facts> {
  const whole = <T>(list: readonly T[]) =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
  return fc
    .record({
      checks: whole(facts.checks),
      incidents: whole(facts.incidents),
      runs: whole(facts.runs),
      results: whole(facts.results),
      waivers: whole(facts.waivers),
      ...(facts.holds && { holds: whole(facts.holds) }),
      artifacts: whole(facts.release.artifacts),
    })
    .map(({ artifacts, ...lists }) => ({
      ...facts,
      ...lists,
      release: { ...facts.release, artifacts },
    }));
}

function asModel({ verdict, answers, holds }: Decision): ModelDecision {
  return sorted({
    verdict,
    holds: (holds ?? []).map(({ hold }) => hold),
    answers: answers.map((answer) => ({
      subject: answer.check === null ? answer.incident : answer.check,
      variant: pairs(answer.variant),
      status: answer.status,
      insteadOf: answer.insteadOf,
      waiver: answer.waiver?.id ?? null,
      earlierFailures: answer.earlierFailures,
    })),
  });
}

function sorted({ verdict, answers, holds }: ModelDecision): ModelDecision {
  const place = (answer: (typeof answers)[number]) => `${answer.subject} ${answer.variant}`;
  return {
    verdict,
    holds: [...holds].sort(),
    answers: [...answers].sort((a, b) => (place(a) < place(b) ? -1 : 1)),
  };
}

function pairs(variant: unknown): string {
  return Object.entries(variant ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ');
}
