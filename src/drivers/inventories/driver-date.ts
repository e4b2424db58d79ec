/** Dates of drivers, and the pair of date and version that an INF's DriverVer is. */

/**
 * `YYYY-MM-DD` where the text can mean one day only; else the text as it was printed.
 *
 * With `order` the text is known to name the month first. A time of day other than midnight is the
 * local image of a day in UTC, so the printed day may be off by one: then too the text stays.
 */
export function readDate(text: string, order: 'month_first' | 'any' = 'any'): string {
  const printed = text.replace(directionMarks, '').trim();
  return machineDate(printed) ?? personsDate(printed, order) ?? printed;
}

/**
 * Splits `04/21/2009 6.1.7600.16385`, the date in whatever way it is written, in either order.
 * Null where the text is no such pair. `order` as for `readDate`.
 */
export function readDatedVersion(
  text: string,
  order: 'month_first' | 'any' = 'any',
): { date: string; version: string } | null {
  const printed = text.replace(directionMarks, '').trim();
  const [left, right] = [printed.indexOf(' '), printed.lastIndexOf(' ')];
  const pairs = [
    { date: printed.slice(0, right).trim(), version: printed.slice(right + 1) },
    { date: printed.slice(left + 1).trim(), version: printed.slice(0, Math.max(left, 0)) },
  ];
  const pair = pairs.find(({ date, version }) => isDate.test(date) && isVersion.test(version));
  return pair ? { date: readDate(pair.date, order), version: pair.version } : null;
}

/** Windows writes them into dates, so that these stand right among Arabic or Hebrew. */
const directionMarks = /[\u200e\u200f\u202a-\u202e]/g;

const isVersion = /^\d+(?:\.\d+){0,5}$/;
const isDate = /^(?:\d{1,2}([./-])\d{1,2}\1\d{4}|\d{4}([./-]) ?\d{1,2}\2 ?\d{1,2}\.?)$/;

/** CIM's DATETIME, what .NET's JSON writes, and RFC 3339. */
function machineDate(text: string): string | undefined {
  const cim = /^(\d{4})(\d\d)(\d\d)\d{6}\.[\d*]{6}[+-][\d*]{3}$/.exec(text);
  if (cim) return dayOf(cim[1], cim[2], cim[3]);
  const milliseconds = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (milliseconds !== undefined) return dayInUtc(Number(milliseconds));
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  return zoned ? dayInUtc(Date.parse(text)) : undefined;
}

/** The day of an instant in milliseconds since 1970; undefined where there is none such. */
export function dayInUtc(milliseconds: number): string | undefined {
  const instant = new Date(milliseconds);
  if (Number.isNaN(instant.valueOf())) return undefined;
  return /^\d{4}-\d\d-\d\d(?=T)/.exec(instant.toISOString())?.[0];
}

const midnight = /^(?:0?0[:.]00(?:[:.]00)?|12:00(?::00)?\sAM)$/i;

function personsDate(text: string, order: 'month_first' | 'any'): string | undefined {
  const yearFirst = /^(\d{4})([./-]) ?(\d{1,2})\2 ?(\d{1,2})\.?(?:[\sT]+(.*))?$/.exec(text);
  const parts = yearFirst ?? /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[,\s]+(.*))?$/.exec(text);
  if (parts === null) return undefined;
  const [, first = '', separator, second = '', last = '', time] = parts;
  if (time !== undefined && !midnight.test(time)) return undefined;
  if (yearFirst) return dayOf(first, second, last);
  const monthFirst = dayOf(last, first, second);
  if (order === 'month_first') return monthFirst;
  const dayFirst = dayOf(last, second, first);
  if (separator === '.') return dayFirst;
  if (monthFirst === undefined || dayFirst === undefined) return monthFirst ?? dayFirst;
  return monthFirst === dayFirst ? monthFirst : undefined;
}

function dayOf(year = '', month = '', day = ''): string | undefined {
  const exists = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return exists ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}
