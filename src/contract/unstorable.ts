/** Text that PostgreSQL cannot store: with U+0000, or with half a surrogate pair. */
export function isUnstorable(text: string): boolean {
  return /[\0\ud800-\udfff]/u.test(text);
}
