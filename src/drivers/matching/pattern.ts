/** Text patterns of a driver's identity: compared without case, `*` is any text. */

/** The texts between the stars, in lower case; a single one where there is no star. */
export type Pattern = readonly [string, ...string[]];

export function readPattern(text: string): Pattern {
  return lowered(text).split('*') as [string, ...string[]];
}

/** How texts are compared: without case, and without white space around them. */
export function lowered(text: string): string {
  return text.trim().toLowerCase();
}

/** Takes a lowered text. Goes through it once: each part is sought after the one before, never again before it. */
export function matchesPattern([first, ...others]: Pattern, text: string): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;

  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
