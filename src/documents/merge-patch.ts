/** JSON merge patch (RFC 7396). Pure. */
import { isJsonObject } from './json-object.ts';

/**
 * What `target` becomes: objects are merged field by field, `null` takes a field out, anything else replaces what was
 * there. Neither argument is changed.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(Object.entries(isJsonObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}
