/** What is read and prepared from the database, and kept while the database says that nothing changed. */
import { LRUCache } from 'lru-cache';
import { sharedRead } from '../db/shared-read.ts';

/** Callers who may know the same share one; those of many tokens that are bound to products take turns. */
export const viewsMax = 8;

export interface RememberedByView<View, Value> {
  of(view: View): Promise<Value>;
  /** What is asked for next is prepared anew. */
  forget(view: View): void;
}

/**
 * `prepare` is asked for anew only when the stamp, which is one small query, moved. Equal stamps mean equal rows; what is
 * prepared may be newer than the stamp that was read before it, and is then prepared once more. `name` is the view's.
 */
export function rememberedByView<View, Value>(
  loadStamp: () => Promise<string>,
  prepare: (view: View, name: string) => Promise<Value>,
): RememberedByView<View, Value> {
  const remembered = new LRUCache<string, { stamp: string; value: Promise<Value> }>({
    max: viewsMax,
  });
  const stampNow = sharedRead(async (asked: readonly null[]) => {
    const stamp = await loadStamp();
    return asked.map(() => stamp);
  });

  return {
    async of(view) {
      const name = JSON.stringify(view);
      const stamp = await stampNow(null);
      const known = remembered.get(name);
      if (known?.stamp === stamp) return known.value;
      // Who comes meanwhile waits for this one.
      const value = prepare(view, name);
      remembered.set(name, { stamp, value });
      value.catch(() => {
        if (remembered.get(name)?.value === value) remembered.delete(name);
      });
      return value;
    },
    forget: (view) => void remembered.delete(JSON.stringify(view)),
  };
}
