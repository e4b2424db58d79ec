/** Media types, as far as the loop tells them apart. */

/** `application/json` from `Application/JSON; charset=utf-8`; null where nothing is said. */
export function mediaTypeOf(contentType: string | null): string | null {
  if (!contentType) return null;
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase() || null;
}

/** JSON by name or by suffix (RFC 6839 §3.1). */
export function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}
