/** Finds everything that is recorded under a name, by look-up: names as they are, patterns by what they begin with. */
import type { InventoryItem } from '../inventories/inventory-item.ts';
import type { DriverIdentity } from './catalogue.ts';
import { type NameSort, nameSorts, namesOfIdentity, namesOfItem } from './names.ts';
import { matchesPattern, type Pattern, readPattern } from './pattern.ts';

/** Nothing is looked for under a sort that nothing is recorded under. */
export type NameIndex<T> = readonly NamesOfSort<T>[];

interface NamesOfSort<T> {
  readonly sort: NameSort;
  readonly exact: ReadonlyMap<string, readonly T[]>;
  /** By the text before the first star. */
  readonly open: ReadonlyMap<string, readonly { pattern: Pattern; value: T }[]>;
  /** How long those texts are, each length once. */
  readonly lengths: readonly number[];
}

export function indexNames<T>(
  entries: readonly { readonly identity: DriverIdentity; readonly recorded: T }[],
): NameIndex<T> {
  return nameSorts.flatMap((sort) => {
    const exact = new Map<string, T[]>();
    const open = new Map<string, { pattern: Pattern; value: T }[]>();
    for (const { identity, recorded } of entries) {
      for (const name of namesOfIdentity(sort, identity)) {
        const pattern = readPattern(name);
        if (pattern.length === 1) addTo(exact, name, recorded);
        else addTo(open, pattern[0], { pattern, value: recorded });
      }
    }
    if (exact.size + open.size === 0) return [];
    return { sort, exact, open, lengths: [...new Set([...open.keys()].map((key) => key.length))] };
  });
}

/** Each once, however many of its names lead to it. */
export function findNamed<T>(index: NameIndex<T>, item: InventoryItem): readonly T[] {
  let found: readonly T[] = [];
  for (const { sort, exact, open, lengths } of index) {
    for (const name of namesOfItem(sort, item)) {
      const named = exact.get(name);
      if (named !== undefined) found = together(found, named);
      for (const length of lengths) {
        if (length > name.length) continue;
        for (const { pattern, value } of open.get(name.slice(0, length)) ?? []) {
          if (matchesPattern(pattern, name)) found = together(found, [value]);
        }
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
