/** One constraint of a range, and the rules for constraints beside one another. */
import type { Version } from './version.ts';

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `=` is written without its sign. `<`, `<=`, `>` and `>=` never carry semver build metadata. */
export interface Constraint {
  readonly comparator: Comparator;
  readonly version: Version;
}

const opens = (comparator: Comparator) => comparator === '>' || comparator === '>=';
const closes = (comparator: Comparator) => comparator === '<' || comparator === '<=';

/** Whether the comparator compares, rather than names one version. */
export function isBound(comparator: Comparator): boolean {
  return opens(comparator) || closes(comparator);
}

/**
 * Finds the first constraint that canonical VERS does not allow where it stands ("Normalized,
 * canonical representation and validation", and the redundant pairs of "Constraints simplification"):
 * - sorted by version, each version once. Versions that differ in semver build metadata alone are
 *   different here; the bare one comes first, the others follow by their metadata;
 * - `!=` stands anywhere, even where it excludes nothing;
 * - of the others, what `>` or `>=` opens the next one closes with `<` or `<=`, and nothing else
 *   is closed. So no constraint repeats what another already says.
 */
export function findDisorder(
  constraints: readonly Constraint[],
): { index: number; reason: string } | null {
  let previous: Constraint | null = null;
  let including: Constraint | null = null;
  let bare: Constraint | null = null;
  for (const [index, constraint] of constraints.entries()) {
    const reason =
      findOrderFault(previous, constraint) ??
      (constraint.comparator === '!='
        ? null
        : (findSequenceFault(including, constraint) ?? findBuildFault(bare, constraint)));
    if (reason !== null) return { index, reason };
    previous = constraint;
    if (constraint.comparator !== '!=') including = constraint;
    if (constraint.version.build === null) bare = constraint;
  }
  return null;
}

function findOrderFault(previous: Constraint | null, next: Constraint): string | null {
  if (previous === null) return null;
  const [before, after] = [previous.version, next.version];
  if (before.canonical === after.canonical) {
    return `Name each version once: ${after.text} is ${before.text} again.`;
  }
  const sorted =
    before.sortKey === after.sortKey
      ? (before.build ?? '') < (after.build ?? '')
      : before.sortKey < after.sortKey;
  return sorted ? null : `Sort by version: ${after.text} comes before ${before.text}.`;
}

function findSequenceFault(previous: Constraint | null, next: Constraint): string | null {
  if (previous === null) return null;
  const { comparator } = previous;
  if (opens(comparator) === closes(next.comparator)) return null;
  return opens(comparator)
    ? `Close the interval after ${comparator}${previous.version.text} with < or <= first, or take this constraint out.`
    : `Open an interval with > or >= before this constraint, or take the one before it out: ${next.comparator}${next.version.text} covers it.`;
}

/** A single build after a constraint that already speaks of all builds of that version. */
function findBuildFault(bare: Constraint | null, next: Constraint): string | null {
  if (next.version.build === null || bare === null) return null;
  if (bare.version.sortKey !== next.version.sortKey || bare.comparator === '<') return null;
  return bare.comparator === '!='
    ? `Take ${next.version.text} out, or !=${bare.version.text}, which excludes it.`
    : `Take ${next.version.text} out: ${bare.version.text} includes every build of it.`;
}
