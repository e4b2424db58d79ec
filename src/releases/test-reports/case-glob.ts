/** Globs on the names of suites, classes and cases. */

export type CaseGlob = (name: string) => boolean;

/**
 * `*` stands for any run of characters, dots and line breaks included, `?` for exactly one;
 * everything else stands for itself. Upper and lower case differ. The whole name must match.
 *
 * The time taken grows with the name's length times the pattern's, and never faster.
 */
export function caseGlob(pattern: string): CaseGlob {
  if (pattern.includes('?')) return (name) => matches(pattern, name);
  const [first = '', ...middle] = pattern.split('*');
  const last = middle.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => holdsInOrder(name, first, middle, last);
}

/** A part that is found as early as can be leaves the most room for those that follow. */
function holdsInOrder(
  name: string,
  first: string,
  middle: readonly string[],
  last: string,
): boolean {
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let end = first.length;
  for (const part of middle) {
    const at = name.indexOf(part, end);
    if (at < 0) return false;
    end = at + part.length;
  }
  return end + last.length <= name.length;
}

/**
 * With `?`, character by character. Remembers only the last `*`: where the rest does not fit, that star takes one character more.
 * An earlier star need not be tried again, because it could only push the rest further back.
 */
function matches(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let starEnd = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      starEnd = n;
    } else if (pattern[p] === '?') {
      p += 1;
      n += characterWidth(name, n);
    } else if (pattern[p] === name[n]) {
      p += 1;
      n += 1;
    } else if (star >= 0) {
      starEnd += characterWidth(name, starEnd);
      p = star + 1;
      n = starEnd;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** In UTF-16 units, so that `?` takes a whole character beyond the first 65,536. */
function characterWidth(name: string, at: number): number {
  return (name.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
