/** A variant as it is written in an address: `variant=os=windows-10&variant=arch=x64`. */
import type { ProblemFault } from '../../contract/problems.ts';
import type { Variant } from '../../gate/index.ts';

/** Each text is a `name=value`, and the first `=` parts them. None: no variant. */
export function readVariant(
  pairs: readonly string[],
): { kind: 'read'; variant: Variant | null } | { kind: 'faulty'; faults: ProblemFault[] } {
  const values = new Map<string, string>();
  const twice = new Set<string>();
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, end);
    if (values.has(name)) twice.add(name);
    values.set(name, pair.slice(end + 1));
  }
  if (twice.size > 0) {
    const faults = [...twice].map((name) => ({
      parameter: 'variant',
      detail: `names '${name}' more than once; a variant has one value for each name`,
    }));
    return { kind: 'faulty', faults };
  }
  return { kind: 'read', variant: values.size === 0 ? null : Object.fromEntries(values) };
}
