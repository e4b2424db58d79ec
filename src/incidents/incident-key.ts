/** Keys of incidents: `<PREFIX>-<year>-<number>`, given once and never changed. Pure. */
import type { TimelineEntry } from './record.ts';
import { earliest } from './timeline-time.ts';

type Entry = Pick<TimelineEntry, 'at' | 'precision' | 'type'>;

/** The year of the first release on the timeline, else of the first impact; null where it has neither. */
export function yearOfFault(timeline: readonly Entry[]): number | null {
  const of = (type: Entry['type']) => timeline.filter((entry) => entry.type === type);
  const fault = earliest(of('released')) ?? earliest(of('first_impact'));
  return fault && Number(fault.at.slice(0, 4));
}

/** The number has four digits at least. */
export function incidentKey(prefix: string, year: number, number: number): string {
  return `${prefix}-${String(year).padStart(4, '0')}-${String(number).padStart(4, '0')}`;
}
