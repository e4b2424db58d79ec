/** What is stored of a check, and what is wrong in a check by itself. */
import { expect, test } from 'vitest';
import { type CheckInput, completeCheck, faultsWithin } from '../../src/checks/check.ts';
import { aCheck } from './a-check.ts';

test('what is left out is stored as what it means', () => {
  expect(completeCheck(aCheck)).toEqual({
    ...aCheck,
    variants: [],
    variantsFrom: null,
    reportedAs: [],
    allowSkipped: false,
    minCases: 1,
    minimum: null,
    howToRun: {},
    effectiveFrom: null,
    retiredAt: null,
  });
});

test.each([
  ['2030-01-01T02:00:00+02:00', '2030-01-01T00:00:00Z'],
  ['2030-01-01T00:00:00.000Z', '2030-01-01T00:00:00Z'],
  ['2030-01-01t00:00:00.5z', '2030-01-01T00:00:00.500000Z'],
])('an instant written %s is stored as %s, which the gate can compare', (written, stored) => {
  const check = completeCheck({ ...aCheck, effectiveFrom: written, retiredAt: written });
  expect(check).toMatchObject({ effectiveFrom: stored, retiredAt: stored });
});

const minimum = { machines: 100, hours: 24 };

test.each<[string, Partial<CheckInput>, string[]]>([
  ['nothing said', {}, []],
  ['a minimum for a canary', { kind: 'canary', minimum }, []],
  ['a minimum for a soak', { kind: 'soak', minimum }, []],
  ['a canary without a minimum', { kind: 'canary' }, ['/minimum']],
  ['a minimum for an automated check', { minimum }, ['/minimum']],
  ['a minimum for a sign-off', { kind: 'sign_off', minimum }, ['/minimum']],
  ['different variants', { variants: [{ os: '10' }, { os: '11' }, { os: '10', arch: 'x64' }] }, []],
  ['a variant twice', { variants: [{ os: '10' }, { os: '11' }, { os: '10' }] }, ['/variants/2']],
  [
    'a variant twice, its pairs in another order',
    {
      variants: [
        { os: '10', arch: 'x64' },
        { arch: 'x64', os: '10' },
      ],
    },
    ['/variants/1'],
  ],
  [
    'several faults',
    { minimum, variants: [{ os: '10' }, { os: '10' }, { os: '10' }] },
    ['/minimum', '/variants/1', '/variants/2'],
  ],
])('%s: a fault at each place that is wrong', (_, said, pointers) => {
  const faults = faultsWithin(completeCheck({ ...aCheck, ...said }));
  expect(faults.map(({ pointer }) => pointer)).toEqual(pointers);
});
