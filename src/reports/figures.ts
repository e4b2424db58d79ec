/** The figures of an impact in words, and where they disagree. Pure. */
import type { components } from '../contract/types.gen.ts';

export type Measure = components['schemas']['ImpactMeasure'];

const units: Readonly<Record<Measure['unit'], string>> = {
  devices: 'devices',
  customers: 'customers',
  users: 'people',
  support_requests: 'requests for support',
  downloads: 'downloads',
  traffic_share: 'of traffic',
  money: '',
};

/** What is counted, as a heading: `Devices`. */
export const unitNames: Readonly<Record<Measure['unit'], string>> = {
  devices: 'Devices',
  customers: 'Customers',
  users: 'People',
  support_requests: 'Requests for support',
  downloads: 'Downloads',
  traffic_share: 'Share of traffic',
  money: 'Money',
};

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const shares = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

/** `between 5,000 and 8,000 devices of all that were online`, never a bare number. */
export function figureInWords({ unit, min, max, of, basis }: Measure): string {
  const amount = amountInWords(unit, min, max, basis === 'estimated');
  if (amount === null) return 'not known';
  if (unit === 'money') return [amount, of].filter(Boolean).join(' ');
  if (unit === 'traffic_share') return `${amount} of ${of ?? 'the traffic'}`;
  return of ? `${amount} ${units[unit]}, of ${of}` : `${amount} ${units[unit]}`;
}

function amountInWords(
  unit: Measure['unit'],
  min: number | null,
  max: number | null,
  isEstimate: boolean,
): string | null {
  const write = (value: number) => (unit === 'traffic_share' ? shares : numbers).format(value);
  if (min === null) return max === null ? null : `at most ${write(max)}`;
  if (max === null) return `at least ${write(min)}`;
  if (min === max) return isEstimate ? `about ${write(min)}` : write(min);
  return `between ${write(min)} and ${write(max)}`;
}

/** What is counted more than once with another outcome: those figures disagree. */
export function disputedUnits(measures: readonly Measure[]): Measure['unit'][] {
  const seen = new Map<string, Measure>();
  const disputed = new Set<Measure['unit']>();
  for (const measure of measures) {
    const counted = JSON.stringify([measure.unit, measure.of ?? null]);
    const first = seen.get(counted) ?? measure;
    seen.set(counted, first);
    if (first.min !== measure.min || first.max !== measure.max) disputed.add(measure.unit);
  }
  return [...disputed];
}
