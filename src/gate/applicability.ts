/** Which checks apply: whether one counts at an instant, and whether its facets match a release. */
import type { AppliesTo, CheckFact, Facts, Instant, ReleaseKind } from './facts.ts';
import { globMatcher } from './glob.ts';
import { isBefore, notAfter } from './instant.ts';
import { placeIn } from './version-range.ts';
import { namedMax } from './word-list.ts';

/** What matched of each facet that a check names, lists in order; null where the release does not say. */
export interface FacetMatches {
  products?: string;
  kinds?: ReleaseKind | null;
  components?: readonly string[] | null;
  platforms?: readonly string[] | null;
  /** One more than a sentence names, where there are more. */
  paths?: readonly string[] | 'beyond_telling' | null;
  rings?: string;
  /** In another scheme the version has no place; a range that was written wrongly must not shed a check. */
  versions?: 'inside' | 'other_scheme' | null;
}

/**
 * The instant by which checks are chosen: the one asked about, or the one at which the release entered the ring
 * where that is earlier. So a new check never judges a ring that was entered before it.
 */
export function applicabilityInstant(facts: Facts, asOf: Instant): Instant {
  const { enteredRingAt } = facts;
  return enteredRingAt !== null && isBefore(enteredRingAt, asOf) ? enteredRingAt : asOf;
}

/** Whether a check counts: from its creation, or the later instant at which it takes effect, until it is retired. */
export function countsAt(check: CheckFact, instant: Instant): boolean {
  const { createdAt, effectiveFrom, retiredAt } = check;
  return (
    notAfter(createdAt, instant) &&
    (effectiveFrom === null || notAfter(effectiveFrom, instant)) &&
    (retiredAt === null || isBefore(instant, retiredAt))
  );
}

/** Every facet that the check names, with what matched; null when one of them does not match. */
export function matchFacets(asked: AppliesTo, facts: Facts): FacetMatches | null {
  const { product, release, ring } = facts;
  const matches: FacetMatches = {};
  if (asked.products !== undefined) {
    if (!asked.products.includes(product.key)) return null;
    matches.products = product.key;
  }
  if (asked.kinds !== undefined) {
    if (release.kind !== null && !asked.kinds.includes(release.kind)) return null;
    matches.kinds = release.kind;
  }
  if (asked.rings !== undefined) {
    if (!asked.rings.includes(ring)) return null;
    matches.rings = ring;
  }
  if (asked.components !== undefined) {
    matches.components = shared(asked.components, release.components);
    if (matches.components?.length === 0) return null;
  }
  if (asked.platforms !== undefined) {
    matches.platforms = shared(asked.platforms, release.platforms);
    if (matches.platforms?.length === 0) return null;
  }
  if (asked.versions !== undefined) {
    const place =
      release.version === null
        ? null
        : placeIn(release.version, product.versionScheme, asked.versions);
    if (place === 'outside') return null;
    matches.versions = place;
  }
  // Last, since changed paths can be many.
  if (asked.paths !== undefined) {
    matches.paths = matchingPaths(asked.paths, release.changedPaths);
    if (matches.paths?.length === 0) return null;
  }
  return matches;
}

function shared(asked: readonly string[], said: readonly string[] | null): string[] | null {
  return said === null ? null : said.filter((name) => asked.includes(name)).sort();
}

/** The first few in order. What can't be told must not shed a check. */
function matchingPaths(
  globs: readonly string[],
  changedPaths: readonly string[] | null,
): string[] | 'beyond_telling' | null {
  if (changedPaths === null) return null;
  const matches = globMatcher(globs);
  const found: string[] = [];
  for (const path of inOrder(changedPaths)) {
    const matched = matches(path);
    if (matched === 'beyond_telling') return found.length > 0 ? found : matched;
    if (matched) found.push(path);
    if (found.length > namedMax) break;
  }
  return found;
}

/** Every check that asks for paths is held against the same ones. */
const alreadyInOrder = new WeakMap<readonly string[], readonly string[]>();

function inOrder(paths: readonly string[]): readonly string[] {
  const known = alreadyInOrder.get(paths);
  if (known) return known;
  const sorted = paths.toSorted();
  alreadyInOrder.set(paths, sorted);
  return sorted;
}
