/** Finds everything that is recorded under a name, by look-up: names as they are, patterns by what they begin with. */
import type { Name } from './names.ts';
import { matchesPattern, type Pattern, readPattern } from './pattern.ts';

export interface NameIndex<T> {
  readonly exact: ReadonlyMap<Name, readonly T[]>;
  /** By the text before the first star. */
  readonly open: ReadonlyMap<string, readonly { pattern: Pattern; value: T }[]>;
  /** How long those texts are, each length once. */
  readonly lengths: readonly number[];
}

export function indexNames<T>(entries: Iterable<readonly [Name, T]>): NameIndex<T> {
  const exact = new Map<Name, T[]>();
  const open = new Map<string, { pattern: Pattern; value: T }[]>();
  for (const [name, value] of entries) {
    const pattern = readPattern(name);
    if (pattern.length === 1) {
      // An identity may list a name twice, as that of the file and the original one.
      if (exact.get(name)?.at(-1) !== value) addTo(exact, name, value);
    } else addTo(open, pattern[0], { pattern, value });
  }
  return { exact, open, lengths: [...new Set([...open.keys()].map(({ length }) => length))] };
}

/** Each once, however many of the names lead to it. */
export function findNamed<T>(
  { exact, open, lengths }: NameIndex<T>,
  names: readonly Name[],
): readonly T[] {
  let found: readonly T[] = [];
  for (const name of names) {
    const named = exact.get(name);
    if (named !== undefined) found = together(found, named);
    for (const length of lengths) {
      if (length > name.length) continue;
      for (const { pattern, value } of open.get(name.slice(0, length)) ?? []) {
        if (matchesPattern(pattern, name)) found = together(found, [value]);
      }
    }
  }
  return found;
}

/** Nearly always one of them is empty, and the other is taken as it is. */
function together<T>(some: readonly T[], more: readonly T[]): readonly T[] {
  return some.length === 0 ? more : [...new Set([...some, ...more])];
}

/** Adds to a list that is made where there is none yet. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
