/** The check that an address typed by a person passes before it becomes a link. */

const schemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address where it is absolute and http, https or mailto, else null: show the text without a link then.
 * Read by the same rules as browsers read it (WHATWG URL), so that nothing is taken for another scheme.
 */
export function safeUrl(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && schemes.has(url.protocol) ? url.href : null;
}
