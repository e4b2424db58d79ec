/** One page of a list. */
import { writeCursor } from './cursor.ts';

/**
 * `rows` are up to one more than `limit`, which tells whether another page follows. `positionOf` is what the list is
 * ordered by.
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  positionOf: (row: Row) => readonly (string | number)[],
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(show);
  return last && rows.length > limit ? { items, next: writeCursor(positionOf(last)) } : { items };
}
