/** What to do where a key is one of nothing that exists. */

/** A sentence that names the command which makes it. */
export function putFirst(kind: 'product' | 'check' | 'driver', key: string): string {
  return `There is no ${kind} '${key}'. Put it first (holdfast ${kind} put ${key} --file ${kind}.yaml), or correct the key.`;
}
