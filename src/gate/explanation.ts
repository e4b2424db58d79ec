/** Says in plain English why a check applies. */
import type { FacetMatches } from './applicability.ts';
import type { ReleaseKind } from './facts.ts';
import { abridged, listed, namedMax } from './word-list.ts';

const ships: Readonly<Record<ReleaseKind, string>> = {
  code: 'ships code',
  content: 'ships content',
  configuration: 'ships configuration',
  driver: 'ships a driver',
  firmware: 'ships firmware',
  service: 'ships a service',
};

/**
 * A few sentences: what matched, what the release left out, and that no incident stands behind the check
 * where that is so. "It ships content for falcon-content-windows." is said of the release.
 */
export function appliesBecause(matches: FacetMatches, guarded: boolean): string {
  const traits = traitsOf(matches);
  const silences = silencesOf(matches);
  const sentences: string[] = [];
  if (traits.length > 0) sentences.push(`It ${listed(traits)}.`);
  if (silences.length > 0) {
    sentences.push(`It applies because the release did not say ${listed(silences, 'or')}.`);
  }
  if (matches.paths === 'beyond_telling') {
    sentences.push(
      "It applies because the release changes too many paths to hold against the check's globs.",
    );
  }
  if (matches.versions === 'other_scheme') {
    sentences.push(
      "It applies because the check's range is written for versions of another scheme.",
    );
  }
  if (sentences.length === 0) sentences.push('It applies to every release.');
  if (!guarded) sentences.push('It guards against nothing recorded.');
  return sentences.join(' ');
}

/** What the release has that the check asks for: `ships content for sensor`, `touches parser`. */
function traitsOf(matches: FacetMatches): string[] {
  const { products, kinds, components, platforms, paths, rings, versions } = matches;
  const traits: string[] = [];
  if (kinds) traits.push(products ? `${ships[kinds]} for ${products}` : ships[kinds]);
  else if (products) traits.push(`is a release of ${products}`);
  if (components) traits.push(`touches ${abridged(components)}`);
  if (platforms) traits.push(`runs on ${abridged(platforms)}`);
  if (paths && paths !== 'beyond_telling') traits.push(`changes ${firstOf(paths)}`);
  if (versions === 'inside') traits.push(`has a version in the check's range`);
  if (rings) traits.push(`enters the ring ${rings}`);
  return traits;
}

/** `a, b, c and more`: how many more, nobody counted. */
function firstOf(paths: readonly string[]): string {
  if (paths.length <= namedMax) return listed(paths);
  return listed([...paths.slice(0, namedMax), 'more']);
}

/** What the release did not say, in the words of a question. */
function silencesOf(matches: FacetMatches): string[] {
  const silences: string[] = [];
  if (matches.kinds === null) silences.push('what kind it is');
  if (matches.components === null) silences.push('which components it touches');
  if (matches.platforms === null) silences.push('which platforms it runs on');
  if (matches.paths === null) silences.push('which paths it changes');
  if (matches.versions === null) silences.push('which version it is');
  return silences;
}
