/** Instants as PostgreSQL prints them, read into the one form used everywhere in Holdfast. Pure. */

const printedInUtc = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00(?::00)?$/;

/**
 * Reads a `timestamptz` that PostgreSQL printed in a UTC session, from a column
 * (`2024-07-19 04:09:00.5+00`) or from JSON (`2024-07-19T04:09:00.5+00:00`).
 * Answers RFC 3339 in UTC: whole seconds, or exactly six decimals (`2024-07-19T04:09:00.500000Z`).
 * Throws on anything else, such as `infinity` or a year past 9999: RFC 3339 cannot write it.
 */
export function readInstant(printed: string): string {
  const parts = printedInUtc.exec(printed);
  if (parts === null) throw new Error(`not an instant in UTC: ${printed}`);
  const [, date, time, fraction] = parts;
  return fraction === undefined
    ? `${date}T${time}Z`
    : `${date}T${time}.${fraction.padEnd(6, '0')}Z`;
}
