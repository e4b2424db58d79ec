/** Shortens a reporter's text to one bounded line that can be stored and shown. */

/** White space becomes single spaces; what is longer than `charactersMax` ends in `…`. */
export function excerpt(text: string, charactersMax: number): string {
  // Only the beginning is looked at, so that a text of megabytes costs nothing.
  const head = text.slice(0, charactersMax * 4);
  const line = head.replace(/\s+/g, ' ').trim();
  if (line.length <= charactersMax && head.length === text.length) return detached(line);
  const half = /[\uD800-\uDBFF]$/; // of a character that the cut went through
  return detached(`${line.slice(0, charactersMax - 1).replace(half, '')}…`);
}

/**
 * A copy: a mere slice would keep alive the whole text that it was cut from. What JSON can write but the database
 * cannot store, U+0000 and half a character, becomes U+FFFD.
 */
export function detached(text: string): string {
  return Buffer.from(text).toString().replaceAll('\0', '\uFFFD');
}
