/** What to do about an answer that is not a pass. */
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../src/gate/index.ts';
import {
  at,
  check,
  decided,
  onlyAnswer,
  outcomes,
  release,
  report,
  reported,
  result,
  waiver,
} from '../support/gate-facts.ts';

const boot = check('boot', { variants: [{ os: 's1' }] });
const T = check('T');
const failing = (failedCases: string[]) =>
  reported(report(at('09:00'), [result('T', 'failed', { failedCases })]));

const table: [given: Partial<Facts>, next: string | null][] = [
  [{ checks: [T], ...outcomes('T', 'passed') }, null],
  [{ checks: [boot] }, 'Hand in a result for boot on os=s1.'],
  [{ checks: [T], ...outcomes('T', 'failed') }, 'Make T pass, or ask for a waiver.'],
  [
    { checks: [T], ...failing(['content.matching › non_wildcard_ipc_field_21']) },
    'Make content.matching › non_wildcard_ipc_field_21 pass, or ask for a waiver.',
  ],
  [
    {
      checks: [boot],
      ...reported(
        report(at('09:00'), [
          result('boot', 'failed', { variant: { os: 's1' }, failedCases: ['host › boots'] }),
        ]),
      ),
    },
    'Make host › boots pass on os=s1, or ask for a waiver.',
  ],
  [
    { checks: [T], ...failing(['a › 1', 'a › 2', 'a › 3']) },
    'Make a › 1, a › 2 and a › 3 pass, or ask for a waiver.',
  ],
  [
    { checks: [T], ...failing(['a › 1', 'a › 2', 'a › 3', 'a › 4']) },
    'Make a › 1, a › 2, a › 3 and others pass, or ask for a waiver.',
  ],
  [
    { checks: [T], ...outcomes('T', 'errored') },
    'Find out why T errored, and run it again, or ask for a waiver.',
  ],
  [{ checks: [T], ...outcomes('T', 'running') }, 'Wait for T to finish.'],
  [
    {
      checks: [T],
      ...reported(report(at('09:00'), [result('T', 'passed')], { run: 'build-7', shards: 2 })),
    },
    'Wait for the run build-7 of T: 1 of 2 reports came.',
  ],
  [{ checks: [T], ...outcomes('T', 'skipped') }, 'Run T, which was skipped, or ask for a waiver.'],
  [
    {
      checks: [check('T', { minimum: { machines: 100, hours: 24 } })],
      ...reported(report(at('09:00'), [result('T', 'passed', { machines: 40, hours: 12 })])),
    },
    'Run T on at least 100 machines for 24 hours, of which it reached 40 and 12, or ask for a waiver.',
  ],
  [
    { checks: [T], release: release({ artifacts: ['a'] }), ...outcomes('T', 'passed') },
    'Hand in a result for T on an artifact that this release lists, or ask for a waiver.',
  ],
  [
    {
      checks: [T],
      ...outcomes('T', 'failed'),
      waivers: [waiver('T', { id: 'w1', approval: null })],
    },
    'Make T pass, or have the waiver w1 approved.',
  ],
  [
    { checks: [T], waivers: [waiver('T', { id: 'w1', approval: null })] },
    'Hand in a result for T, or have the waiver w1 approved.',
  ],
  [
    {
      checks: [T],
      ...outcomes('T', 'failed'),
      waivers: [waiver('T', { approval: null, expiresAt: '2026-08-12T00:00:00Z' })],
    },
    'Make T pass, or ask for a waiver.',
  ],
  [
    { checks: [boot], waivers: [waiver('boot')] },
    'Make boot pass on os=s1 before the waiver ends at 2024-08-13T12:00:00Z.',
  ],
];

describe('the next step is a sentence that can be followed', () => {
  test.each(table.map(([given, next]) => ({ given, next })))('$next', ({ given, next }) => {
    expect(onlyAnswer(decided(given)).next).toBe(next);
  });
});
