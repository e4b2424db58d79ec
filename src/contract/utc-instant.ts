/** Instants as people write them, in the one form that everything inside compares. */

const written = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i;

/**
 * An instant that fits the contract, in UTC: whole seconds, or exactly six decimals. Digits beyond the sixth are cut
 * off, since the database keeps no more. Throws on anything else.
 */
export function utcInstant(text: string): string {
  const parts = written.exec(text);
  if (!parts) throw new Error(`Not an instant: ${text}`);
  const fraction = (parts[7] ?? '').slice(0, 6).padEnd(6, '0');
  const seconds = new Date(text.replace(/\.\d+/, '')).toISOString().slice(0, 19);
  return fraction === '000000' ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}
