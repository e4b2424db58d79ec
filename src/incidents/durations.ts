/** Times to detect, mitigate and resolve, derived from the timeline. Pure, and never stored. */
import type { components } from '../contract/types.gen.ts';
import type { TimelineEntry } from './record.ts';
import { earliest, latest, precisionSeconds, startOf } from './timeline-time.ts';

type Duration = components['schemas']['Duration'];
type Durations = components['schemas']['Durations'];
type Entry = Pick<TimelineEntry, 'at' | 'precision' | 'approximate' | 'type'>;

/** A moment on the timeline, with its name for a sentence. */
type Moment = Entry & { name: string };

/**
 * Each counts from the first impact, or from the release where no impact is recorded: to the first detection, to the
 * last mitigation (the halt of the rollout where none is recorded), to the last resolution. Says nothing of an entry
 * but its type, its time and how precise that is; public durations need public entries only.
 */
export function durationsOf(timeline: readonly Entry[]): Durations {
  const moments = (type: Entry['type'], name: string) =>
    timeline.filter((entry) => entry.type === type).map((entry) => ({ ...entry, name }));
  const start =
    earliest(moments('first_impact', 'the first impact')) ??
    earliest(moments('released', 'the release'));
  const detected = earliest(moments('detected', 'the detection'));
  const mitigated =
    latest(moments('mitigated', 'the mitigation')) ?? latest(moments('halted', 'the halt'));
  const resolved = latest(moments('resolved', 'the resolution'));
  return {
    toDetect: span(start, detected, 'detection'),
    toMitigate: span(start, mitigated, 'mitigation'),
    toResolve: span(start, resolved, 'resolution'),
  };
}

function span(start: Moment | null, end: Moment | null, wanted: string): Duration {
  if (start === null) return unknown('The timeline has no first impact and no release.');
  if (end === null) return unknown(`The timeline has no ${wanted}.`);

  const between = `From ${spoken(start)} to ${spoken(end)}`;
  const [startUnit, endUnit] = [precisionSeconds(start.precision), precisionSeconds(end.precision)];
  if (startUnit === null || endUnit === null) {
    return unknown(`${between}: without a time of day there is no telling.`);
  }
  const seconds = Math.round((startOf(end) - startOf(start)) / 1000);
  if (seconds < 0) return unknown(`${between}: the end lies before the beginning.`);
  const unit = Math.max(startUnit, endUnit);
  if (unit > 1 && seconds < unit) {
    return unknown(`${between}: they lie closer together than they are known.`);
  }
  return { seconds, because: `${between}.` };
}

function unknown(because: string): Duration {
  return { seconds: null, because };
}

/** `the release (2024-07-19T04:09:00Z, to the minute)` */
function spoken({ name, at, precision, approximate }: Moment): string {
  return `${name} (${approximate ? 'about ' : ''}${at}, to the ${precision})`;
}
