import { expect, test } from 'vitest';
import { warningsOf } from '../../src/incidents/warnings.ts';
import { aFinalRecord, aRecord } from './a-record.ts';

const pointersOf = (record: ReturnType<typeof aRecord>) =>
  warningsOf(record).map(({ pointer }) => pointer);
const camera = { versions: null, versionOf: 'file', role: 'trigger' } as const;
const check = { check: 'boot', why: 'It starts.' };

test('a driver that nobody marked as public is named', () => {
  const drivers = [
    { ...camera, driver: 'audio-bus', visibility: 'public' as const },
    { ...camera, driver: 'camera' },
    { ...camera, driver: 'camera', versionOf: 'product' as const },
    { ...camera, driver: 'cipher', visibility: 'on_match' as const },
  ];
  expect(warningsOf(aRecord({ drivers, checks: [check] }))).toEqual([
    {
      pointer: '/drivers',
      detail:
        '1 driver is internal (camera): customers will not read of it, nor be told whether their machines have it.',
    },
  ]);
});

test('of many drivers five are named', () => {
  const drivers = ['a', 'b', 'c', 'd', 'e', 'f'].map((driver) => ({ ...camera, driver }));
  const [warning] = warningsOf(aRecord({ drivers, checks: [check] }));
  expect(warning?.detail).toContain('6 drivers are internal (a, b, c, d, e, …): ');
});

test('a record without a check is told of, and of a final one also that no cause is public', () => {
  expect(pointersOf(aRecord())).toEqual(['/checks']);
  expect(pointersOf(aFinalRecord())).toEqual(['/causes', '/checks']);
});

test('nothing is said of a record that keeps nothing back and names a check', () => {
  const [cause] = aFinalRecord().causes;
  const causes = cause ? [{ ...cause, visibility: 'public' as const }] : [];
  expect(warningsOf(aFinalRecord({ causes, checks: [check] }))).toEqual([]);
});
