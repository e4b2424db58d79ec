/** Progress of a fleet: seldom where it is kept, often where it is written over. */
import { expect, test } from 'vitest';
import { emptyTally } from '../../../src/cli/fleet/fleet-job.ts';
import { progressOn } from '../../../src/cli/fleet/progress.ts';

function shown(redraws: boolean, seconds: readonly number[]): string {
  let said = '';
  let now = 0;
  const clock = { now: () => now * 1000, sleep: async () => {} };
  const stderr = (text: string) => {
    said += text;
  };
  const progress = progressOn({ stderr }, clock, { redraws });
  for (const second of seconds) {
    now = second;
    const tally = emptyTally();
    tally.verdicts.not_listed = second * 1000;
    tally.verdicts.affected = 1;
    progress.show(tally);
  }
  progress.clear();
  return said;
}

test('in a log it is a line each ten seconds', () => {
  expect(shown(false, [1, 5, 9, 10, 11, 19, 21])).toBe(
    '10,001 machines, 1,000 a second, 1 affected\n21,001 machines, 1,000 a second, 1 affected\n',
  );
});

test('on a screen it is one line, written over and taken away', () => {
  const [empty, first, second, cleared] = shown(true, [1, 1.1, 2]).split('\r');
  expect([empty, first, second]).toEqual([
    '',
    '1,001 machines, 1,001 a second, 1 affected',
    '2,001 machines, 1,001 a second, 1 affected',
  ]);
  expect(cleared?.trim()).toBe('');
});
