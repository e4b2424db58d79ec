/** Prints changes the way `diff` does. */
import type { components } from '../../contract/types.gen.ts';
import type { Colours, Tone } from './colour.ts';

type Change = components['schemas']['Change'];

/** A JSON pointer for each, then what was there (-) and what comes instead (+). */
export function describeChanges(changes: readonly Change[], colours: Colours): string {
  return changes
    .flatMap((change) => [
      `  ${change.pointer || 'all of it'}`,
      ...('before' in change ? side('bad', '-', change.before, colours) : []),
      ...('after' in change ? side('good', '+', change.after, colours) : []),
    ])
    .join('\n');
}

function side(tone: Tone, sign: string, value: unknown, colours: Colours): string[] {
  // A part that was declared and left undefined says nothing.
  const lines = JSON.stringify(value ?? null, null, 2).split('\n');
  return lines.map((line) => colours(tone, `  ${sign} ${line}`));
}
