/** JSON pointers (RFC 6901) into a record. Pure. */

/** Whether the pointer leads to a value of the document. Indexes are written without leading zeros, and `-` is none. */
export function standsIn(document: unknown, pointer: string): boolean {
  let at = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return false;
    if (Array.isArray(at) && !/^(?:0|[1-9]\d*)$/.test(name)) return false;
    at = (at as Record<string, unknown>)[name];
  }
  return true;
}
