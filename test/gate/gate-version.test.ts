/** The gate's version moves with its answers. */

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Facts, gateVersion } from '../../src/gate/index.ts';
import { canonicalText } from '../../src/releases/facts-hash.ts';
import {
  at,
  check,
  decided,
  guardedBy,
  hold,
  incident,
  override,
  release,
  report,
  reported,
  result,
  waiver,
} from '../support/gate-facts.ts';
import { anyOf, bus, harm, net } from '../support/hold-facts.ts';

/** What each version made of the facts below. Never edited once a version is released: a new one gets a line. */
const answersOf: Readonly<Record<number, string>> = {
  1: '4f1d21b30163f4603dd514787a5133a69c7aa6e4ad42d71ba138938db2b9984c',
  2: '701a13830314d0d6f5500fa6a38033e51ee7242eddc1f2fdaba9b579c46f1b4c',
  3: '4b82c24cc0a21496acac53ef6bd48e17c0f850923b675d3609fc753f8d78a38a',
};

const os = (name: string) => ({ variant: { os: name } });

/** A bit of everything that there was before there were holds. */
const withoutHolds = {
  release: release({ kind: null, components: null, changedPaths: ['a/b.c'], artifacts: ['aa'] }),
  checks: [
    check('passes'),
    check('fails', { appliesTo: { paths: ['a/**'], components: ['templates'] } }),
    check('waived', { variants: [{ os: 's1' }, { os: 's2' }] }),
    check('missing', { enforcement: 'advisory' }),
    check('soak', { kind: 'soak', minimum: { machines: 5, hours: 9 } }),
    check('elsewhere'),
  ],
  incidents: [
    incident('HF-2024-0001', { severity: 'sev1', ...guardedBy('passes') }),
    incident('HF-2024-0002', { severity: 'sev4', ...guardedBy('waived') }),
    incident('HF-2024-0003', { publicTitle: null, affectedVersions: ['vers:intdot/<3'] }),
    incident('HF-2024-0004', { withdrawn: true, ...guardedBy('missing') }),
  ],
  waivers: [
    waiver('waived', { variant: { os: 's1' } }),
    waiver('fails', { revokedAt: at('11:00') }),
    waiver('soak', { expiresAt: at('11:00') }),
  ],
  ...reported(
    report(at('08:00'), [result('passes', 'failed', { artifacts: ['aa'] })]),
    report(at('09:00'), [
      result('passes', 'passed', { artifacts: ['aa'] }),
      result('fails', 'failed', { artifacts: ['aa'], failedCases: ['suite › case'] }),
      result('waived', 'failed', { artifacts: ['aa'], ...os('s1') }),
      result('waived', 'errored', { artifacts: ['aa'], reason: 'No host.', ...os('s2') }),
      result('waived', 'passed', { artifacts: ['aa'], ...os('s3') }),
      result('soak', 'passed', { artifacts: ['aa'], machines: 3, hours: 12 }),
      result('elsewhere', 'passed', { artifacts: ['bb'] }),
    ]),
  ),
};

/** And of holds. */
const withHolds = {
  ...withoutHolds,
  incidents: [
    ...withoutHolds.incidents,
    incident('HF-2024-0005', { affectedVersions: ['vers:intdot/*'] }),
    incident('HF-2024-0006', { affectedVersions: ['vers:intdot/2.0'] }),
  ],
  holds: [
    hold('10', 'HF-2024-0005'),
    hold('9', 'HF-2024-0005', { publicTitle: null }),
    hold('11', 'HF-2024-0006', { overrides: [override({ rings: ['general'] })] }),
  ],
};

/** And of what holds keep, and drivers that are asked about. */
const withCoverage = {
  ...withHolds,
  checks: [
    ...withHolds.checks,
    check('canary', { variants: [{ driver: 'bus', fileVersion: '<3' }, { driver: 'net' }] }),
  ],
  holds: withHolds.holds.map((each) => ({
    ...each,
    match: anyOf(bus, { ...bus, versions: 'vers:intdot/<3' }),
    harmed: [harm([bus, net], { platforms: ['windows'] })],
  })),
  proposedHolds: [
    {
      ...{ id: '12', incident: 'HF-2024-0006', products: [], versions: 'vers:intdot/*' },
      ...{ match: anyOf(bus, net), harmed: [harm([bus, net])] },
    },
  ],
};

const hashOf = (given: Partial<Facts>) =>
  createHash('sha256')
    .update(canonicalText(decided(given)))
    .digest('hex');

test('facts from before there were holds are answered as the first gate answered them', () => {
  expect(hashOf(withoutHolds)).toBe(answersOf[1]);
});

test('facts from before what holds keep was compared are answered as the gate of then answered them', () => {
  expect(hashOf(withHolds)).toBe(answersOf[2]);
});

test('facts are answered as the gate of this version answers them: another answer needs another version', () => {
  expect(hashOf(withCoverage)).toBe(answersOf[gateVersion]);
});
