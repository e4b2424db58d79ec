import { describe, expect, test } from 'vitest';
import { durationsOf } from '../../src/incidents/durations.ts';
import type { TimelineEntry } from '../../src/incidents/record.ts';

type Precision = TimelineEntry['precision'];

const entry = (type: TimelineEntry['type'], at: string, precision: Precision = 'minute') => ({
  type,
  at,
  precision,
  approximate: false,
});

const released = entry('released', '2024-07-19T04:09:00Z');

describe('durations', () => {
  test('count from the release to the detection, the mitigation and the resolution', () => {
    const { toDetect, toMitigate, toResolve } = durationsOf([
      released,
      entry('detected', '2024-07-19T04:39:00Z'),
      entry('mitigated', '2024-07-19T05:27:00Z'),
      entry('resolved', '2024-07-20T04:00:00Z', 'hour'),
    ]);
    expect(toDetect).toEqual({
      seconds: 30 * 60,
      because:
        'From the release (2024-07-19T04:09:00Z, to the minute) to the detection (2024-07-19T04:39:00Z, to the minute).',
    });
    expect(toMitigate.seconds).toBe(78 * 60);
    expect(toResolve.seconds).toBe(23 * 3600 + 51 * 60);
  });

  test('count from the first impact where there is one', () => {
    const timeline = [
      released,
      entry('first_impact', '2024-07-19T04:20:00Z'),
      entry('first_impact', '2024-07-19T04:15:00Z'),
      entry('detected', '2024-07-19T04:39:00Z'),
    ];
    expect(durationsOf(timeline).toDetect.seconds).toBe(24 * 60);
  });

  test('end with the first detection, the last mitigation and the last resolution', () => {
    const at = (type: TimelineEntry['type']) => [
      entry(type, '2024-07-19T05:09:00Z'),
      entry(type, '2024-07-19T06:09:00Z'),
    ];
    const durations = durationsOf([
      released,
      ...at('detected'),
      ...at('mitigated'),
      ...at('resolved'),
    ]);
    expect(durations.toDetect.seconds).toBe(3600);
    expect(durations.toMitigate.seconds).toBe(7200);
    expect(durations.toResolve.seconds).toBe(7200);
  });

  test('the halt of the rollout counts as the mitigation only where none is recorded', () => {
    const halted = entry('halted', '2024-07-19T06:09:00Z');
    const mitigated = entry('mitigated', '2024-07-19T05:09:00Z');
    expect(durationsOf([released, halted]).toMitigate.seconds).toBe(7200);
    expect(durationsOf([released, halted, mitigated]).toMitigate.seconds).toBe(3600);
  });

  test('what is known roughly says so', () => {
    const detected = { ...entry('detected', '2024-07-19T04:39:00Z'), approximate: true };
    expect(durationsOf([released, detected]).toDetect.because).toContain(
      'the detection (about 2024-07-19T04:39:00Z, to the minute)',
    );
  });

  test('two moments to the second may be the same', () => {
    const at = '2024-07-19T04:09:00Z';
    const timeline = [entry('released', at, 'second'), entry('detected', at, 'second')];
    expect(durationsOf(timeline).toDetect.seconds).toBe(0);
  });

  test.each<[string, ReturnType<typeof entry>[], RegExp]>([
    [
      'without a beginning',
      [entry('detected', '2024-07-19T05:00:00Z')],
      /no first impact and no release/,
    ],
    ['without an end', [released], /no detection/],
    [
      'from a day',
      [entry('released', '2024-07-19', 'day'), entry('detected', '2024-07-20T00:00:00Z')],
      /time of day/,
    ],
    ['to a month', [released, entry('detected', '2024-08', 'month')], /time of day/],
    ['backwards', [released, entry('detected', '2024-07-19T04:00:00Z')], /before the beginning/],
    [
      'shorter than an hour known to the hour',
      [released, entry('detected', '2024-07-19T05:00:00Z', 'hour')],
      /closer together/,
    ],
    [
      'shorter than a minute known to the minute',
      [released, entry('detected', '2024-07-19T04:09:59Z', 'second')],
      /closer together/,
    ],
  ])('%s there is no telling', (_, timeline, because) => {
    const { toDetect } = durationsOf(timeline);
    expect(toDetect.seconds).toBeNull();
    expect(toDetect.because).toMatch(because);
  });
});
