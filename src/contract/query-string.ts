/** Reads the query of an address. */

/** Every name with its values in order, `+` and percent-encoding undone; null where the encoding is broken. */
export function readQuery(url: string): ReadonlyMap<string, readonly string[]> | null {
  const values = new Map<string, string[]>();
  const begin = url.indexOf('?');
  if (begin < 0) return values;
  const end = url.indexOf('#', begin);
  try {
    for (const pair of url.slice(begin + 1, end < 0 ? undefined : end).split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      const name = decode(equals < 0 ? pair : pair.slice(0, equals));
      const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
      const earlier = values.get(name);
      if (earlier) earlier.push(value);
      else values.set(name, [value]);
    }
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  return values;
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
