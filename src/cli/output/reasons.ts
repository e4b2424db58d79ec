/** The incidents behind a requirement, in a few words. */
import type { components } from '../../contract/types.gen.ts';

type Guarded = components['schemas']['Guarded'];

/** A line for each, `HF-2024-0001 (sev1) Content update stops hosts`. The title is missing for who may not know it. */
export function describeReasons(guarded: readonly Guarded[]): string {
  if (guarded.length === 0) return 'nothing recorded';
  return guarded
    .map(({ incident, severity, title }) => `${incident} (${severity})${title ? ` ${title}` : ''}`)
    .join('\n');
}
