/** Where a claim points, once the record it was written for has become a report. Pure. */

/** Where the items of a list went: their new index by the old one. */
export type Places = ReadonlyMap<number, number>;

/** The items of a list that everyone may read, and where they went. */
export function keep<Item>(
  list: readonly Item[],
  isPublic: (item: Item) => boolean,
): { kept: Item[]; places: Places } {
  const kept: Item[] = [];
  const places = new Map<number, number>();
  for (const [index, item] of list.entries()) {
    if (isPublic(item)) places.set(index, kept.push(item) - 1);
  }
  return { kept, places };
}

/** The same fact after items of these lists have moved; null where it was left behind. */
export function follow(pointer: string, lists: Readonly<Record<string, Places>>): string | null {
  const [, field = '', index, ...deeper] = pointer.split('/');
  const places = Object.hasOwn(lists, field) ? lists[field] : undefined;
  if (!places || index === undefined) return pointer;
  const place = isIndex(index) ? places.get(Number(index)) : undefined;
  return place === undefined ? null : ['', field, place, ...deeper].join('/');
}

function isIndex(text: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(text);
}
