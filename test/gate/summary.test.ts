/** The whole decision in a sentence. */
import { expect, test } from 'vitest';
import type { CheckFact, Facts, Outcome } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  incident,
  report,
  reported,
  result,
  waiver,
} from '../support/gate-facts.ts';

/** A check for each outcome; null reports nothing. */
function given(
  outcomes: readonly (Outcome | null)[],
  enforcement: CheckFact['enforcement'] = 'required',
  prefix = 'C',
): Pick<Facts, 'checks' | 'results' | 'runs'> {
  const keys = outcomes.map((_, n) => `${prefix}${n}`);
  const results = outcomes.flatMap((outcome, n) =>
    outcome ? [result(`${prefix}${n}`, outcome)] : [],
  );
  return {
    checks: keys.map((key) => check(key, { enforcement })),
    ...reported(report(at('09:00'), results)),
  };
}

const advised = given(['failed', null], 'advisory', 'A');

const table: [summary: string, facts: Partial<Facts>][] = [
  [
    'Blocked: 1 of 4 requirements failed, 2 have no result yet.',
    given(['failed', 'passed', null, null]),
  ],
  ['Blocked: 1 of 1 requirement failed.', given(['failed'])],
  ['Blocked: 1 of 2 requirements errored.', given(['errored', 'passed'])],
  ['Pending: 1 of 2 requirements has no result yet.', given([null, 'passed'])],
  [
    'Pending: 2 of 3 requirements are still running, 1 was skipped.',
    given(['running', 'skipped', 'running']),
  ],
  ['Passed: all 3 requirements passed.', given(['passed', 'passed', 'passed'])],
  ['Passed: the one requirement passed.', given(['passed'])],
  [
    'Passed with waivers: 1 of 2 requirements is waived.',
    { ...given(['failed', 'passed']), waivers: [waiver('C0')] },
  ],
  [
    'Blocked: 1 of 2 requirements failed, 1 is waived.',
    { ...given(['failed', 'failed']), waivers: [waiver('C0')] },
  ],
  [
    'Blocked: known faulty (HF-1); 1 of 1 requirement has no result yet.',
    { ...given([null]), incidents: [incident('HF-1', { affectedVersions: ['vers:intdot/2'] })] },
  ],
  [
    'Blocked: known faulty (HF-1).',
    {
      ...given(['passed']),
      incidents: [incident('HF-1', { affectedVersions: ['vers:intdot/2'] })],
    },
  ],
  ['Nothing was required of this release.', {}],
  [
    'Nothing was required of this release. Besides, 1 of 2 advisory requirements failed, 1 has no result yet.',
    advised,
  ],
  ['Nothing was required of this release.', given(['passed'], 'advisory')],
];
test.each(table)('%s', (summary, facts) => {
  expect(decided(facts).summary).toBe(summary);
});
