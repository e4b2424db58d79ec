/** Names of patches: Windows' are numbers of articles, with their prefix or without. */
import { lowered } from './pattern.ts';

/**
 * Whether it is one of those wanted; null where the text may stand for one: a title without a number, beside wanted
 * numbers.
 */
export function comparePatches(said: string, wanted: readonly string[]): boolean | null {
  if (wanted.some((each) => lowered(each) === lowered(said))) return true;
  const numbers = wanted.map(articleOf);
  const article = articleOf(said);
  if (article !== null) return numbers.includes(article);
  return numbers.some((number) => number !== null) ? null : false;
}

/** The number in `KB5044284`, `kb 5044284`, `5044284` and `Security Update for Windows (KB5044284)`. */
function articleOf(patch: string): string | null {
  const [, prefixed, bare] = /\bkb ?(\d+)(?:v\d+)?\b|^\s*(\d{5,8})\s*$/i.exec(patch) ?? [];
  return prefixed ?? bare ?? null;
}
