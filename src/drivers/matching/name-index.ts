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
    if (pattern.length === 1) addTo(exact, name, value);
    else addTo(open, pattern[0], { pattern, value });
  }
  return { exact, open, lengths: [...new Set([...open.keys()].map(({ length }) => length))] };
}

/** Each once, however many of the names lead to it. */
export function findNamed<T>(index: NameIndex<T>, names: readonly Name[]): Set<T> {
  const found = new Set<T>();
  for (const name of names) {
    for (const value of index.exact.get(name) ?? []) found.add(value);
    for (const length of index.lengths) {
      if (length > name.length) continue;
      for (const { pattern, value } of index.open.get(name.slice(0, length)) ?? []) {
        if (matchesPattern(pattern, name)) found.add(value);
      }
    }
  }
  return found;
}

/** Adds to a list that is made where there is none yet. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
