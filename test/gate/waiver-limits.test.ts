/** The house rule for waivers, and stricter products. */
import { expect, test } from 'vitest';
import { gravestIncident } from '../../src/gate/gravity.ts';
import { type Severity, waiverLimits } from '../../src/gate/index.ts';
import { excessesOf, latestExpiry } from '../../src/gate/waiver-limits.ts';
import { guardedBy, incident, noon } from '../support/gate-facts.ts';

const table: [
  severity: Severity | null,
  secondPerson: boolean,
  daysMax: number,
  rangeAllowed: boolean,
][] = [
  ['sev1', true, 7, false],
  ['sev2', true, 30, false],
  ['sev3', false, 90, true],
  ['sev4', false, 90, true],
  [null, false, 90, true],
];
test.each(table)(
  'over %s: second person %s, %d days, range of versions %s',
  (severity, secondPerson, daysMax, rangeAllowed) => {
    const house = { waiverDaysMax: {} };
    expect(waiverLimits(severity, house)).toEqual({ secondPerson, daysMax, rangeAllowed });
  },
);

test('a product may be stricter than the house, and never more lenient', () => {
  const product = { waiverDaysMax: { sev1: 1, sev2: 31, sev4: 14 } };
  const days = (['sev1', 'sev2', 'sev3', 'sev4', null] as const).map(
    (severity) => waiverLimits(severity, product).daysMax,
  );
  expect(days).toEqual([1, 30, 90, 14, 14]);
});

test('days run from the request, to the microsecond', () => {
  const limits = waiverLimits('sev1', { waiverDaysMax: {} });
  expect(latestExpiry(noon, limits)).toBe('2024-08-19T12:00:00Z');
  expect(latestExpiry('2024-12-30T23:59:59.000001Z', limits)).toBe('2025-01-06T23:59:59.000001Z');
});

test('the gravest incident behind a check leaves out other checks and withdrawn incidents', () => {
  const incidents = [
    incident('HF-1', { ...guardedBy('U'), severity: 'sev1' }),
    incident('HF-2', { ...guardedBy('T'), severity: 'sev1', withdrawn: true }),
    incident('HF-4', { ...guardedBy('T'), severity: 'sev2' }),
    incident('HF-3', { ...guardedBy('T'), severity: 'sev2' }),
    incident('HF-5', { ...guardedBy('T'), severity: 'sev3' }),
  ];
  expect(gravestIncident('T', incidents)?.key).toBe('HF-3');
  expect(gravestIncident('V', incidents)).toBeNull();
});

test('nobody is a second person by another spelling of the same name', () => {
  const limits = waiverLimits('sev1', { waiverDaysMax: {} });
  const waiver = { versions: null, requestedBy: 'Ann', requestedAt: noon, expiresAt: noon };
  expect(excessesOf(waiver, 'ann ', limits)).toEqual(['second_person']);
  expect(excessesOf(waiver, 'anna', limits)).toEqual([]);
});
